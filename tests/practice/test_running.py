"""The scripted people of the real program, seen from a desk."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import websockets

from tests.server import BASE, Server

PATIENCE = 60


def cookies_of(server: Server, nickname: str) -> str:
    """The cookies that a demo link gives."""
    connection = HTTPConnection(server.base_url.removeprefix("http://"), timeout=PATIENCE)
    connection.request("GET", server.link(nickname).removeprefix(server.base_url))
    given = connection.getresponse().headers.get_all("Set-Cookie", [])
    connection.close()
    return "; ".join(cookie.partition(";")[0] for cookie in given)


async def entries(line: websockets.ClientConnection) -> AsyncIterator[dict[str, Any]]:
    """The entries that come over a socket, those of its snapshot left out."""
    async for text in line:
        frame = json.loads(text)
        if frame["t"] == "entries":
            for entry in frame["e"]:
                yield {"stream": frame["s"], **entry}


async def first(line: websockets.ClientConnection, stream: str, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        async for entry in entries(line):
            if (entry["stream"], entry["k"]) == (stream, kind):
                return entry
    raise AssertionError("the socket has closed")


def wait_for_line(server: Server, text: str) -> None:
    """Until the program has logged this. The log is a file of another process: it is looked at."""
    until = time.monotonic() + PATIENCE
    while text not in server.errors:
        assert time.monotonic() < until, f"{text} was not logged"
        time.sleep(0.1)


@asynccontextmanager
async def desk(server: Server, cookies: str) -> AsyncIterator[websockets.ClientConnection]:
    """Maya's desk, with a snapshot."""
    async with websockets.connect(
        server.demo["room"]["ws_url"],
        origin=websockets.Origin(server.base_url),
        additional_headers={"Cookie": cookies},
    ) as line:
        await line.send('{"t":"hello"}')
        yield line


@pytest.mark.slow
async def test_a_desk_has_work_at_once_and_a_locked_database_is_only_a_pause(
    tmp_path: Path,
) -> None:
    server = await asyncio.to_thread(Server(tmp_path / "data", "--demo").start)
    cookies = await asyncio.to_thread(cookies_of, server, "Maya")
    async with desk(server, cookies) as line:
        assert (await first(line, "desk", "alert"))["who"]
    database = sqlite3.connect(server.folder / "waymark.sqlite3", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    await asyncio.to_thread(wait_for_line, server, "scripted people wait")
    database.execute("ROLLBACK")
    database.close()
    async with desk(server, cookies) as line:
        assert (await first(line, "room", "message"))["body"]
    assert await asyncio.to_thread(server.stop) == 0
    assert "Traceback" not in server.errors


def test_who_says_what_needs_no_django() -> None:
    check = "import sys, chat.practice.player; sys.exit('django' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", check], cwd=BASE, timeout=60)
    assert run.returncode == 0
