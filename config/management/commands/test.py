"""``manage.py test``: everything that says whether the program is right, as one open list of steps.

With arguments for pytest only those tests run. ``--fast`` leaves out what takes long, ``--strict``
leaves out nothing and counts everything that was skipped as a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core.management.base import BaseCommand

Mode = Literal["fast", "plain", "strict"]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PRODUCTION = {"ORIGINS": "https://waymark.example", "EXIT_ADDRESS": "https://weather.example"}


@dataclass
class Step:
    """One thing to run, and how it went."""

    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)
    went: str = ""
    seconds: float = 0.0

    def run(self) -> None:
        """Run it with its output where ours goes."""
        print(f"\n== {self.name}", flush=True)
        begun = time.monotonic()
        environment = {**os.environ, **self.variables}
        code = subprocess.call(self.command, cwd=settings.BASE_DIR, env=environment)
        self.seconds = time.monotonic() - begun
        self.went = "ok" if code == 0 else "FAILED"
        print(f"-- {self.name}: {self.went} in {self.seconds:.1f} s", flush=True)


class Command(BaseCommand):
    """Runs the steps and says how each went."""

    help = "Check and test everything (--fast: the quick part, --strict: without any gap)."
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Everything but our own two words belongs to pytest."""
        given = argv[2:]
        if {"-h", "--help"} & set(given):
            super().run_from_argv(argv)
            return
        mode: Mode = "strict" if "--strict" in given else "fast" if "--fast" in given else "plain"
        self.handle(mode=mode, arguments=[word for word in given if word not in OPTIONS])

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every step, also after one failed; exit 1 if any did."""
        mode, arguments = options["mode"], options["arguments"]
        steps = [pytest(mode, arguments)] if arguments else every_step(mode)
        for step in steps:
            if not step.went:
                step.run()
        summary(steps)
        sys.exit(any(step.went not in ("ok", "left out") for step in steps))


OPTIONS = ("--fast", "--strict")
PAGES = ("lint", "types", "test", "sizes")


def every_step(mode: Mode) -> list[Step]:
    """The list. A step that is there is run; nothing else is."""
    return [
        Step("format", [tool("ruff"), "format", "--check", "."]),
        Step("lint", [tool("ruff"), "check", "."]),
        Step("types", [tool("mypy")]),
        Step("imports", [tool("lint-imports")]),
        Step("templates", [tool("djlint"), ".", "--lint", "--quiet"]),
        Step("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
        Step("deployment", [*MANAGE, "check", "--deploy", "--fail-level=WARNING"], PRODUCTION),
        Step("wire", [*MANAGE, "protocol", "--check"]),
        Step("promises", [*MANAGE, "promises", "--check"]),
        *(Step(f"pages: {name}", npm(name)) for name in PAGES),
        pytest(mode, ["-m", "not journey and not slow" if mode == "fast" else "not journey"]),
        *([] if mode == "fast" else [journeys(mode)]),
    ]


def pytest(mode: Mode, arguments: list[str]) -> Step:
    """The tests in Python, two at a time, in random order."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope"]
    command += ["--durations", "5", "--durations-min", "3", *arguments]
    if mode == "strict":
        command += ["-p", "tests.house.strict"]
    # Development mode warns of what was left open; warnings are failures.
    return Step("pytest", command, {"PYTHONDEVMODE": "1"})


def journeys(mode: Mode) -> Step:
    """The tests in a real browser; without one they are left out, or in strict mode fail."""
    step = pytest(mode, ["-m", "journey"])
    step.name = "journeys"
    if not has_browser(install=mode == "strict"):
        step.went = "FAILED (no Chromium)" if mode == "strict" else "left out"
    return step


def has_browser(*, install: bool) -> bool:
    """Whether there is a Chromium, after an attempt to get one when asked for and allowed."""
    if not any(map(shutil.which, BROWSERS)) and install and os.geteuid() == 0:
        for words in (["update"], ["install", "-y", "chromium"]):
            subprocess.call(["apt-get", *words], stdout=2)  # noqa: S607  (wherever apt-get is)
    return any(map(shutil.which, BROWSERS))


def tool(name: str) -> str:
    """A program of the environment."""
    return str(BIN / name)


def npm(script: str) -> list[str]:
    """A script of the front end, by the Node of the environment."""
    return [sys.executable, "-m", "config.groundwork", "npm", "run", "--silent", script]


def summary(steps: list[Step]) -> None:
    """One line a step, after everything else."""
    print("\n== summary")
    for step in steps:
        print(f"{step.name:<16} {step.went:<12} {step.seconds:7.1f} s")
    print(f"{'in all':<29} {sum(step.seconds for step in steps):7.1f} s", flush=True)
