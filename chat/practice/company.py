"""Scripted people in a room: what the player says goes through a door, what happens comes back.

The door is how they reach the room: `chat.practice.inside` in this process, a socket elsewhere.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from chat import protocol
from chat.practice.news import News, Saying
from chat.practice.player import Player
from chat.refusals import Refused

PREFIX = "script-"
PASSING = frozenset({"not_open", "paused", "too_fast", "unavailable"})


class Door(Protocol):
    """One room, seen by those who play in it. Cids bear our prefix inside and none outside."""

    def send(self, who: int, frame: protocol.Send, now: datetime) -> protocol.Ok:
        """Write as this speaker. Raises `Refused`."""

    def news(self) -> list[News]:
        """What happened since it was asked last."""


class Company:
    """One player's people in one room. ``keys`` are the messages of an earlier run by cid."""

    def __init__(
        self, player: Player, door: Door, began: datetime, keys: dict[str, str] | None = None
    ) -> None:
        self.player = player
        self.door = door
        self.began = began
        self.keys = dict(keys or {})

    def begin(self, before: list[tuple[float, Saying]]) -> None:
        """Say at once what was said before anybody looks, at the times at which it was said."""
        for at, saying in before:
            self._say(saying, self.began + timedelta(seconds=at))

    def step(self, now: datetime) -> float:
        """Hear and say what there is; how many seconds until something may be due."""
        for news in self.door.news():
            self.hear(news, now)
        seconds = self._seconds(now)
        for saying in self.player.take(seconds):
            self._say(saying, now)
        return self.player.due - seconds

    def hear(self, news: News, now: datetime) -> None:
        """Tell the player what its door cannot see."""
        self.player.hear(news, self._seconds(now))

    def _seconds(self, now: datetime) -> float:
        return (now - self.began).total_seconds()

    def _say(self, saying: Saying, now: datetime) -> None:
        try:
            answer = self.door.send(saying.who, self._frame(saying), now)
        except Refused as refused:
            self._refused(saying, refused.code, now)
        else:
            self.keys[saying.cid] = answer.id

    def _refused(self, saying: Saying, code: str, now: datetime) -> None:
        """Wait, fall silent, or let this one line go: as somebody at a phone would."""
        if code in PASSING:
            self.player.put_off(saying, self._seconds(now))
        elif code == "left":
            self.player.silence(saying.who)
        elif code == "missing" and saying.reply_to and self.keys.pop(saying.reply_to, ""):
            self._say(saying, now)  # what it answers is not in the room: said without the mark

    def _frame(self, saying: Saying) -> protocol.Send:
        return protocol.Send(
            cid=PREFIX + saying.cid,
            body=saying.text,
            to=saying.to,
            reply_to=self.keys.get(saying.reply_to),
            replaces=self.keys.get(saying.replaces),
        )
