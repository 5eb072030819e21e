"""The stateful model: stored and drawn schedules hold, and every planted bug is caught."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evening import Evening
from tests.model.machine import Broken
from tests.model.planted import BUGS
from tests.model.run import run
from tests.model.search import search
from tests.model.steps import VERBS, load
from tests.model.verbs import Verbs

EXAMPLES = Path(__file__).parent / "examples"
STORED = sorted(path.stem for path in EXAMPLES.glob("*.json"))
PROMISES = ("L1", "L2", "L4", "L9", "L10", "L11", "H1", "H2", "H3", "H4", "H5", "H6", "G1", "G2")


@pytest.mark.parametrize("name", STORED)
def test_stored_schedules_hold(lobby: Evening, name: str) -> None:
    run(lobby, load(EXAMPLES / f"{name}.json"))


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.promise(BUGS[name][0])) for name in BUGS],
)
def test_a_planted_bug_is_caught(lobby: Evening, name: str) -> None:
    promise, plant = BUGS[name]
    with plant(), pytest.raises(Broken) as caught:
        run(lobby, load(EXAMPLES / f"{name}.json"))
    assert caught.value.promise == promise


@pytest.mark.promise(*PROMISES, "P1")
def test_drawn_schedules_hold(lobby: Evening) -> None:
    found = search(lobby, runs=15, first_seed=2026)
    assert found.failing is None, f"{found.broken}\n{found.failing}"
    assert found.schedules == 15


def test_a_search_finds_a_planted_bug_and_makes_it_short(lobby: Evening) -> None:
    with BUGS["held_words_beside_the_log"][1]():
        found = search(lobby, runs=200, first_seed=7)
    assert found.failing is not None
    assert isinstance(found.broken, Broken)
    assert len(found.failing) <= 2


def test_every_verb_can_be_run() -> None:
    assert all(callable(getattr(Verbs, verb)) for verb in VERBS)
