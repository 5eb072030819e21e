"""Plays a script at a human pace: who says what, and when. Pure; time is seconds since it began.

The same seed and the same news at the same seconds make the same talk.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from itertools import count, islice
from random import Random
from typing import Final

from chat.practice.news import CameIn, News, Saying
from chat.practice.reactions import Reactions
from chat.practice.script import EVERYBODY, Script
from chat.practice.timeline import Turn, turns

UNSAID: Final = 0.5  # how much of the time for a line passes when nobody says it
PATIENCE: Final = 5.0  # seconds until a line that was refused is tried again


class Player:
    """Says what is due, without end; whoever has fallen silent leaves a silence in the talk.

    ``pace`` 2.0 is twice as fast. ``said`` are the cids of an earlier run in the same room: the
    talk goes on after them. ``names`` are of the ten places. ``run`` tells the cids of this run's
    reactions from those of others.
    """

    def __init__(
        self,
        script: Script,
        speakers: Iterable[int] = EVERYBODY,
        seed: int = 0,
        pace: float = 1.0,
        *,
        names: tuple[str, ...] = (),
        said: frozenset[str] = frozenset(),
        run: str = "",
    ) -> None:
        dice = Random(seed)  # noqa: S311  nothing secret hangs on it
        self._pace = pace
        self._names = names or script.names
        self._talking = set(speakers)
        self._said = set(said)
        self._reactions = Reactions(script, Random(dice.random()), self._names, run)  # noqa: S311
        self._waiting: list[tuple[float, int, Saying]] = []
        self._order = count()
        rest = turns(script, dice, said)
        self._before = list(islice(rest, 0 if said else script.before))
        self._turns = rest
        self._turn = next(rest)
        self._at = self._turn.gap / pace

    def before(self) -> list[tuple[float, Saying]]:
        """What was said before anybody looks, with its second <= 0. Nothing in a later run."""
        said = []
        at = -sum(turn.gap for turn in self._before[1:]) / self._pace
        for turn in self._before:
            if self._may_say(turn):
                said.append((min(at, 0.0), self._saying(turn)))
            at += turn.gap / self._pace
        self._before = []
        return said

    @property
    def due(self) -> float:
        """When something may be said next, in seconds."""
        return min([self._at, *(it[0] for it in self._waiting[:1])])

    def take(self, now: float) -> list[Saying]:
        """What is due by ``now``: at most one line of the script, so no stall ends in a rush."""
        sayings = []
        while self._waiting and self._waiting[0][0] <= now:
            sayings.append(heapq.heappop(self._waiting)[2])
        while self._at <= now:
            turn, at = self._turn, self._at
            self._turn = next(self._turns)
            if self._may_say(turn):
                self._at = now + self._turn.gap / self._pace
                sayings.append(self._saying(turn))
                break
            self._at = at + UNSAID * self._turn.gap / self._pace
        return [it for it in sayings if it.who in self._talking]

    def put_off(self, saying: Saying, now: float) -> None:
        """The room did not take this just now: it waits, and the rest waits for it."""
        self._wait(now + PATIENCE, saying)
        self._at = max(self._at, now + PATIENCE + self._turn.gap / self._pace)

    def silence(self, who: int) -> None:
        """This speaker says nothing more."""
        self._talking.discard(who)

    def hear(self, news: News, now: float) -> None:
        """Something happened in the room; somebody may react to it in a while."""
        if isinstance(news, CameIn):
            self.silence(news.who)
        reaction = self._reactions.to(news, now, self._talking)
        if reaction is not None:
            delay, saying = reaction
            self._wait(now + delay / self._pace, saying)

    def _may_say(self, turn: Turn) -> bool:
        """Nobody answers what was not said, or speaks of somebody whose place is taken."""
        return turn.needs <= self._said and {turn.line.who, *turn.line.named} <= self._talking

    def _wait(self, until: float, saying: Saying) -> None:
        heapq.heappush(self._waiting, (until, next(self._order), saying))

    def _saying(self, turn: Turn) -> Saying:
        self._said.add(turn.cid)
        line = turn.line.filled(self._names)
        return Saying(turn.cid, line.who, line.text, line.to, turn.reply_to)
