"""The facilitators of a chaos run: they keep the room open and decide whatever waits."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from config.chaos.people import TROUBLE, Person
from config.phones import Frame

BEAT_SECONDS = 4


class Facilitator(Person):
    """Reads the desk as it comes: held items, open alerts, what stands in the room."""

    staff = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.state = ""
        self.held: dict[str, str] = {}
        self.alerts: set[str] = set()
        self.said: list[str] = []

    def _hear(self, frame: Frame) -> None:
        super()._hear(frame)
        if frame["t"] == "snapshot":
            self.state, desk = frame["room"]["state"], frame["desk"]
            self.held = {i["id"]: i["sha"] for i in desk["items"] if _is_held(i)}
            self.alerts = {alert["id"] for alert in desk["alerts"] if not alert.get("by")}

    def notice(self, entry: Frame) -> None:
        """Fold one entry into what is known of the room."""
        kind = entry["k"]
        if kind == "room":
            self.state = entry["state"]
        elif kind == "message":
            self.said.append(entry["id"])
        elif kind == "item" and _is_held(entry):
            self.held[entry["id"]] = entry["sha"]
        elif kind == "decided":
            self.held.pop(entry["id"], None)
        elif kind == "alert":
            self.alerts.add(entry["id"])
        elif kind == "acknowledged":
            self.alerts.discard(entry["alert"])

    async def act(self) -> None:
        """Open the room if it is shut, take an alert, decide one message, or remove one."""
        await self.keep_open()
        if self.alerts:
            await self._take(self.random.choice(sorted(self.alerts)))
        if self.held:
            await self._decide(self.random.choice(sorted(self.held)))
        elif self.said and self.random.random() < 0.15:
            chosen = self.random.choice(self.said[-20:])
            await self.phone.act("remove", id=chosen, reason="detail")

    async def keep_open(self) -> None:
        """Say that one is here, and open a room that is shut."""
        await self.phone.say({"t": "beat"})
        if self.state in ("lobby", "paused"):
            await self.phone.act("open")

    async def hold_open(self, until: asyncio.Event) -> None:
        """Stay in peace and decide nothing, so that others can send what they have left."""
        while not until.is_set():
            with suppress(*TROUBLE):
                await self._sign_in()
                self.phone.slow = 0.0
                async with self.phone.online():
                    while self.phone.is_online and not until.is_set():
                        await self.keep_open()
                        with suppress(TimeoutError):
                            await asyncio.wait_for(until.wait(), BEAT_SECONDS)

    async def _take(self, alert: str) -> None:
        answer = await self.phone.act("acknowledge", alert=alert)
        if answer["t"] == "err":
            self.alerts.discard(alert)

    async def _decide(self, key: str) -> None:
        decision = self.random.choice(("approve", "approve", "decline", "send_back"))
        fields = {"reason": "contact"} if decision == "decline" else {}
        if self.random.random() < 0.3:
            await self.phone.act("claim", id=key)
        sha = self.held.get(key, "0" * 64)
        answer = await self.phone.act("decide", id=key, decision=decision, sha=sha, **fields)
        if answer["t"] == "err":
            self.held.pop(key, None)


def _is_held(item: Frame) -> bool:
    return str(item.get("state", "held")) == "held"
