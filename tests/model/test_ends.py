"""Nothing is handed out after the end of a stay, at whatever moment it ends (H4)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connection

from chat import log, offload
from chat.actions import members
from chat.live import tail
from chat.live.connection import Connection
from chat.models import Entry
from tests.evening import START, Evening
from tests.model.faults import replaced

T = TypeVar("T")
pytestmark = pytest.mark.promise("H4")


@pytest.fixture
def one_thread() -> Iterator[ThreadPoolExecutor]:
    """Database work off the loop in one thread, whose connection ends with the test."""
    with ThreadPoolExecutor(1) as pool:
        with replaced(offload, "_readers", pool), replaced(offload, "_writer", pool):
            yield pool
        pool.submit(lambda: connection.close()).result()


def leave_and_talk(evening: Evening) -> None:
    """Robin goes, and somebody says something afterwards."""
    members.put_out(evening.room.pk, evening.member("Robin").pk, how="exit", now=START)
    evening.send("Sky", "after that")


def line_of(evening: Evening, sent: list[bytes], codes: list[int]) -> Connection:
    """A connection of Robin's stay that notes what is sent and how it is ended."""

    async def send(frame: bytes) -> None:
        sent.append(frame)

    async def end(code: int) -> None:
        codes.append(code)

    robin = evening.member("Robin")
    made = Connection(robin.handle, robin.stay, False, None, send, end)
    made.follow({"room": 0, evening.seat("Robin"): 0})
    return made


async def test_a_line_that_comes_after_the_end_was_read(
    tonight: Evening, one_thread: ThreadPoolExecutor
) -> None:
    sent: list[bytes] = []
    codes: list[int] = []
    line = await aside(lambda: line_of(tonight, sent, codes))
    served = tail.Tail(tonight.room.pk, lambda room: None)
    await served.start()
    await aside(lambda: leave_and_talk(tonight))
    served.wake()
    await served.wait_beyond({"room": served.tops["room"]}, 5)
    await served.add(line)
    assert (codes, sent) == ([4010], [])
    assert served.connections == set()


def test_catching_up_while_the_stay_ends(tonight: Evening) -> None:
    robin, whole = tonight.member("Robin"), log.entries_since

    def later(room_id: str, have: dict[str, int], most: int = 500) -> list[Entry]:
        leave_and_talk(tonight)
        return whole(room_id, have, most)

    asked = (tonight.room.pk, robin.handle, robin.stay, "room", 0, 100)
    assert len(tail.read_for(*asked)) > 0
    with replaced(log, "entries_since", later):
        assert tail.read_for(*asked) == []


async def aside(work: Callable[[], T]) -> T:
    """Do something in a thread of its own, and close that thread's connection."""

    def run() -> T:
        try:
            return work()
        finally:
            connection.close()

    return await asyncio.to_thread(run)
