"""Who sees what of a message, as one literal table: the heart of the product."""

from __future__ import annotations

from typing import Literal

State = Literal["published", "held", "declined", "sent_back", "removed", "withdrawn"]
Viewer = Literal["peer", "author", "staff"]
Sight = Literal["full", "nothing", "waiting", "explained", "gone"]

STATES: tuple[State, ...] = (
    "published",
    "held",
    "declined",
    "sent_back",
    "removed",
    "withdrawn",
)
VIEWERS: tuple[Viewer, ...] = ("peer", "author", "staff")

_WITHHELD: dict[Viewer, Sight] = {
    "peer": "nothing",
    "author": "explained",
    "staff": "full",
}

SEEN: dict[State, dict[Viewer, Sight]] = {
    "published": {"peer": "full", "author": "full", "staff": "full"},
    "held": {"peer": "nothing", "author": "waiting", "staff": "full"},
    "declined": _WITHHELD,
    "sent_back": _WITHHELD,
    "removed": {"peer": "gone", "author": "gone", "staff": "full"},
    "withdrawn": {"peer": "gone", "author": "gone", "staff": "full"},
}


def visible_as(state: State, viewer: Viewer) -> Sight:
    """What this viewer sees of a message in this state.

    ``full``: the words. ``waiting``, ``explained``: the author's own words with a notice.
    ``gone``: that there was a message, if it ever was in the room; never its words.
    """
    return SEEN[state][viewer]
