"""A word in every message that stands nowhere else, so that its words can be found anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from tests.evening import ALERT, HOLD

CANARY = re.compile(r"vel(?:[bdgkmnrt][aiou]){2}")


def canaries() -> Iterator[str]:
    """New words, never the same twice (1,024 of them)."""
    sounds = [a + b for a, b in product("bdgkmnrt", "aiou")]
    return ("vel" + one + two for one, two in product(sounds, sounds))


def words(kind: str, canary: str) -> str:
    """A text of one kind with its canary: see `tests.model.steps.KINDS`."""
    return {
        "held": f"{HOLD} {canary}",
        "alert": f"{ALERT} {canary}",
        "empty": " \n\u200b",
        "long": f"{canary} " * 200,
    }.get(kind, f"i like the {canary} today")


def found_in(raw: bytes) -> set[str]:
    """The canaries that stand in something encoded."""
    return set(CANARY.findall(raw.decode()))
