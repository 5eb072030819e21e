"""Per process and room: reads what is new once, encodes each entry once, hands out the same bytes.

Woken by the doorbell, and by itself every second, because a doorbell may be lost (L5).
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from django.db import Error as DatabaseError
from django.utils import timezone

from chat import log, offload, protocol
from chat.actions import presence
from chat.live.connection import Connection
from chat.models import Entry
from chat.protocol import BEAT_SECONDS, ROOM, SEAT_PREFIX
from chat.snapshot import rendered

logger = logging.getLogger(__name__)

TICK = 1.0
LINGER = 10.0
KEPT = 256
LEFT_CODE = 4010

Rows = dict[str, list[tuple[int, bytes]]]
Ends = list[tuple[str, int, dict[str, int]]]


class Tail:
    """What one process knows of one room."""

    def __init__(self, room_id: str, forget: Callable[[str], None]) -> None:
        self.room_id = room_id
        self.connections: set[Connection] = set()
        self.tops: dict[str, int] = {}
        self.adults: protocol.Adults | None = None
        self.moved = asyncio.Condition()
        self._kept: dict[str, deque[tuple[int, bytes]]] = {}
        self._frames: dict[tuple[str, int, int], bytes] = {}
        self._bell = asyncio.Event()
        self._forget = forget
        self._watched = 0.0
        self._catching_up: set[asyncio.Task[None]] = set()
        self._beaten = 0.0
        self._pollers = 0
        self._used = asyncio.get_running_loop().time()
        self._task: asyncio.Task[None] | None = None

    # ------------------------------------------------------------ who listens

    async def start(self) -> None:
        """Learn the tops, then run until nobody listens."""
        self.tops = await offload.read(log.tops_of, self.room_id)
        self._task = asyncio.get_running_loop().create_task(self._run())

    def wake(self) -> None:
        """The doorbell."""
        self._bell.set()

    def touch(self) -> None:
        """Somebody is about to listen: stay a little longer."""
        self._used = asyncio.get_running_loop().time()

    async def add(self, connection: Connection) -> None:
        """Serve this connection from now on, beginning with what it lacks.

        Its stay may have ended since it said hello, in entries that were read before it was here
        to be closed by them: nothing is handed out until the database says that it goes on (H4).
        """
        connection.busy = True
        self.connections.add(connection)
        goes_on = await offload.read(is_inside, self.room_id, connection.handle, connection.stay)
        if not goes_on:
            self.drop(connection)
            await connection.end(LEFT_CODE)
            return
        connection.busy = False
        await self._pump(connection)
        self.wake()

    def drop(self, connection: Connection) -> None:
        """Serve it no longer."""
        connection.ended = True
        self.connections.discard(connection)

    async def wait_beyond(self, have: dict[str, int], seconds: float) -> None:
        """Return when a stream of ``have`` has grown beyond it, or after so long (long poll)."""
        self._pollers += 1
        try:
            async with asyncio.timeout(seconds), self.moved:
                await self.moved.wait_for(
                    lambda: any(self.tops.get(name, 0) > seq for name, seq in have.items())
                )
        except TimeoutError:
            pass
        finally:
            self._pollers -= 1

    async def answered(self, connection: Connection, have: dict[str, int]) -> None:
        """The client has got so far: send what its window held back."""
        connection.receive(have)
        await self._pump(connection)

    # ------------------------------------------------------------ the loop

    async def _run(self) -> None:
        while self._needed():
            try:
                async with asyncio.timeout(TICK):
                    await self._bell.wait()
            except TimeoutError:
                pass
            self._bell.clear()
            try:
                await self._read()
                await self._look_after()
            except DatabaseError:
                logger.warning("room.unreadable")
                await asyncio.sleep(TICK)
            except Exception:
                # A tail that dies would leave a room silent: note it and go on (L6).
                logger.exception("room.tail")
                await asyncio.sleep(TICK)
        self._forget(self.room_id)

    def _needed(self) -> bool:
        if self.connections or self._pollers:
            self.touch()
        return asyncio.get_running_loop().time() - self._used < LINGER

    async def _read(self) -> None:
        """Read, encode and hand out until nothing is new."""
        while True:
            rows, tops, ends = await offload.read(read_new, self.room_id, dict(self.tops))
            if not rows:
                return
            for name, entries in rows.items():
                self._keep(name, entries)
            self.tops.update(tops)
            for handle, stay, last in ends:
                await self._end(handle, stay, last)
            for connection in list(self.connections):
                await self._pump(connection)
            async with self.moved:
                self.moved.notify_all()

    def _keep(self, name: str, entries: list[tuple[int, bytes]]) -> None:
        kept = self._kept.setdefault(name, deque(maxlen=KEPT))
        if any(encoded[:11] == b'{"k":"gone"' for _, encoded in entries):
            # Words that were removed may not be handed out again from memory (H3).
            kept.clear()
            self._frames.clear()
        kept.extend(entries)
        if len(self._frames) > KEPT:
            self._frames.clear()
        if name.startswith(SEAT_PREFIX):
            for connection in self.connections:
                if connection.staff:
                    connection.sent.setdefault(name, 0)

    async def _look_after(self) -> None:
        # By the loop's own time: a wall clock that is set back must not end the watch (H5).
        loop_time = asyncio.get_running_loop().time()
        if loop_time - self._watched >= TICK:
            self._watched, now = loop_time, timezone.now()
            self.adults, stirred = await offload.read(presence.look, self.room_id, now)
            if stirred:
                await offload.write(presence.tend, self.room_id, now)
        if loop_time - self._beaten >= BEAT_SECONDS:
            self._beaten = loop_time
            for connection in list(self.connections):
                await connection.send(self.beat(connection))

    def beat(self, connection: Connection) -> bytes:
        """A heartbeat with the tops of this connection's own streams, and of no other (H6)."""
        tops = {name: self.tops.get(name, 0) for name in connection.sent}
        return protocol.encode(protocol.Alive(tops, self.adults if connection.staff else None))

    # ------------------------------------------------------------ handing out

    async def _pump(self, connection: Connection) -> None:
        """Send what the window allows; what memory no longer holds is read from the log."""
        for name in connection.behind(self.tops):
            if connection.ended or connection.busy:
                return
            await self._pump_stream(connection, name)

    async def _pump_stream(self, connection: Connection, name: str) -> None:
        have, top = connection.sent[name], self.tops[name]
        many = connection.room_for(top - have)
        if many == 0:
            return
        frame = self._frame(name, have, have + many)
        if frame is None:
            connection.busy = True
            task = asyncio.get_running_loop().create_task(self._catch_up(connection, name))
            self._catching_up.add(task)
            task.add_done_callback(self._catching_up.discard)
            return
        await connection.deliver(name, have + many, frame)

    def _frame(self, name: str, have: int, upto: int) -> bytes | None:
        """The bytes for entries have+1..upto, the same for everybody; None if not in memory."""
        known = self._frames.get((name, have, upto))
        if known is not None:
            return known
        kept = [e for e in self._kept.get(name, ()) if have < e[0] <= upto]
        if len(kept) != upto - have:
            return None
        frame = protocol.entries_frame(name, [encoded for _, encoded in kept])
        self._frames[name, have, upto] = frame
        return frame

    async def _catch_up(self, connection: Connection, name: str) -> None:
        """Bring one connection forward from the log, a window at a time."""
        try:
            have = connection.sent[name]
            many = connection.room_for(self.tops[name] - have)
            rows = await offload.read(
                read_for,
                self.room_id,
                connection.handle,
                connection.stay,
                name,
                have,
                many,
            )
            if rows and not connection.ended and connection.sent[name] == have:
                frame = protocol.entries_frame(name, [encoded for _, encoded in rows])
                await connection.deliver(name, rows[-1][0], frame)
        except DatabaseError:
            logger.warning("room.unreadable")
            await asyncio.sleep(TICK)
        finally:
            connection.busy = False
            self.wake()
        if not connection.ended:
            await self._pump(connection)

    async def _end(self, handle: str, stay: int, last: dict[str, int]) -> None:
        """Deliver up to the exclusion and nothing later, then close (H4)."""
        for connection in list(self.connections):
            if connection.handle != handle or connection.stay > stay:
                continue
            for name, upto in last.items():
                have = connection.sent.get(name)
                frame = self._frame(name, have, upto) if have is not None and upto > have else None
                if (
                    frame is not None
                    and not connection.busy
                    and connection.room_for(upto - (have or 0))
                ):
                    await connection.deliver(name, upto, frame)
            self.drop(connection)
            await connection.end(LEFT_CODE)


