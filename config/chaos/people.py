"""Who takes part in a chaos run: young people on bad phones (the desk is in `desk.py`)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http.client import HTTPException
from random import Random
from typing import Any

from websockets.exceptions import WebSocketException

from config.chaos.canaries import canary
from config.chaos.ledger import Seen
from config.phones import Frame, Phone, leave, sign_in

TROUBLE = (OSError, WebSocketException, TimeoutError, HTTPException, ValueError)
HELD = "add me on insta, i am skyblue dot fern"
ALERT = "goodbye everyone, i want to die tonight"
ORDINARY = (
    "my week was long but ok",
    "i went outside twice, that is new for me",
    "same here, it is loud at home",
    "that song helped me a bit",
    "i am glad this is on tonight",
)
# Refusals that pass: the real phone keeps the words and tries again.
PASSING = frozenset({"unavailable", "too_fast", "paused", "not_open"})
OVER = (4001, 4010)
MOST_UNSENT = 6


class Person:
    """Somebody with a phone that drops. ``lives`` are the phones they had: one per sign-in."""

    staff = False

    def __init__(self, name: str, link: str, sheet: dict[str, Any], seed: int) -> None:
        self.name = name
        self.link = link
        self.sheet = sheet
        self.random = Random(seed)  # noqa: S311  (a seed makes a run that can be had again)
        self.lives: list[Seen] = []
        self.sends = 0
        self.over = asyncio.Event()
        self.answered = asyncio.Event()

    @property
    def phone(self) -> Phone:
        """The phone they have now."""
        return self.lives[-1].phone

    async def take_part(self) -> None:
        """Connect, act, drop, and again, until the evening is over."""
        while not self.over.is_set():
            try:
                await self._sign_in()
                await self._connect()
            except TROUBLE:
                await self._pause(0.05, 0.4)

    async def _connect(self) -> None:
        async with self.phone.online():
            with suppress(TimeoutError):
                async with asyncio.timeout(self.random.uniform(0.5, 8)):
                    await self._live()
            if self.random.random() < 0.5:
                self.phone.cut()

    async def _live(self) -> None:
        while self.phone.is_online and not self.over.is_set():
            await self.act()
            await self._pause(0.05, 1.0)

    async def _pause(self, least: float, most: float) -> None:
        """Do nothing for a while, or until the evening is over."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.random.uniform(least, most)):
                await self.over.wait()

    async def _sign_in(self) -> None:
        """Sign in first, or anew after an exit: another phone, with what was unsent."""
        ended = self.lives and self.phone.closed_with in OVER
        if self.lives and not ended and not self.lives[-1].gone:
            return
        cookie = await asyncio.to_thread(sign_in, self.link)
        room = self.sheet["room"]
        fresh = Phone(room["ws_url"], self.sheet["base_url"], cookie, self.name, keep=PASSING)
        fresh.hear = self._hear
        if self.lives:
            self.lives[-1].gone = True
            fresh.outbox = dict(self.phone.outbox)
        self.lives.append(Seen(fresh, self.staff))

    def _hear(self, frame: Frame) -> None:
        if frame["t"] == "ok":
            self.answered.set()
        for entry in frame.get("e", ()):
            self.notice(entry)

    def notice(self, entry: Frame) -> None:
        """Look at an entry as it comes."""

    async def act(self) -> None:
        """One thing this person does."""
        raise NotImplementedError

    # ------------------------------------------------------------ in peace

    async def come_home(self, *, until_sent: bool) -> None:
        """Come back in peace and stay until everything is sent and nothing has come for a while."""
        for _try in range(20):
            try:
                await self._sign_in()
                self.phone.slow = 0.0
                async with self.phone.online(), asyncio.timeout(30):
                    while until_sent and self.phone.outbox:
                        await asyncio.sleep(1)
                        for frame in list(self.phone.outbox.values())[:1]:
                            await self.phone.say(frame)
                    return
            except TROUBLE:
                await asyncio.sleep(0.3)

    async def catch_up(self, tops: dict[str, int]) -> None:
        """Come back once more and stay until this is reached."""
        for _try in range(6):
            try:
                await self._sign_in()
                async with self.phone.online(), asyncio.timeout(8):
                    while not self._has(tops):
                        await asyncio.sleep(0.05)
                    return
            except TROUBLE:
                await asyncio.sleep(0.3)

    def _has(self, tops: dict[str, int]) -> bool:
        have = self.phone.have
        return bool(have) and all(have[name] >= tops.get(name, 0) for name in have)


