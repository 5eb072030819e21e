"""The file behind Help now: what may stand in it, and what happens when it is broken."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.test import override_settings

from people import help as help_page
from people.help import OURS, Hours, Place, check_help_file, current, read

CONTENT: dict[str, Any] = json.loads(OURS.read_text())


def write(folder: Path, content: object) -> Path:
    path = folder / "help.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def change(*where: str | int, to: object) -> dict[str, Any]:
    content = deepcopy(CONTENT)
    place: Any = content
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = to
    return content


BROKEN = {
    "not JSON": "{",
    "empty": "",
    "a list": [],
    "no emergency": {key: CONTENT[key] for key in ("zone", "places")},
    "no places": change("places", to=[]),
    "an unknown field": change("colour", to="red"),
    "an unknown field of a place": change("places", 0, "hours", to="always"),
    "letters in a number": change("places", 0, "ways", 0, "address", to="08OO1111"),
    "no number to call": change("emergency", "ways", to=[{"kind": "call", "show": "999"}]),
    "a web address that is a link": change(
        "places", 0, "ways", to=[{"kind": "web", "show": "a.example", "address": "123"}]
    ),
    "a day that is none": change(
        "places", 0, "open", to=[{"days": ["monday"], "from": "10:00", "to": "12:00"}]
    ),
    "a time that is none": change(
        "places", 0, "open", to=[{"days": ["mon"], "from": "25:00", "to": "26:00"}]
    ),
    "a zone that is none": change("zone", to="Europe/Atlantis"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_named_by_the_check_and_never_shown(what: str, tmp_path: Path) -> None:
    path = write(tmp_path, BROKEN[what])
    with override_settings(HELP_FILE=path):
        assert [problem.id for problem in check_help_file()] == ["people.E001"]
        assert current() == read(OURS)


@pytest.mark.promise("G3")
def test_without_a_file_ours_stands_in(tmp_path: Path) -> None:
    with override_settings(HELP_FILE=tmp_path / "gone.json"):
        assert current().emergency.ways[0].show == "999"


def test_the_service_can_edit_it(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        change("emergency", "ways", 0, to={"kind": "call", "show": "112", "address": "112"}),
    )
    with override_settings(HELP_FILE=path):
        assert check_help_file() == []
        assert current().emergency.ways[0].link == "tel:112"


def test_ours_is_sound_and_marked_as_to_be_checked() -> None:
    ours = read(OURS)
    assert Path(settings.HELP_FILE) == OURS
    assert ours.checked_on is None
    assert [place.name for place in ours.places][:1] == ["Childline"]


def test_the_schema_for_editors_says_the_same_as_the_code() -> None:
    stored = json.loads((OURS.parent / "help.schema.json").read_text())
    assert stored == json.loads(msgspec.json.encode(help_page.schema()))


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-20T09:59", False),
        ("2026-11-20T10:00", True),
        ("2026-11-20T21:59", True),
        ("2026-11-20T22:00", False),
        ("2026-11-21T12:00", False),
    ],
)
def test_hours_of_a_day(at: str, is_open: bool) -> None:
    hours = msgspec.convert({"days": ["fri"], "from": "10:00", "to": "22:00"}, Hours)
    assert hours.holds(datetime.fromisoformat(at)) is is_open


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-20T17:59", False),
        ("2026-11-20T23:59", True),
        ("2026-11-21T01:59", True),
        ("2026-11-21T02:00", False),
        ("2026-11-21T23:00", False),
    ],
)
def test_hours_past_midnight(at: str, is_open: bool) -> None:
    hours = msgspec.convert({"days": ["fri"], "from": "18:00", "to": "02:00"}, Hours)
    assert hours.holds(datetime.fromisoformat(at)) is is_open


def test_always_is_always() -> None:
    place = msgspec.convert(CONTENT["places"][0], Place)
    assert place.is_open(datetime(2026, 12, 25, 3, 0))
