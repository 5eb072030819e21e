"""``/rooms/<room>`` and ``/desk/<room>``: shells that say nothing of what is inside."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings

from chat.models import Room
from courses.models import Seat
from people.models import Account
from tests.evening import START, Evening
from tests.pages.conftest import Door


@pytest.fixture(autouse=True)
def everybody_agreed(evening: Evening) -> None:
    Seat.objects.all().update(agreed_version=1)


def data_of(page: bytes, shell: str) -> dict[str, str]:
    tag = re.search(f'<main id="{shell}"([^>]*)>', page.decode())
    assert tag is not None
    return dict(re.findall(r'data-([\w-]+)="([^"]*)"', tag[1]))


# ---------------------------------------------------------------- the room


@pytest.mark.promise("I2", "W2")
@pytest.mark.parametrize(
    ("who", "status", "leads_to"),
    [
        (None, 404, None),
        ("half", 404, None),
        ("Stranger", 404, None),
        ("Maya", 303, "/desk/{room}"),
        ("Noor", 303, "/desk/{room}"),
        ("Robin", 200, None),
    ],
)
def test_who_may_see_the_room(
    door: Door, evening: Evening, who: str | None, status: int, leads_to: str | None
) -> None:
    answer = door(who).get(f"/rooms/{evening.room.pk}")
    assert answer.status_code == status
    where = answer.headers.get("Location")
    assert where == (leads_to and leads_to.format(room=evening.room.pk))


def test_without_the_agreement_the_lobby_comes_first(door: Door, evening: Evening) -> None:
    Seat.objects.all().update(agreed_version=0)
    answer = door("Robin").get(f"/rooms/{evening.room.pk}")
    assert answer.headers["Location"] == f"/rooms/{evening.room.pk}/lobby"


def test_an_hour_before_the_lobby_comes_first(
    door: Door, evening: Evening, at_seven: time_machine.Traveller
) -> None:
    Room.objects.all().update(state="lobby")
    at_seven.move_to(START - timedelta(hours=1))
    answer = door("Robin").get(f"/rooms/{evening.room.pk}")
    assert answer.headers["Location"] == f"/rooms/{evening.room.pk}/lobby"


def test_the_script_finds_what_it_needs(door: Door, evening: Evening) -> None:
    room = evening.room.pk
    data = data_of(door("Robin").get(f"/rooms/{room}").content, "room")
    assert len(data.pop("csrf")) == 64
    assert data == {
        "room": room,
        "socket": f"/ws/rooms/{room}",
        "api": f"/api/rooms/{room}",
        "exit": "/leave",
        "exit-to": settings.EXIT_ADDRESS,
        "help": "/help",
        "lobby": f"/rooms/{room}/lobby",
    }


@pytest.mark.promise("H3")
def test_the_shell_holds_no_word_of_the_room(door: Door, evening: Evening) -> None:
    evening.send("Robin", "the zebra has left the zoo")
    assert b"zebra" not in door("Robin").get(f"/rooms/{evening.room.pk}").content


def test_without_script_it_says_so_kindly(door: Door, evening: Evening) -> None:
    page = door("Robin").get(f"/rooms/{evening.room.pk}").content.decode()
    told = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "scripts" in told
    assert f'href="/rooms/{evening.room.pk}/lobby"' in told


# ---------------------------------------------------------------- the desk


@pytest.mark.promise("I2", "W2")
@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 303),
        ("half", 303),
        ("Robin", 404),
        ("Stranger", 404),
        ("Visitor", 404),
        ("Noor", 404),
        ("Olu", 404),
        ("Maya", 200),
        ("Jo", 200),
        ("Ines", 200),
        ("Dev", 200),
    ],
)
def test_who_may_see_the_desk(door: Door, evening: Evening, who: str | None, status: int) -> None:
    assert door(who).get(f"/desk/{evening.room.pk}").status_code == status


@pytest.mark.promise("I9")
def test_a_password_alone_leads_to_the_one_time_code(door: Door, evening: Evening) -> None:
    where = door("half").get(f"/desk/{evening.room.pk}").headers["Location"]
    assert where == "/staff/account/2fa/totp/activate/"
    door("Maya")  # she has an app now, and types no code of it in this browser
    where = door("half").get(f"/desk/{evening.room.pk}").headers["Location"]
    assert where == "/staff/account/2fa/reauthenticate/"


@pytest.mark.promise("I2")
def test_missing_and_forbidden_are_the_same_answer(door: Door, evening: Evening) -> None:
    missing = door("Maya").get("/desk/nothing")
    forbidden = door("Visitor").get(f"/desk/{evening.room.pk}")
    assert missing.status_code == forbidden.status_code == 404
    assert missing.content == forbidden.content


def test_nobody_whose_checks_are_out_of_date_gets_in(door: Door, evening: Evening) -> None:
    Account.objects.filter(name="Maya").update(checks_until=date(2026, 11, 16))
    assert door("Maya").get(f"/desk/{evening.room.pk}").status_code == 404


def test_the_desk_says_who_sits_there(door: Door, evening: Evening) -> None:
    data = data_of(door("Jo").get(f"/desk/{evening.room.pk}").content, "desk")
    assert (data["me-name"], data["role"], data["lobby"]) == ("Jo", "volunteer", "/staff/")
