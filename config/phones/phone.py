"""One phone in one room, over a socket or over plain HTTP."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from config.phones.web import Answer, ask

Frame = dict[str, Any]
POLL_SECONDS = 4


@dataclass
class Phone:
    """One client of one room. ``got`` holds every entry by stream, in the order of arrival.

    ``journal`` is all that happened to it, in order: what it composed, what it was told, every
    entry and every snapshot. ``keep`` are the refusals after which a frame stays in the outbox.
    """

    ws_url: str
    origin: str
    cookie: str
    name: str = ""
    epoch: str = ""
    have: dict[str, int] = field(default_factory=dict)
    got: dict[str, list[Frame]] = field(default_factory=dict)
    snapshots: list[Frame] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    outbox: dict[str, Frame] = field(default_factory=dict)
    answers: dict[str, Frame] = field(default_factory=dict)
    journal: list[tuple[str, Frame]] = field(default_factory=list)
    frames: asyncio.Queue[Frame] = field(default_factory=asyncio.Queue)
    keep: frozenset[str] = frozenset({"unavailable"})
    hear: Callable[[Frame], None] = lambda frame: None
    acknowledge: bool = True
    slow: float = 0.0
    closed_with: int = 0
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

    @property
    def is_online(self) -> bool:
        """Whether there is a socket that nobody has closed yet."""
        return self._socket is not None and self._socket.close_code is None

    def cut(self) -> None:
        """Lose the line without a word, as in a tunnel."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def say(self, frame: Frame) -> None:
        """Send one frame as it is. Raises `ConnectionClosed`, or OSError when there is no line."""
        if self._socket is None:
            raise ConnectionError("not online")
        await self._socket.send(json.dumps(frame))

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for raw in socket:
                frame: Frame = json.loads(raw)
                if self.slow:
                    await asyncio.sleep(self.slow)
                self.take(frame)
                if frame["t"] == "entries" and self.acknowledge:
                    await self.say({"t": "got", "have": {frame["s"]: self.have[frame["s"]]}})
        except ConnectionClosed:
            pass
        finally:
            self.closed_with = socket.close_code or 0
            self._give_up()

    def _give_up(self) -> None:
        """Nobody will answer on this line any more."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the line ended"))
        self._waiting.clear()

    # ------------------------------------------------------------ plain HTTP

    @property
    def _api(self) -> str:
        return f"{self.origin}/api{urlsplit(self.ws_url).path.removeprefix('/ws')}"

    async def poll(self) -> Answer:
        """Ask for news by HTTP and take it; waits a few seconds for some. Raises OSError."""
        query = urlencode({"epoch": self.epoch, **self.have} if self.have else {})
        url = f"{self._api}/entries?{query}"
        answer = await asyncio.to_thread(ask, "GET", url, self.cookie, seconds=POLL_SECONDS)
        if answer.status == 200:
            for frame in answer.frame["frames"]:
                self.take(frame)
        return answer

    async def post(self, frame: Frame) -> Answer:
        """Send a message of the outbox by HTTP and take the answer. Raises OSError."""
        body = json.dumps({key: value for key, value in frame.items() if key != "t"}).encode()
        url = f"{self._api}/messages"
        answer = await asyncio.to_thread(ask, "POST", url, self.cookie, body, origin=self.origin)
        if answer.status < 500 or answer.status == 503:
            self.take(answer.frame)
        return answer

    # ------------------------------------------------------------ what comes

    def take(self, frame: Frame) -> None:
        """Take one frame of the server, whichever way it came."""
        if frame["t"] == "snapshot":
            self.journal.append(("snapshot", frame))
            self.snapshots.append(frame)
            self.epoch, self.have = frame["epoch"], dict(frame["tops"])
        elif frame["t"] == "entries":
            self._apply(frame["s"], frame["e"])
        elif frame["t"] in ("ok", "done", "err"):
            self.journal.append(("told", frame))
            self._settle(frame)
        self.hear(frame)
        self.frames.put_nowait(frame)

    def _apply(self, stream: str, entries: list[Frame]) -> None:
        for entry in entries:
            expected = self.have.get(stream, 0) + 1
            if entry["n"] != expected:
                self.faults.append(f"{stream}: {entry['n']} where {expected} was next")
            self.have[stream] = max(self.have.get(stream, 0), entry["n"])
            self.got.setdefault(stream, []).append(entry)
            self.journal.append((stream, entry))

    def _settle(self, frame: Frame) -> None:
        cid = frame.get("cid", "")
        if frame["t"] != "err":
            self.answers.setdefault(cid, frame)
        if frame["t"] != "err" or frame["code"] not in self.keep:
            self.outbox.pop(cid, None)
        waiting = self._waiting.pop(cid, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(frame)

    # ------------------------------------------------------------ acts

    def compose(self, body: str, **fields: Any) -> str:
        """Put a message into the outbox; its cid."""
        cid = str(fields.pop("cid", "") or secrets.token_urlsafe(9))
        self.outbox[cid] = {"t": "send", "cid": cid, "body": body, **fields}
        self.journal.append(("composed", self.outbox[cid]))
        return cid

    async def send(self, body: str, **fields: Any) -> Frame:
        """Write a message and return its answer (``ok`` or ``err``)."""
        cid = self.compose(body, **fields)
        return await self.ask(self.outbox[cid])

    async def act(self, kind: str, **fields: Any) -> Frame:
        """Any other act and its answer (``done`` or ``err``)."""
        return await self.ask({"t": kind, "cid": secrets.token_urlsafe(9), **fields})

    async def ask(self, frame: Frame) -> Frame:
        """Say a frame with a cid and wait for its answer. Raises OSError when the line ends."""
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[frame["cid"]] = answer
        try:
            await self.say(frame)
            async with asyncio.timeout(10):
                return await answer
        finally:
            self._waiting.pop(frame["cid"], None)

    async def until(self, kind: str, seconds: float = 15, **fields: Any) -> Frame:
        """The next frame of this kind, or the next entry where ``k`` names one, that fits."""
        async with asyncio.timeout(seconds):
            while True:
                frame = await self.frames.get()
                for found in (frame, *frame.get("e", ())):
                    if found.get("t", found.get("k")) == kind and fields.items() <= found.items():
                        fitting: Frame = found
                        return fitting
