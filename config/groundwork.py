"""Makes what the program stands on: its Python environment, its packages, the built front end.

Standard library only, because nothing else is there yet. Each step leaves a stamp with the hash
of what it was made from, written after it succeeded: an interrupted step is simply done again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from config.steps import (
    PYTHON,
    VENV,
    Environment,
    NotReady,
    Packages,
    PagePackages,
    Pages,
    Step,
    node,
)

DEVELOPER = frozenset(["bench", "chaos", "fuzz", "model", "promises", "test"])
WITH_PAGES = frozenset(["bench", "chaos", "test", "up"])


def prepare(arguments: list[str]) -> None:
    """Do whatever this command needs and is not done yet; exits with a sentence when it fails."""
    command = arguments[0] if arguments else "help"
    try:
        if any(_open_steps(command)):
            with _alone():
                for step in _open_steps(command):
                    step.make()
    except NotReady as reason:
        sys.exit(f"waymark: {reason}")


def is_inside() -> bool:
    """Whether this process runs in the environment of this folder."""
    return Path(sys.prefix) == VENV


def go_inside(arguments: list[str]) -> NoReturn:
    """Become the same command, run by the Python of the environment."""
    os.execv(PYTHON, [str(PYTHON), *arguments])  # noqa: S606  (no shell is wanted)


def _open_steps(command: str) -> Iterator[Step]:
    """The steps that this command needs and that are not done, in order."""
    steps: list[Step] = [Environment(), Packages("packages", "requirements.lock")]
    if command in DEVELOPER:
        steps.append(Packages("developer-packages", "requirements-dev.lock"))
    if command in WITH_PAGES:
        steps += [PagePackages(), Pages()]
    for step in steps:
        if not step.is_done():
            yield step


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time work; a second one waits and then finds it done."""
    VENV.mkdir(exist_ok=True)
    with open(VENV / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    # `python -m config.groundwork npm …`: Node or npm, where no other is installed.
    sys.exit(not node(*sys.argv[1:]))
