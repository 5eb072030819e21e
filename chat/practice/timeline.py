"""The order of a script: the evening once, then its quieter exchanges, round after round.

Every line has a name that is the same in every run, so that a program that starts again goes on
where the talk was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from chat.practice.script import Line, Script

LINE: Final = (4.0, 9.0)  # seconds between two lines of an evening
BETWEEN: Final = (30.0, 65.0)  # between two quieter exchanges
WITHIN: Final = (7.0, 16.0)  # between two lines of one
JITTER: Final = 0.15
NAME: Final = re.compile(r"e(\d+)|q\d+-(\d+)-(\d+)")


@dataclass(frozen=True)
class Turn:
    """One line in its place: seconds after the one before, and what must have been said for it."""

    gap: float
    cid: str
    line: Line
    reply_to: str = ""
    needs: frozenset[str] = frozenset()


def line_of(script: Script, cid: str) -> Line | None:
    """The line of the script with this name."""
    match = NAME.fullmatch(cid)
    if match is None:
        return None
    evening, exchange, number = match.groups()
    try:
        if evening is not None:
            return script.evening[int(evening)]
        return script.quieter[int(exchange)][int(number)]
    except IndexError:
        return None


def turns(script: Script, dice: Random, said: frozenset[str] = frozenset()) -> Iterator[Turn]:
    """Every turn from where an earlier run ended, without end."""
    yield from _evening(script, dice, said)
    number = 0
    last: list[int] = []
    while True:
        order = _shuffled(len(script.quieter), dice, last)
        for place in order:
            names = [f"q{number}-{place}-{at}" for at in range(len(script.quieter[place]))]
            if said.isdisjoint(names):
                yield from _exchange(script.quieter[place], names, dice)
        last, number = order, number + 1


def _evening(script: Script, dice: Random, said: frozenset[str]) -> Iterator[Turn]:
    places = {f"e{at}": at for at in range(len(script.evening))}
    first = max((places[cid] for cid in said if cid in places), default=-1) + 1
    if any(cid.startswith("q") for cid in said):
        return
    keys = {line.key: f"e{at}" for at, line in enumerate(script.evening) if line.key}
    for at, line in enumerate(script.evening):
        gap = _gap(line, LINE, dice)
        if at >= first:
            yield _turn(gap, f"e{at}", line, keys)


def _exchange(lines: tuple[Line, ...], names: list[str], dice: Random) -> Iterator[Turn]:
    """Each line needs the one before it, so that nobody answers what was not said."""
    keys = {line.key: name for line, name in zip(lines, names, strict=True) if line.key}
    for at, line in enumerate(lines):
        gap = _gap(line, WITHIN if at else BETWEEN, dice)
        yield _turn(gap, names[at], line, keys, frozenset(names[at - 1 : at]))


def _turn(
    gap: float, cid: str, line: Line, keys: dict[str, str], needs: frozenset[str] = frozenset()
) -> Turn:
    named = {keys[key] for key in (line.reply, line.after) if key}
    return Turn(gap, cid, line, keys.get(line.reply, ""), needs | named)


def _gap(line: Line, usual: tuple[float, float], dice: Random) -> float:
    if line.pause is None:
        return dice.uniform(*usual)
    return line.pause * dice.uniform(1 - JITTER, 1 + JITTER)


def _shuffled(count: int, dice: Random, last: list[int]) -> list[int]:
    """A new order in which what ended the last round does not begin the next."""
    order = list(range(count))
    dice.shuffle(order)
    fresh = set(last[-(count // 2) :])
    return [it for it in order if it not in fresh] + [it for it in order if it in fresh]
