"""Who takes part in a chaos run: young people on bad phones, facilitators at flaky desks."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from websockets.exceptions import WebSocketException

from config.phones import Frame, Phone, sign_in

TROUBLE = (OSError, WebSocketException, TimeoutError, HTTPException, AssertionError)
HELD = "add me on insta, i am skyblue dot fern"
ALERT = "goodbye everyone, i want to die tonight"
ORDINARY = (
    "my week was long but ok",
    "i went outside twice, that is new for me",
    "same here, it is loud at home",
    "that song helped me a bit",
    "i am glad this is on tonight",
)


class Person:
    """Somebody with a phone that drops. ``lives`` are the phones they had: one per sign-in."""

    def __init__(self, name: str, link: str, ws_url: str, origin: str, seed: int) -> None:
        self.name = name
        self.link = link
        self.ws_url = ws_url
        self.origin = origin
        self.random = random.Random(seed)  # noqa: S311  a seed makes a run that can be had again
        self.lives: list[Phone] = []
        self.canaries: list[str] = []
        self.sends = 0
        self.over = asyncio.Event()

    @property
    def phone(self) -> Phone:
        """The phone they have now."""
        return self.lives[-1]

    async def take_part(self) -> None:
        """Connect, act, drop, and again, until the evening is over."""
        while not self.over.is_set():
            try:
                await self._sign_in()
                async with self.phone.online():
                    await self._stay(self.random.uniform(0.5, 6))
            except TROUBLE:
                await asyncio.sleep(self.random.uniform(0.05, 0.4))

    async def catch_up(self, tops: dict[str, int]) -> None:
        """Come back once more, in peace, and stay until everything has arrived."""
        for _try in range(10):
            try:
                await self._sign_in()
                self.phone.slow = 0.0
                async with self.phone.online(), asyncio.timeout(8):
                    while not self._has(tops) or self.phone.outbox:
                        await asyncio.sleep(0.05)
                    return
            except TROUBLE:
                await asyncio.sleep(0.3)

    def _has(self, tops: dict[str, int]) -> bool:
        have = self.phone.have
        return bool(have) and all(have[name] >= tops.get(name, 0) for name in have)

    async def _sign_in(self) -> None:
        """Sign in first, or anew after an exit: another phone, with what was unsent."""
        if self.lives and not self.phone.left:
            return
        cookie = await asyncio.to_thread(sign_in, self.link)
        fresh = Phone(self.ws_url, self.origin, cookie, self.name)
        if self.lives:
            fresh.outbox, fresh.bodies = dict(self.phone.outbox), dict(self.phone.bodies)
        self.lives.append(fresh)

    async def _stay(self, seconds: float) -> None:
        async with self._at_most(seconds):
            while True:
                await self.act()
                await asyncio.sleep(self.random.uniform(0.1, 1.2))

    @asynccontextmanager
    async def _at_most(self, seconds: float) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(seconds):
                yield
        except TimeoutError:
            pass

    async def act(self) -> None:
        """One thing this person does."""
        raise NotImplementedError


class Young(Person):
    """Writes, sometimes words that are held, sometimes leaves by exit and comes back."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.by_http = False

    async def act(self) -> None:
        """Mostly write; now and then read slowly, write by HTTP, or go."""
        chance = self.random.random()
        if chance < 0.02:
            await self._exit()
        elif chance < 0.1:
            self.phone.slow = self.random.choice((0.0, 0.0, 0.3, 1.0))
        else:
            await self._write()

    async def _write(self) -> None:
        self.sends += 1
        words, to = self._words()
        cid = self.phone.compose(f"{words} {self._canary(words)}", **to)
        frame = self.phone.outbox[cid]
        if self.by_http:
            await asyncio.to_thread(self._post, frame)
        else:
            await self.phone.say(frame)
            if self.random.random() < 0.2:
                await self.phone.say(frame)

    def _words(self) -> tuple[str, dict[str, str]]:
        chance = self.random.random()
        if chance < 0.25:
            return HELD, {}
        if chance < 0.28:
            return ALERT, {}
        if chance < 0.38:
            return self.random.choice(ORDINARY), {"to": "line"}
        return self.random.choice(ORDINARY), {}

    def _canary(self, words: str) -> str:
        """A word that stands in one message alone, so that it can be found wherever it got to."""
        letters = "bcdfghjklmnpqrstvwxz"
        canary = "q" + "".join(self.random.choice(letters) for _ in range(9))
        if words in (HELD, ALERT):
            self.canaries.append(canary)
        return canary

    def _post(self, frame: Frame) -> None:
        import json

        body = json.dumps({key: value for key, value in frame.items() if key != "t"})
        path = "/api" + urlsplit(self.ws_url).path.removeprefix("/ws") + "/messages"
        answer = json.loads(self._request(path, body))
        self.phone.settle(answer)

    async def _exit(self) -> None:
        """Leave as the page does; the answer may be lost like any other."""
        self.phone.left = True
        await asyncio.to_thread(self._request, "/leave", "")
        raise ConnectionError("gone by exit")

    def _request(self, path: str, body: str) -> bytes:
        parts = urlsplit(self.origin)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
        try:
            headers = {"Cookie": self.phone.cookie, "Origin": self.origin}
            headers["Content-Type"] = "application/json"
            connection.request("POST", path, body, headers)
            return connection.getresponse().read()
        finally:
            connection.close()


class Facilitator(Person):
    """Keeps the room open and decides whatever waits."""

    async def act(self) -> None:
        """Open the room if it is shut, take an alert, decide one message, or remove one."""
        await self.phone.say({"t": "beat"})
        if self._state() in ("lobby", "paused"):
            await self.phone.act("open")
        await self._take_alerts()
        waiting = self._waiting()
        if waiting:
            await self._decide(self.random.choice(waiting))
        elif self.random.random() < 0.1:
            await self._remove()

    def _state(self) -> str:
        states = [entry["state"] for entry in self._entries("room") if entry["k"] == "room"]
        if states:
            return str(states[-1])
        shots = self.phone.snapshots
        return str(shots[-1]["room"]["state"]) if shots else ""

    def _entries(self, stream: str) -> list[Frame]:
        return self.phone.got.get(stream, [])

    def _waiting(self) -> list[Frame]:
        items = {item["id"]: item for item in self._first("items") if _is_held(item)}
        for entry in self._entries("desk"):
            if entry["k"] == "item" and _is_held(entry):
                items[entry["id"]] = entry
            elif entry["k"] == "decided":
                items.pop(entry["id"], None)
        return list(items.values())

    def _first(self, what: str) -> list[Frame]:
        if not self.phone.snapshots:
            return []
        desk: dict[str, list[Frame]] = self.phone.snapshots[-1]["desk"]
        return desk[what]

    async def _take_alerts(self) -> None:
        taken = {e["alert"] for e in self._entries("desk") if e["k"] == "acknowledged"}
        for alert in (e for e in self._entries("desk") if e["k"] == "alert"):
            if alert["id"] not in taken:
                await self.phone.act("acknowledge", alert=alert["id"])

    async def _decide(self, item: Frame) -> None:
        decision = self.random.choice(("approve", "approve", "decline", "send_back"))
        fields = {"reason": "contact"} if decision == "decline" else {}
        await self.phone.act("decide", id=item["id"], decision=decision, sha=item["sha"], **fields)

    async def _remove(self) -> None:
        said = [entry for entry in self._entries("room") if entry["k"] == "message"]
        if said:
            chosen = self.random.choice(said)
            await self.phone.act("remove", id=chosen["id"], reason="detail")


def _is_held(item: Frame) -> bool:
    return str(item.get("state", "held")) == "held"
