"""``manage.py model``: many drawn schedules of the live room against the promises.

The model and its checks are in `tests.model`; this is the long run. Its database is a passing one.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction


class Command(BaseCommand):
    """Draws, runs, counts; the last line is JSON, and the exit code 1 if a promise broke."""

    help = "Run drawn schedules of log, moderation and membership; last line JSON."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, from which seed, and whether a bug is planted to see it caught."""
        parser.add_argument("--runs", type=int, default=500, help="how many schedules")
        parser.add_argument("--seed", type=int, default=1, help="of the first batch")
        parser.add_argument("--planted", default="", help="a bug of tests/model/planted.py")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run. Raises `CommandError` for a bug that nobody knows."""
        from tests.evening import make_evening
        from tests.model.planted import BUGS
        from tests.model.search import Found, search

        name, begun = options["planted"], time.monotonic()
        if name and name not in BUGS:
            raise CommandError(f"No such bug; there are {', '.join(BUGS)}.")

        def progress(found: Found) -> None:
            say(f"{found.schedules} schedules, {found.steps} steps, {took(begun)} s")

        with passing_database(), BUGS[name][1]() if name else nullcontext():
            evening = make_evening(seats=3, opened=False)
            found = search(evening, options["runs"], options["seed"], progress)
        if found.failing is not None:
            say(f"{found.broken}\n{json.dumps(found.failing)}")
        violations = int(found.failing is not None)
        sheet = {"schedules": found.schedules, "steps": found.steps, "violations": violations}
        print(json.dumps({**sheet, "seconds": took(begun)}), flush=True)
        sys.exit(violations)


@contextmanager
def passing_database() -> Iterator[None]:
    """A new database for as long as the block runs, with everything in one transaction."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(str(name), verbosity=0)


def say(text: str) -> None:
    """Progress, apart from the answer."""
    print(text, file=sys.stderr, flush=True)


def took(begun: float) -> float:
    """Seconds since then."""
    return round(time.monotonic() - begun, 1)
