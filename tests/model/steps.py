"""The steps of a schedule: small lists of a verb and numbers, so that any of them can be stored.

A number is an index, taken modulo what exists when the step is run: every list of steps can be
run, and a shorter one of them can too. Messages and alerts count from the newest.
"""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import strategies as st

Step = list[str | int]
Schedule = list[Step]

PEOPLE = ("Robin", "Sky", "Ash", "Maya", "Jo", "Ines")
YOUNG = PEOPLE[:3]
STAFF = PEOPLE[3:]
KINDS = ("plain", "held", "alert", "raises", "empty", "long")
DOORS = ("socket", "http")
DECISIONS = ("approve", "decline", "send_back")
ROLES = ("counsellor", "volunteer", "coordinator", "lead")
SPANS = (3, 11, 16, 61, 6 * 60, 61 * 60)

_who, _young, _staff = len(PEOPLE), len(YOUNG), len(STAFF)
_message = 12
_yes = 2

# Each verb with how many values each of its numbers has, and how often it is drawn.
VERBS: dict[str, tuple[tuple[int, ...], int]] = {
    "send": ((_who, len(KINDS), len(DOORS)), 9),
    "line": ((_who, len(KINDS), _young + 1, len(DOORS)), 3),
    "reply": ((_who, len(KINDS), _message), 1),
    "edit": ((_who, len(KINDS), _message), 3),
    "again": ((_who, _message, _yes, len(DOORS)), 3),
    "burst": ((_who, _yes), 1),
    "stale": ((_who, len(KINDS)), 2),
    "withdraw": ((_who, _message, _yes, len(DOORS)), 4),
    "claim": ((_who, _message, _yes), 1),
    "decide": ((_who, _message, len(DECISIONS), 4, _yes), 9),
    "remove": ((_who, _message), 3),
    "mute": ((_who, _who, _yes), 2),
    "open": ((_who,), 2),
    "pause": ((_who,), 2),
    "close": ((_who,), 1),
    "acknowledge": ((_who, 6), 2),
    "wait": ((len(SPANS),), 2),
    "silence": ((len(SPANS),), 2),
    "clock_back": ((len(SPANS),), 1),
    "hear": ((_staff,), 2),
    "tend": ((), 2),
    "escalate": ((), 2),
    "enter": ((_who,), 4),
    "poll": ((_who,), 1),
    "exit": ((_who,), 2),
    "sign_out": ((_who,), 1),
    "bar": ((_young,), 1),
    "end_seat": ((_young,), 1),
    "lapse": ((_staff,), 1),
    "role": ((_staff, len(ROLES)), 1),
    "take_seat": ((10,), 1),
    "disk_full": ((8,), 2),
    "deliver": ((), 3),
}


def schedules(least: int = 12, most: int = 60) -> st.SearchStrategy[Schedule]:
    """Lists of steps for Hypothesis to draw."""
    steps = [_one(verb) for verb, (_ranges, often) in VERBS.items() for _ in range(often)]
    return st.lists(st.one_of(steps), min_size=least, max_size=most)


def _one(verb: str) -> st.SearchStrategy[Step]:
    numbers = [st.integers(0, size - 1) for size in VERBS[verb][0]]
    return st.tuples(*numbers).map(lambda drawn: [verb, *drawn])


def load(path: Path) -> Schedule:
    """A stored schedule. Raises ValueError on a verb that takes other numbers now."""
    steps: Schedule = json.loads(path.read_text())["steps"]
    for verb, *numbers in steps:
        if len(VERBS[str(verb)][0]) != len(numbers):
            raise ValueError(f"{path.name}: {verb} takes other numbers now")
    return steps
