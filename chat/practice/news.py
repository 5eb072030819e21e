"""What scripted people hear of a room and what they say: plain values for any driver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Saying:
    """One line that is due. ``reply_to`` and ``replaces`` are cids of earlier sayings."""

    cid: str
    who: int
    text: str
    to: Literal["room", "line"] = "room"
    reply_to: str = ""
    replaces: str = ""


@dataclass(frozen=True)
class SentBack:
    """The saying with this cid came back to its speaker."""

    cid: str


@dataclass(frozen=True)
class CameIn:
    """Somebody real is here; ``who`` is the place that they take from a speaker, if any."""

    name: str
    who: int = 0
    greet: bool = True


@dataclass(frozen=True)
class StaffSaid:
    """A real adult wrote to the room."""

    name: str
    words: str


@dataclass(frozen=True)
class StaffWrote:
    """A real adult wrote to this speaker on the private line."""

    who: int
    name: str


News = SentBack | CameIn | StaffSaid | StaffWrote
