"""While the database is away: help stays, refusals are kind and have a code, and it comes back."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message

import pytest

from tests.server import Server


@contextmanager
def away(server: Server) -> Iterator[None]:
    """A folder stands where the database was, so that nothing new can open it."""
    path = server.folder / "waymark.sqlite3"
    kept = path.rename(path.with_suffix(".away"))
    path.mkdir()
    yield
    path.rmdir()
    kept.rename(path)


def ask(server: Server, path: str, body: bytes | None = None) -> tuple[int, Message, str]:
    """Status, headers and text of one answer."""
    headers = {"Origin": server.base_url, "Cookie": "session=abcdefghijklmnopqrstuvwxyz012345"}
    request = urllib.request.Request(server.base_url + path, data=body, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  (our own server)
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers, refusal.read().decode()


@pytest.mark.promise("G3", "L9", "W5")
def test_what_stays_and_what_is_said(server: Server) -> None:
    with away(server):
        assert ask(server, "/livez")[0] == 200
        assert ask(server, "/help")[0] == 200
        for path in ("/readyz", "/evening", "/rooms/none", "/staff/"):
            status, headers, text = ask(server, path)
            assert (path, status) == (path, 503)
            assert headers["Retry-After"] == "5"
            assert headers["Cache-Control"] == "no-store"
            assert "error" not in text.lower()
        status, _headers, text = ask(server, "/api/rooms/none/entries")
        assert status == 503
        assert json.loads(text)["code"] == "unavailable"
    assert ask(server, "/readyz")[0] == 200
    assert "Traceback" not in server.errors
