"""``manage.py promises``: each promise with the tests that prove it; exit 1 while one has none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Lists the promises, or with ``--check`` refuses what cannot be true."""

    help = "List every promise with the tests that prove it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """``--check`` is what the tests use."""
        parser.add_argument("--check", action="store_true", help="unknown ids, lost proofs only")

    def handle(self, *args: Any, **options: Any) -> None:
        """List or check. Raises `CommandError`."""
        sheet = tomllib.loads((settings.BASE_DIR / "tests" / "promises.toml").read_text())
        texts, proved = sheet["promises"], sheet["proved"]
        tests = marked_tests()
        if fault := fault_in(texts, proved, tests):
            raise CommandError(fault)
        if not options["check"]:
            self.list_all(texts, tests)

    def list_all(self, texts: dict[str, str], tests: dict[str, list[str]]) -> None:
        """Each promise with its tests; exits with 1 while one has none."""
        for promise, text in texts.items():
            self.stdout.write(f"{promise:<4} {text}")
            for test in tests.get(promise, ["(not proved)"]):
                self.stdout.write(f"       {test}")
        missing = [promise for promise in texts if promise not in tests]
        self.stdout.write(f"{len(texts) - len(missing)} of {len(texts)} proved")
        if missing:
            sys.exit(1)


def fault_in(texts: dict[str, str], proved: list[str], tests: dict[str, list[str]]) -> str:
    """What cannot be true about the marks, in a sentence; empty if all is well."""
    if unknown := sorted({*tests, *proved} - set(texts)):
        return f"There is no promise {', '.join(unknown)}."
    if lost := [promise for promise in proved if promise not in tests]:
        return f"No test proves {', '.join(lost)} any more."
    return ""


def marked_tests() -> dict[str, list[str]]:
    """The tests of each promise, by collecting them. Raises `CommandError`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "marks.json"
        command = [sys.executable, "-m", "pytest", "--collect-only", "-qq"]
        command += ["-p", "tests.house.marks"]
        environment = {**os.environ, "WAYMARK_MARKS": str(path)}
        run = subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
        )
        if run.returncode:
            raise CommandError(f"The tests cannot be collected:\n{run.stdout}{run.stderr}")
        found: dict[str, list[str]] = json.loads(path.read_text())
        return found
