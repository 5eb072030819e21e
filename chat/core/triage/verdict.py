"""What triage is told and what it answers: plain, frozen values that travel anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["publish", "hold", "alert"]
Mode = Literal["triage", "everything", "new"]


@dataclass(frozen=True)
class Reason:
    """Why a line is stopped: ``say`` is for the desk, ``span`` the piece that it is about."""

    rule: str
    kind: str
    say: str
    span: str


@dataclass(frozen=True)
class Verdict:
    """What to do with a line. ``care``: words of danger, so the author sees help at once."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    care: bool = False


@dataclass(frozen=True)
class Context:
    """What triage may know beside the line.

    ``recent`` are the author's last lines, oldest first, whatever became of them; ``helplines``
    are names and numbers of the service's own list. ``mode`` is the room's: ``everything`` holds
    every line, ``new`` holds those of a ``new_member``.
    """

    nicknames: tuple[str, ...] = ()
    author: str = ""
    recent: tuple[str, ...] = ()
    new_member: bool = False
    mode: str = "triage"
    helplines: tuple[str, ...] = ()
