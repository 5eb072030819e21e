"""All tails of this process: found, started, woken and shut here."""

from __future__ import annotations

import asyncio

from chat import doorbell
from chat.live.tail import Tail

_tails: dict[str, Tail] = {}
_starting: dict[str, asyncio.Task[Tail]] = {}
_loop: asyncio.AbstractEventLoop | None = None


async def tail_of(room_id: str) -> Tail:
    """The tail of this room in this process, started if need be."""
    global _loop
    if _loop is None:
        doorbell.listen(_rung)
    _loop = asyncio.get_running_loop()
    if room_id in _tails:
        _tails[room_id].touch()
        return _tails[room_id]
    if room_id not in _starting:
        _starting[room_id] = _loop.create_task(_start(room_id))
    return await asyncio.shield(_starting[room_id])


async def close_all(code: int) -> None:
    """Close every connection of this process with this code, for a restart."""
    ends = [connection.end(code) for tail in _tails.values() for connection in tail.connections]
    await asyncio.gather(*ends, return_exceptions=True)


async def _start(room_id: str) -> Tail:
    try:
        tail = Tail(room_id, _forget)
        await tail.start()
        _tails[room_id] = tail
        return tail
    finally:
        _starting.pop(room_id, None)


def _forget(room_id: str) -> None:
    _tails.pop(room_id, None)


def _rung(room_id: str, tops: dict[str, int]) -> None:
    """Called in whichever thread wrote: only wakes the tail, on its own loop."""
    if _loop is not None and not _loop.is_closed():
        _loop.call_soon_threadsafe(_wake, room_id)


def _wake(room_id: str) -> None:
    tail = _tails.get(room_id)
    if tail is not None:
        tail.wake()
