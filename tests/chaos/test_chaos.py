"""The short run with a stored seed, and proof that each count can be anything but zero."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from config.chaos.ledger import Log, Seen, balance
from config.phones import Phone
from tests.server import BASE

ZERO = ("lost", "duplicated", "gaps", "inversions", "leaks")


@pytest.mark.slow
@pytest.mark.promise("L1", "L2", "L4", "H1")
def test_four_kills_break_nothing() -> None:
    command = [sys.executable, "manage.py", "chaos", "--faults", "4", "--seed", "7"]
    done = subprocess.run(command, cwd=BASE, capture_output=True, text=True, timeout=300)
    sums = json.loads(done.stdout.splitlines()[-1])
    assert [sums[name] for name in ZERO] == [0, 0, 0, 0, 0], done.stderr
    assert sums["kills"] == 4
    assert sums["acknowledged"] > 20
    assert done.returncode == 0


def phone(*entries: tuple[str, dict[str, Any]], **answers: dict[str, Any]) -> Phone:
    made = Phone("", "", "", "somebody", have={"room": 2})
    made.applied = list(entries)
    made.answers = answers
    return made


def said(n: int, key: str, body: str = "hello") -> tuple[str, dict[str, Any]]:
    return "room", {"k": "message", "n": n, "id": key, "body": body}


GOOD = phone(
    said(1, "a"),
    said(2, "b", "canary"),
    x={"t": "ok", "id": "a", "stream": "room", "seq": 1},
)
LOG = Log(
    places={("room", 1): "a", ("room", 2): "b"},
    shown={"a": 1, "b": 2},
    copies={(1, "x"): 1, (2, "y"): 1},
    tops={"room": 2},
)


def counts(log: Log, one: Phone, canaries: dict[str, str] | None = None) -> dict[str, int]:
    account = balance(log, [Seen(one)], canaries or {"canary": "b"})
    return {name: getattr(account, name) for name in ZERO if getattr(account, name)}


def test_a_good_evening_adds_up() -> None:
    assert counts(LOG, GOOD) == {}


@pytest.mark.parametrize(
    ("log", "one", "canaries", "found"),
    [
        (
            LOG,
            phone(x={"t": "ok", "id": "c", "stream": "room", "seq": 1}),
            {},
            {"lost": 1},
        ),
        (Log({("room", 1): "a"}, {}, {}, {"room": 2}), phone(), {}, {"gaps": 1}),
        (Log({}, {}, {(1, "x"): 2}, {}), phone(), {}, {"duplicated": 1}),
        (LOG, phone(said(1, "a"), said(1, "a")), {}, {"duplicated": 1}),
        (LOG, phone(said(1, "b")), {}, {"inversions": 1}),
        (LOG, phone(said(1, "a", "canary")), {"canary": "b"}, {"leaks": 1}),
        (LOG, phone(said(2, "b", "canary")), {"canary": "never approved"}, {"leaks": 1}),
    ],
)
def test_a_broken_promise_is_counted(
    log: Log, one: Phone, canaries: dict[str, str], found: dict[str, int]
) -> None:
    assert counts(log, one, canaries or None) == found


def test_what_never_came_is_lost() -> None:
    one = phone()
    one.have = {"room": 1}
    assert counts(LOG, one) == {"lost": 1}


def test_a_held_word_in_a_snapshot_is_a_leak() -> None:
    one = phone()
    one.snapshots = [{"tops": {"room": 1}, "messages": ["canary"]}]
    assert counts(LOG, one) == {"leaks": 1}
