"""Runs schedules: one at a time, on an evening that is put back after each."""

from __future__ import annotations

from tests.evening import Evening
from tests.model.checks import Checks
from tests.model.machine import Machine, undone
from tests.model.steps import Schedule
from tests.model.verbs import Verbs

# Both facilitators in, the room open, three young people in it.
OPEN: Schedule = [["enter", 3], ["enter", 4], ["open", 3], ["enter", 0], ["enter", 1], ["enter", 2]]


def run(evening: Evening, schedule: Schedule, *, begin: Schedule = OPEN) -> int:
    """Run one schedule on a room in its lobby; how many steps were checked. Raises `Broken`."""
    with undone(evening) as tonight:
        machine = Machine(tonight)
        verbs, checks = Verbs(machine), Checks(machine)
        for step in begin:
            verbs.run(step)
        checks.look(deliver=True)
        for step in schedule:
            verbs.run(step)
            checks.look(deliver=step[0] == "deliver")
        checks.look(deliver=True)
        return checks.steps
