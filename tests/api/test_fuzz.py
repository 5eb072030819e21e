"""A short storm of odd input with a stored seed: documented answers, and nothing broken (W3)."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from random import Random
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed

from chat.protocol import CLOSE_CODES, ERR_CODES
from config.phones import Phone
from tests.api.caller import caller
from tests.api.fuzzing import Fuzz
from tests.live.conftest import Running
from tests.live.test_socket import together

pytestmark = pytest.mark.promise("W3")
SEED = 20261120


def known_to(phone: Phone) -> list[str]:
    """Ids that this person can see."""
    shot = phone.snapshots[-1]
    ids = [row["id"] for row in shot["messages"]] + [row["who"] for row in shot["members"]]
    desk = shot.get("desk") or {"items": [], "alerts": []}
    return ids + [row["id"] for row in (*desk["items"], *desk["alerts"])]


def is_whole(running: Running) -> None:
    """The log has no gap, the audit is in order, and the server wrote no traceback."""
    base = sqlite3.connect(f"file:{running.server.folder / 'waymark.sqlite3'}?mode=ro", uri=True)
    streams = base.execute(
        "SELECT s.name, s.top, count(e.id), max(e.seq) FROM chat_stream s"
        " JOIN chat_entry e ON e.stream_id = s.id GROUP BY s.id"
    )
    assert all(top == count == last for _name, top, count, last in streams)
    base.close()
    assert "Traceback" not in running.server.errors
    assert "unhandled" not in running.server.errors


@pytest.mark.parametrize("name", ["lowtide", "Maya"])
async def test_odd_frames_over_a_socket(running: Running, name: str) -> None:
    async with together(running, "juniper", "otter") as (robin, *_rest):
        await robin.send("something to aim at")
        phone, left = running.phone(name), 150
        while left:
            async with phone.online():
                await phone.until("snapshot" if not phone.snapshots else "beat")
                fuzz = Fuzz(SEED + left, known_to(phone))
                left = await storm(phone, fuzz, left)
        answers = [*phone.answers.values()]
        assert answers
        assert {a["code"] for a in answers if a["t"] == "err"} <= set(ERR_CODES)
        assert (await robin.send("still here"))["t"] in ("ok", "err")
    is_whole(running)


async def storm(phone: Phone, fuzz: Fuzz, left: int) -> int:
    """Send odd frames until the line is closed, which must be for a known reason; how many stay.

    After every few a frame that fits is asked and answered, so that no answer is missed.
    """
    socket = phone._socket
    assert socket is not None
    ended = asyncio.create_task(socket.wait_closed())
    while left and not ended.done():
        with suppress(ConnectionClosed):
            for _one in range(min(left, 5)):
                raw, left = fuzz.input(), left - 1
                await socket.send(raw if fuzz.random.random() < 0.3 else text_of(raw))
            answered = asyncio.create_task(phone.act("withdraw", id="nothing"))
            await asyncio.wait({answered, ended}, return_when=asyncio.FIRST_COMPLETED)
            answered.cancel()
    if ended.done():
        assert socket.close_code in CLOSE_CODES, socket.close_code
    ended.cancel()
    return left


def text_of(raw: bytes) -> str:
    """As much of it as a text frame can carry."""
    return raw.decode(errors="replace")


@pytest.mark.parametrize("name", ["lowtide", "Maya"])
async def test_odd_requests(running: Running, name: str) -> None:
    async with together(running, "juniper") as (robin, *_rest):
        await robin.send("something to aim at")
        one, phone = caller(running, name), running.phone(name)
        async with phone.online():
            await phone.until("snapshot")
        fuzz = Fuzz(SEED, known_to(phone))
        for _one in range(150):
            what = fuzz.random.choice(("messages", "frames"))
            answer = await one.post(what, fuzz.input())
            assert answer.status < 500, answer.raw
            assert answer.frame["t"] in ("ok", "done") or answer.frame["code"] in ERR_CODES
    is_whole(running)


async def test_odd_addresses(running: Running) -> None:
    one, random = caller(running, "juniper"), Random(SEED)
    fuzz = Fuzz(SEED, [one.room])
    shot = (await one.poll()).frame["frames"][0]
    for _one in range(60):
        room = random.choice((one.room, quote(fuzz.text(), safe=""), "x" * random.randrange(300)))
        key = random.choice(("room", "seat", "desk", "epoch", quote(fuzz.text(), safe="")))
        value = random.choice((quote(fuzz.text(), safe=""), str(fuzz.number())))
        epoch = random.choice(("", "old", shot["epoch"]))
        query = f"epoch={epoch}&{key}={value}"
        answer = await one.request("GET", f"/api/rooms/{room}/entries?{query}")
        assert answer.status < 500, (room, query)
    is_whole(running)
