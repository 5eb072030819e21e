"""How scripted people react: a few set words, rarely, and never to what young people confide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from chat.practice.news import CameIn, News, Saying, SentBack, StaffSaid, StaffWrote
from chat.practice.script import Line, Script
from chat.practice.timeline import line_of

REWRITE: Final = (8.0, 15.0)
GREET: Final = (20.0, 35.0)  # they pass the lobby first
ANSWER: Final = (4.0, 9.0)
CONFIDE: Final = (8.0, 16.0)
ANSWERS_APART: Final = 30.0
CHANCE: Final = 0.7

Timed = tuple[float, Saying]


@dataclass
class Reactions:
    """What the news of a room makes them say, and after how many seconds. Keeps who said what."""

    script: Script
    dice: Random
    names: tuple[str, ...]
    run: str = ""
    _count: int = 0
    _answered_at: float = -ANSWERS_APART
    _used: set[Line] = field(default_factory=set)
    _greeted: set[str] = field(default_factory=set)
    _busy_until: dict[int, float] = field(default_factory=dict)

    def to(self, news: News, at: float, talking: set[int]) -> Timed | None:
        """One saying and its delay, or nothing."""
        if isinstance(news, SentBack):
            return self._rewrite(news.cid, talking)
        if isinstance(news, CameIn):
            return self._greet(news, talking)
        if isinstance(news, StaffSaid):
            return self._answer(news, at, talking)
        return self._confide(news, at, talking)

    def _rewrite(self, cid: str, talking: set[int]) -> Timed | None:
        line = line_of(self.script, cid)
        if line is None or not line.edit or line.who not in talking:
            return None
        words = line.filled(self.names).edit
        saying = Saying(f"{cid}-edit", line.who, words, replaces=cid)
        return self.dice.uniform(*REWRITE), saying

    def _greet(self, news: CameIn, talking: set[int]) -> Timed | None:
        if not news.greet or news.name in self._greeted:
            return None
        self._greeted.add(news.name)
        return self._one_of(self.script.greetings, GREET, talking, news.name)

    def _answer(self, news: StaffSaid, at: float, talking: set[int]) -> Timed | None:
        if at - self._answered_at < ANSWERS_APART or self.dice.random() > CHANCE:
            return None
        self._answered_at = at
        asked = news.words.rstrip().endswith("?")
        lines = self.script.hesitations if asked else self.script.answers
        return self._one_of(lines, ANSWER, talking, news.name)

    def _confide(self, news: StaffWrote, at: float, talking: set[int]) -> Timed | None:
        """One answer for one or several lines of staff, in the order of the script."""
        if news.who not in talking or at < self._busy_until.get(news.who, at):
            return None
        for line in self.script.private:
            if line.who == news.who and line not in self._used:
                delay = self.dice.uniform(*CONFIDE)
                self._busy_until[news.who] = at + delay
                return delay, self._say(line, news.name)
        return None

    def _one_of(
        self, lines: Iterable[Line], delay: tuple[float, float], talking: set[int], name: str
    ) -> Timed | None:
        able = [line for line in lines if line.who in talking]
        fresh = [line for line in able if line not in self._used]
        if not able:
            return None
        if not fresh:
            self._used.difference_update(able)
        line = self.dice.choice(fresh or able)
        return self.dice.uniform(*delay), self._say(line, name)

    def _say(self, line: Line, name: str) -> Saying:
        self._used.add(line)
        self._count += 1
        words = line.filled(self.names, to=name).text
        return Saying(f"r{self.run}-{self._count}", line.who, words, line.to)
