"""A socket speaks for the session it was opened with, and ends with it (W4)."""

from __future__ import annotations

import asyncio
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.live.conftest import Running
from tests.live.test_socket import closing_code, together


def sign_in_over(link: str, cookie: str) -> None:
    """Somebody else signs in on the browser that has this cookie."""
    parts = urlsplit(link)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    connection.request("GET", parts.path, headers={"Cookie": cookie})
    assert connection.getresponse().status == 303
    connection.close()


@pytest.mark.promise("W4")
async def test_a_tab_does_not_go_on_as_who_was_signed_in_before(running: Running) -> None:
    async with together(running, "Paper Kite", "halfmoon") as (kite, halfmoon, *_adults):
        link = running.server.link("halfmoon")
        await asyncio.to_thread(sign_in_over, link, running.cookies.pop("Paper Kite"))
        await kite.say({"t": "send", "cid": "stale", "body": "written by somebody else"})
        assert await closing_code(kite) == 4001
        later = await halfmoon.send("still me")
        await halfmoon.until("message", cid=later["cid"])
        assert "stale" not in [entry.get("cid") for entry in halfmoon.got["room"]]
