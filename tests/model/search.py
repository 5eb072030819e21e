"""Draws schedules with Hypothesis, runs them, and makes the first that fails short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.evening import Evening
from tests.model.run import run
from tests.model.steps import Schedule, schedules

BATCH = 50


@dataclass
class Found:
    """What a search came to. ``failing`` is a short schedule that breaks ``broken``."""

    schedules: int = 0
    steps: int = 0
    failing: Schedule | None = None
    broken: Exception | None = None


def search(
    evening: Evening,
    runs: int,
    first_seed: int,
    progress: Callable[[Found], None] = lambda found: None,
) -> Found:
    """Run this many schedules, in batches that each have a seed of their own."""
    found = Found()
    while found.schedules < runs and found.failing is None:
        _batch(evening, min(BATCH, runs - found.schedules), first_seed, found)
        first_seed += 1
        progress(found)
    return found


def _batch(evening: Evening, many: int, number: int, found: Found) -> None:
    @seed(number)
    @settings(
        max_examples=many,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(schedules())
    def each(schedule: Schedule) -> None:
        if found.failing is not None:
            return
        found.schedules += 1
        found.steps += len(schedule)
        broken = fault_of(evening, schedule)
        if broken is not None:
            found.failing, found.broken = shrink(evening, schedule, broken)

    each()


def fault_of(evening: Evening, schedule: Schedule) -> Exception | None:
    """What goes wrong in a schedule, or None."""
    try:
        run(evening, schedule)
    except Exception as fault:
        return fault
    return None


def shrink(evening: Evening, schedule: Schedule, fault: Exception) -> tuple[Schedule, Exception]:
    """Leave out whatever is not needed for the same promise to break."""
    size = max(1, len(schedule) // 2)
    while size:
        end = len(schedule)
        while end > 0:
            shorter = schedule[: max(0, end - size)] + schedule[end:]
            other = fault_of(evening, shorter)
            if other is not None and kind_of(other) == kind_of(fault):
                schedule, fault = shorter, other
            end -= size
        size //= 2
    return schedule, fault


def kind_of(fault: Exception) -> tuple[str, str]:
    """Which kind of fault it is, and of which promise."""
    return type(fault).__name__, str(getattr(fault, "promise", ""))
