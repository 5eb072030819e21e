"""Help now: names and numbers from a file that the service edits (settings.HELP_FILE).

Works with the database, sessions and scripts down (G3): a file, a template, nothing else.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.core import checks
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from msgspec import Meta, Struct

OURS: Final = Path(__file__).parent / "data" / "help.json"
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WallTime = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Words = Annotated[str, Meta(min_length=1, max_length=400)]
Digits = Annotated[str, Meta(pattern=r"^\+?[0-9]{3,15}$")]


class Hours(Struct, forbid_unknown_fields=True):
    """When a place answers on some days, in the wall time of the file's zone."""

    days: Annotated[list[Day], Meta(min_length=1)]
    opens: WallTime = msgspec.field(name="from")
    closes: WallTime = msgspec.field(name="to")

    def holds(self, at: datetime) -> bool:
        """Whether this is the case at that wall time; hours may run past midnight."""
        clock, today = f"{at:%H:%M}", DAYS[at.weekday()]
        if self.opens < self.closes:
            return today in self.days and self.opens <= clock < self.closes
        before = DAYS[at.weekday() - 1]
        return (today in self.days and clock >= self.opens) or (
            before in self.days and clock < self.closes
        )


class Way(Struct, forbid_unknown_fields=True):
    """One way to reach a place. A web address is there to be read: no link of ours leads away."""

    kind: Literal["call", "text", "web"]
    show: Words
    address: Digits | None = None
    body: Annotated[str, Meta(max_length=40)] = ""

    def __post_init__(self) -> None:
        if (self.kind == "web") == (self.address is not None):
            raise ValueError("call and text have an address, web has none")

    @property
    def link(self) -> str:
        """What a tap does: begins a call or a text message; empty for the web."""
        if self.kind == "call":
            return f"tel:{self.address}"
        if self.kind == "text":
            return f"sms:{self.address}" + (f"?&body={self.body}" if self.body else "")
        return ""


class Emergency(Struct, forbid_unknown_fields=True):
    """The first thing on the page."""

    name: Words
    say: Words
    ways: Annotated[list[Way], Meta(min_length=1)]


class Place(Struct, forbid_unknown_fields=True):
    """Somebody who answers."""

    name: Words
    say: Words
    ways: Annotated[list[Way], Meta(min_length=1)]
    open: Literal["always"] | list[Hours] = "always"

    def is_open(self, at: datetime) -> bool:
        """Whether somebody answers at that wall time."""
        return self.open == "always" or any(it.holds(at) for it in self._hours)

    @property
    def _hours(self) -> list[Hours]:
        return [] if isinstance(self.open, str) else self.open


class Help(Struct, forbid_unknown_fields=True):
    """The whole file. ``checked_on`` is the day on which the service last tried every number."""

    zone: str
    emergency: Emergency
    places: Annotated[list[Place], Meta(min_length=1)]
    checked_on: date | None = None

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except KeyError:
            raise ValueError(f"no such zone: {self.zone}") from None


def read(path: Path) -> Help:
    """Read and check one file. Raises `OSError` or `msgspec.DecodeError` with what is wrong."""
    return msgspec.json.decode(path.read_bytes(), type=Help)


def names_and_numbers() -> tuple[str, ...]:
    """What a line may name although it looks like a contact: the service's own places."""
    try:
        changed = Path(settings.HELP_FILE).stat().st_mtime_ns
    except OSError:
        changed = 0
    return _names_and_numbers(changed)


@lru_cache(maxsize=2)
def _names_and_numbers(_changed: int) -> tuple[str, ...]:
    found = current()
    ways = [*found.emergency.ways, *(way for place in found.places for way in place.ways)]
    return (*(place.name for place in found.places), *(way.show for way in ways))


def current() -> Help:
    """The service's file; ours while theirs cannot be read, because an empty page helps nobody."""
    try:
        return read(Path(settings.HELP_FILE))
    except (OSError, msgspec.DecodeError, ValueError):
        return read(OURS)


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """The page. Rendered without the request, so that nothing can ask session or database."""
    found = current()
    at = timezone.now().astimezone(ZoneInfo(found.zone))
    places = [(place, place.is_open(at), hours_shown(place)) for place in found.places]
    places.sort(key=lambda it: not it[1])
    return HttpResponse(render_to_string("help.html", {"help": found, "places": places}))


def hours_shown(place: Place) -> list[tuple[str, str, list[Day]]]:
    """The hours as a list of (from, to, days); empty when it is always open."""
    if isinstance(place.open, str):
        return []
    return [(it.opens, it.closes, it.days) for it in place.open]


def schema() -> dict[str, Any]:
    """The JSON schema of the file, for whoever edits it."""
    return msgspec.json.schema(Help)


def register_check() -> None:
    """Let ``manage.py check`` say loudly what the page passes over in silence."""
    checks.register(check_help_file)


def check_help_file(**_kwargs: Any) -> list[checks.CheckMessage]:
    """An error that names the broken place of the service's file."""
    try:
        read(Path(settings.HELP_FILE))
    except (OSError, msgspec.DecodeError, ValueError) as problem:
        return [checks.Error(f"HELP_FILE cannot be used: {problem}", id="people.E001")]
    return []
