"""The socket `/ws/rooms/<room>`: one door to `chat.policy`, with no rule of its own."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

import msgspec
from django.conf import settings
from django.db import Error as DatabaseError
from django.utils import timezone

from chat import log, offload, policy, protocol
from chat.access import Access, NotHere, Person, room_for
from chat.actions import members, presence
from chat.live import hub
from chat.live.connection import Connection
from chat.live.tail import Tail
from chat.models import Member
from chat.refusals import Refused
from chat.snapshot import snapshot
from people.signin import person_of_cookies

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = re.compile(r"^/ws/rooms/([A-Za-z0-9_-]{1,32})/?$")
SILENCE_SECONDS = 30
FRAMES_IN_TEN_SECONDS = 300
BAD_FRAMES = 20
RESUME_ENTRIES = 300


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one socket from handshake to close."""
    await receive()
    if _header(scope, b"origin") not in settings.ORIGINS:
        # Another site's page may not speak with this visitor's cookies (W1).
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    found = PATH.match(scope["path"])
    line = Line(send)
    try:
        await line.serve(found.group(1) if found else "", _cookies(scope), receive)
    except Closed as closed:
        await line.close(closed.code)
    except DatabaseError:
        await line.close(4012)
    finally:
        line.hang_up()


class Closed(Exception):
    """The socket is to be closed with this code (see `protocol.CLOSE_CODES`)."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Line:
    """One socket: who speaks over it, and what the tail knows it by."""

    def __init__(self, send: Send) -> None:
        self._asgi_send = send
        self._open = True
        self._times: deque[float] = deque(maxlen=FRAMES_IN_TEN_SECONDS)
        self._bad = 0
        self._cookies: dict[str, str] = {}
        self.access: Access | None = None
        self.member: Member | None = None
        self.connection: Connection | None = None
        self.tail: Tail | None = None

    # ------------------------------------------------------------ the way in

    async def serve(self, room_id: str, cookies: dict[str, str], receive: Receive) -> None:
        """Find out who it is, then take frame after frame. Raises `Closed`."""
        self._cookies = cookies
        person, _session = await offload.read(person_of_cookies, cookies)
        if person is None:
            raise Closed(4001)
        self.access = await self._find(person, room_id)
        while True:
            raw = await self._next(receive)
            if raw is None:
                return
            await self._take(raw)

    async def _find(self, person: Person, room_id: str) -> Access:
        try:
            return await offload.read(room_for, person, room_id, timezone.now())
        except NotHere:
            raise Closed(4004) from None

    async def _next(self, receive: Receive) -> str | bytes | None:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                event = await receive()
        except TimeoutError:
            raise Closed(4013) from None
        if event["type"] == "websocket.disconnect":
            return None
        return event.get("text") or event.get("bytes") or ""

    async def _take(self, raw: str | bytes) -> None:
        self._count_frame()
        if len(raw) > protocol.MAX_FRAME_BYTES:
            await self._refuse_bad("too_long")
            return
        try:
            frame = protocol.parse(raw)
        except msgspec.ValidationError as fault:
            await self._refuse_bad(protocol.code_of(fault), _cid_of(raw))
        except (msgspec.DecodeError, UnicodeDecodeError):
            await self._refuse_bad("not_json")
        else:
            await self._answer(frame)

    def _count_frame(self) -> None:
        now = asyncio.get_running_loop().time()
        if len(self._times) == FRAMES_IN_TEN_SECONDS and now - self._times[0] < 10:
            raise Closed(4029)
        self._times.append(now)

    async def _refuse_bad(self, code: str, cid: str = "") -> None:
        self._bad += 1
        if self._bad > BAD_FRAMES:
            raise Closed(4008)
        await self._refuse(Refused(code), cid)

    async def _refuse(self, refused: Refused, cid: str = "") -> None:
        await self._say(protocol.Err(refused.code, refused.say, cid, refused.care))

    # ------------------------------------------------------------ what a frame does

    async def _answer(self, frame: protocol.AnyClientFrame) -> None:
        if isinstance(frame, protocol.Hello):
            await self._hello(frame)
        elif self.connection is None or self.tail is None:
            cid = frame.cid if isinstance(frame, protocol.Act) else ""
            await self._refuse_bad("hello_first", cid)
        elif isinstance(frame, protocol.Got):
            await self.tail.answered(self.connection, frame.have)
        else:
            await self._insist_on_session()
            if isinstance(frame, protocol.Beat):
                await self._hear()
            else:
                await self._act(frame)

    async def _insist_on_session(self) -> None:
        """Whoever signed in on this browser since ended this session: nobody speaks for it (W4)."""
        assert self.access is not None
        person, _session = await offload.read(person_of_cookies, self._cookies)
        if person != self.access.person:
            raise Closed(4001)

    async def _hello(self, frame: protocol.Hello) -> None:
        if self.connection is not None or self.access is None:
            await self._refuse_bad("hello_first")
            return
        now = timezone.now()
        try:
            self.member = await offload.write(members.enter, self.access, now)
            await self._hear()
            have = await self._resume(frame)
            if have is None:
                have = await self._send_snapshot()
        except NotHere:
            raise Closed(4004) from None
        except Refused as refused:
            raise Closed(4010 if refused.code == "left" else 4012) from None
        await self._go_live(have)

    async def _resume(self, frame: protocol.Hello) -> dict[str, int] | None:
        """Where the client is, if it may go on from there; None if it needs a snapshot."""
        assert self.access is not None and self.member is not None
        if not frame.have or frame.epoch != self.access.room.epoch:
            return None
        names = await offload.read(log.streams_for, self.member)
        tops = await offload.read(log.tops_of, self.access.room.pk)
        have = {name: frame.have.get(name, 0) for name in names}
        missing = [tops.get(name, 0) - seq for name, seq in have.items()]
        if min(missing) < 0 or sum(missing) > RESUME_ENTRIES:
            return None
        return have

    async def _send_snapshot(self) -> dict[str, int]:
        assert self.access is not None
        shot = await offload.read(snapshot, self.access, timezone.now())
        await self._say(shot)
        return shot.tops

    async def _go_live(self, have: dict[str, int]) -> None:
        assert self.member is not None and self.access is not None
        self.tail = await hub.tail_of(self.access.room.pk)
        self.connection = Connection(
            handle=self.member.handle,
            stay=self.member.stay,
            staff=self.member.account_id is not None,
            account_id=self.member.account_id,
            send=self._send_bytes,
            end=self.close,
        )
        self.connection.follow(have)
        await self._send_bytes(self.tail.beat(self.connection))
        await self.tail.add(self.connection)

    async def _hear(self) -> None:
        """An adult who speaks is there (M1)."""
        assert self.member is not None
        if self.member.account_id is not None:
            now = timezone.now()
            await offload.write(presence.hear, self.member.room_id, self.member.account_id, now)

    async def _act(self, frame: protocol.Act) -> None:
        assert self.access is not None and self.connection is not None
        try:
            answer = await offload.write(
                policy.carry_out,
                self.access,
                frame,
                timezone.now(),
                self.connection.stay,
            )
        except Refused as refused:
            await self._refuse(refused, frame.cid)
        else:
            await self._say(answer)

    # ------------------------------------------------------------ the way out

    async def _say(self, frame: protocol.ServerFrame) -> None:
        await self._send_bytes(protocol.encode(frame))

    async def _send_bytes(self, frame: bytes) -> None:
        if self._open:
            await self._asgi_send({"type": "websocket.send", "text": frame.decode()})

    async def close(self, code: int) -> None:
        """Say why and close; once."""
        if self._open:
            self._open = False
            await self._asgi_send({"type": "websocket.close", "code": code})

    def hang_up(self) -> None:
        """Leave the tail, however the socket ended."""
        self._open = False
        if self.tail is not None and self.connection is not None:
            self.tail.drop(self.connection)


def _header(scope: Scope, name: bytes) -> str:
    values = [value for key, value in scope["headers"] if key == name]
    return values[0].decode("latin1") if len(values) == 1 else ""


def _cookies(scope: Scope) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(_header(scope, b"cookie"))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _cid_of(raw: str | bytes) -> str:
    """The cid of a frame that did not fit, so that the client keeps its words and can say so."""
    try:
        cid = msgspec.json.decode(raw, type=dict[str, Any]).get("cid", "")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return cid if isinstance(cid, str) and len(cid) <= 40 else ""