class Young(Person):
    """Writes, is held, takes back, edits, leaves by exit; some of them by HTTP for a while."""

    def __init__(self, *args: Any, by_http: float = 0.0) -> None:
        super().__init__(*args)
        self.by_http = by_http
        self.came_back: list[str] = []
        self.mine: list[str] = []

    async def _connect(self) -> None:
        if self.random.random() >= self.by_http:
            await super()._connect()
            return
        for _poll in range(self.random.randrange(1, 5)):
            polling = asyncio.create_task(self.phone.poll())
            for _send in range(self.random.randrange(4)):
                await self._pause(0.05, 0.6)
                await self._post()
            answer = await polling
            if answer.status in (401, 410) or self.over.is_set():
                self.phone.closed_with = 4010 if answer.status != 200 else 0
                return

    async def _post(self) -> None:
        with suppress(*TROUBLE):
            await self.phone.post(self._next())

    def notice(self, entry: Frame) -> None:
        """Remember what came back to be edited."""
        if entry["k"] == "outcome" and entry["state"] in ("sent_back", "declined"):
            self.came_back.append(entry["id"])

    async def act(self) -> None:
        """Mostly write; now and then read slowly, take something back, or go."""
        chance = self.random.random()
        if chance < 0.02:
            await self._exit()
        elif chance < 0.1:
            self.phone.slow = self.random.choice((0.0, 0.0, 0.1, 0.6))
        elif chance < 0.16:
            await self._take_back()
        else:
            await self._write()

    async def burst(self, many: int) -> None:
        """Write several lines without waiting for an answer."""
        with suppress(*TROUBLE):
            for _one in range(many):
                await self._write()

    async def _write(self) -> None:
        frame = self._next()
        await self.phone.say(frame)
        if self.random.random() < 0.2:
            await self.phone.say(frame)

    def _next(self) -> Frame:
        """Something new to send, or what could not be sent for long."""
        if len(self.phone.outbox) < MOST_UNSENT:
            return self._compose()
        return self.random.choice(list(self.phone.outbox.values()))

    def _compose(self) -> Frame:
        words, fields = self._words()
        self.sends += 1
        cid = self.phone.compose(f"{words} {canary(self.random)}", **fields)
        return self.phone.outbox[cid]

    def _words(self) -> tuple[str, dict[str, Any]]:
        chance, ordinary = self.random.random(), self.random.choice(ORDINARY)
        if chance < 0.25:
            return HELD, {}
        if chance < 0.28:
            return ALERT, {}
        if chance < 0.38:
            return ordinary, {"to": "line"}
        if chance < 0.5 and self.came_back:
            return ordinary, {"replaces": self.came_back.pop()}
        return ordinary, {}

    async def _take_back(self) -> None:
        sent = [answer["id"] for answer in self.phone.answers.values() if answer["t"] == "ok"]
        if sent:
            to_line = self.random.random() < 0.5
            await self.phone.act("withdraw", id=self.random.choice(sent), to_line=to_line)

    async def _exit(self) -> None:
        """Leave as the page does; when nobody answers, they may or may not have gone."""
        await asyncio.to_thread(leave, self.sheet["base_url"], self.phone.cookie)
        self.lives[-1].gone = True
        raise ConnectionError("gone by exit")
