"""Phone-like clients: what the real one does with sockets, outbox and resume, without a screen.

Driven by `manage.py chaos` and by the tests. Needs the developer requirements (websockets).
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect

Frame = dict[str, Any]


def sign_in(url: str) -> str:
    """Follow a demo link; the cookies to send from then on, as one header value."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    connection.request("GET", parts.path)
    answer = connection.getresponse()
    answer.read()
    jar: SimpleCookie = SimpleCookie()
    for value in answer.headers.get_all("set-cookie") or []:
        jar.load(value)
    connection.close()
    if answer.status not in (302, 303) or not jar:
        raise ConnectionError(f"the link answered {answer.status}")
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


@dataclass
class Phone:
    """One client of one room. ``got`` holds every entry by stream, in the order of arrival."""

    ws_url: str
    origin: str
    cookie: str
    name: str = ""
    epoch: str = ""
    have: dict[str, int] = field(default_factory=dict)
    got: dict[str, list[Frame]] = field(default_factory=dict)
    snapshots: list[Frame] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    applied: list[tuple[str, Frame]] = field(default_factory=list)
    outbox: dict[str, Frame] = field(default_factory=dict)
    answers: dict[str, Frame] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    frames: asyncio.Queue[Frame] = field(default_factory=asyncio.Queue)
    acknowledge: bool = True
    slow: float = 0.0
    left: bool = False
    _socket: ClientConnection | None = None
    _waiting: dict[str, asyncio.Future[Frame]] = field(default_factory=dict)

    # ------------------------------------------------------------ the line

    @asynccontextmanager
    async def online(self) -> AsyncIterator[Phone]:
        """A socket that has said hello and re-sent what is unanswered, until the block ends."""
        headers = {"Cookie": self.cookie}
        async with connect(
            self.ws_url,
            origin=self.origin,  # type: ignore[arg-type]
            additional_headers=headers,
            max_size=None,
            open_timeout=5,
            close_timeout=1,
            ping_interval=None,
            proxy=None,
        ) as socket:
            self._socket = socket
            reading = asyncio.create_task(self._read(socket))
            try:
                await self.say({"t": "hello", "have": self.have, "epoch": self.epoch})
                for frame in list(self.outbox.values()):
                    await self.say(frame)
                yield self
            finally:
                self._socket = None
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)

    async def say(self, frame: Frame) -> None:
        """Send one frame as it is."""
        assert self._socket is not None
        await self._socket.send(json.dumps(frame))

    async def _read(self, socket: ClientConnection) -> None:
        async for raw in socket:
            frame: Frame = json.loads(raw)
            if self.slow:
                await asyncio.sleep(self.slow)
            await self._take(frame)
            self.frames.put_nowait(frame)

    async def _take(self, frame: Frame) -> None:
        if frame["t"] == "snapshot":
            self.snapshots.append(frame)
            self.epoch, self.have = frame["epoch"], dict(frame["tops"])
        elif frame["t"] == "entries":
            self._apply(frame["s"], frame["e"])
            if self.acknowledge:
                await self.say({"t": "got", "have": {frame["s"]: self.have[frame["s"]]}})
        elif frame["t"] in ("ok", "done", "err") and frame.get("cid"):
            self.settle(frame)

    def _apply(self, stream: str, entries: list[Frame]) -> None:
        for entry in entries:
            expected = self.have.get(stream, 0) + 1
            if entry["n"] != expected:
                self.faults.append(f"{stream}: {entry['n']} where {expected} was next")
            self.have[stream] = max(self.have.get(stream, 0), entry["n"])
            self.got.setdefault(stream, []).append(entry)
            self.applied.append((stream, entry))

    def settle(self, frame: Frame) -> None:
        """Take the answer to a frame that bears a cid, whichever way it came."""
        cid = frame["cid"]
        if frame["t"] != "err":
            self.answers.setdefault(cid, frame)
        if frame["t"] != "err" or frame["code"] != "unavailable":
            self.outbox.pop(cid, None)
        waiting = self._waiting.pop(cid, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(frame)

    # ------------------------------------------------------------ acts

    def compose(self, body: str, **fields: Any) -> str:
        """Put a message into the outbox; its cid."""
        cid = secrets.token_urlsafe(9)
        self.outbox[cid] = {"t": "send", "cid": cid, "body": body, **fields}
        self.bodies[cid] = body
        return cid

    async def send(self, body: str, **fields: Any) -> Frame:
        """Write a message and return its answer (``ok`` or ``err``)."""
        cid = self.compose(body, **fields)
        return await self.ask(self.outbox[cid])

    async def act(self, kind: str, **fields: Any) -> Frame:
        """Any other act and its answer (``done`` or ``err``)."""
        return await self.ask({"t": kind, "cid": secrets.token_urlsafe(9), **fields})

    async def ask(self, frame: Frame) -> Frame:
        """Say a frame with a cid and wait for its answer."""
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[frame["cid"]] = answer
        await self.say(frame)
        async with asyncio.timeout(10):
            return await answer

    async def until(self, kind: str, seconds: float = 15, **fields: Any) -> Frame:
        """The next frame of this kind, or the next entry where ``k`` names one, that fits."""
        async with asyncio.timeout(seconds):
            while True:
                frame = await self.frames.get()
                for found in (frame, *frame.get("e", ())):
                    if found.get("t", found.get("k")) == kind and fields.items() <= found.items():
                        fitting: Frame = found
                        return fitting