def read_new(room_id: str, tops: dict[str, int]) -> tuple[Rows, dict[str, int], Ends]:
    """What every stream of the room has beyond ``tops``: encoded entries, new tops, exclusions.

    An exclusion gives the handle, the stay that ended, and the last place in each stream that was
    written before it: by log order, not by time. One that went twice is there twice, or the first
    stay would be served up to the end of the second (H4).
    """
    now = log.tops_of(room_id)
    grown = {name: tops.get(name, 0) for name, top in now.items() if top > tops.get(name, 0)}
    rows = log.entries_since(room_id, grown)
    by_stream: dict[str, list[Entry]] = {}
    last: dict[str, int] = dict(tops)
    ends: Ends = []
    for row in rows:
        by_stream.setdefault(row.stream.name, []).append(row)
        last[row.stream.name] = row.seq
        if row.kind == "left" and row.stream.name == ROOM:
            ends.append((row.data["who"], row.data["stay"], dict(last)))
    encoded = {name: encode(name, found) for name, found in by_stream.items()}
    return encoded, {name: found[-1].seq for name, found in by_stream.items()}, ends


def read_for(
    room_id: str, handle: str, stay: int, name: str, have: int, most: int
) -> list[tuple[int, bytes]]:
    """Entries of one stream for one member, none if that stay has ended since (H4)."""
    rows = log.entries_since(room_id, {name: have}, most)
    # Asked after the rows were read: whoever is inside now was inside when each was written.
    member = log.member_by_handle(room_id, handle)
    if member is None or not is_inside(room_id, handle, stay):
        return []
    return encode(name, rows) if name in log.streams_for(member) else []


def is_inside(room_id: str, handle: str, stay: int) -> bool:
    """Whether this stay of this member goes on."""
    member = log.member_by_handle(room_id, handle)
    return member is not None and member.inside and member.stay == stay


def encode(name: str, rows: list[Entry]) -> list[tuple[int, bytes]]:
    """Entries of one stream as bytes, with their places."""
    return [(entry.n, protocol.encode(entry)) for entry in rendered(name, rows)]
