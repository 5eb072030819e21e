"""Somebody who speaks plain HTTP, because their network blocks sockets."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.live.conftest import Running

Frame = dict[str, Any]


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def frame(self) -> Frame:
        """The body, which is one frame or ``{"frames": […]}``."""
        made: Frame = json.loads(self.raw)
        return made

    @property
    def refusal(self) -> tuple[int, str]:
        """The status with the code."""
        return self.status, self.frame["code"]

    def entries(self, stream: str = "room") -> list[Frame]:
        """The entries of one stream that a poll brought."""
        frames = [f for f in self.frame["frames"] if f["t"] == "entries" and f["s"] == stream]
        return [entry for frame in frames for entry in frame["e"]]


@dataclass
class Caller:
    """One signed-in person; ``cookie`` and ``origin`` may be anything a test wants to try."""

    base_url: str
    room: str
    cookie: str = ""
    origin: str | None = ""

    async def messages(self, **fields: Any) -> Answer:
        """Write a message."""
        return await self.post("messages", fields)

    async def frames(self, kind: str, **fields: Any) -> Answer:
        """Any other act."""
        return await self.post("frames", {"t": kind, **fields})

    async def poll(self, epoch: str = "", places: dict[str, int] | None = None) -> Answer:
        """Ask for news; with ``epoch`` alone, or without, for a snapshot."""
        query = urlencode({"epoch": epoch, **(places or {})})
        return await self.request("GET", f"/api/rooms/{self.room}/entries?{query}")

    async def post(self, what: str, body: object) -> Answer:
        """A body as it is if it is bytes, or else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.request("POST", f"/api/rooms/{self.room}/{what}", raw)

    async def request(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """One request on a connection of its own."""
        return await asyncio.to_thread(self.ask, method, path, body)

    def ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """The same, for who may wait."""
        parts = urlsplit(self.base_url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=35)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if self.origin is not None:
            headers["Origin"] = self.origin or self.base_url
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


def caller(running: Running, name: str) -> Caller:
    """Somebody of the demo, signed in."""
    phone = running.phone(name)
    return Caller(running.server.base_url, running.server.demo["room"]["id"], phone.cookie)
