"""``/rooms/<room>/lobby``: for the young people of this room alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from chat.models import Room
from courses.models import CheckIn, Programme, Seat
from tests.evening import START, Evening
from tests.pages.conftest import Door


def path(evening: Evening) -> str:
    return f"/rooms/{evening.room.pk}/lobby"


@pytest.mark.promise("I2")
@pytest.mark.parametrize(
    ("who", "status"),
    [
        (None, 404),
        ("half", 404),
        ("Stranger", 404),
        ("Maya", 404),
        ("Jo", 404),
        ("Noor", 404),
        ("Ines", 404),
        ("Olu", 404),
        ("Robin", 200),
        ("Sky", 200),
    ],
)
def test_who_may_see_it(door: Door, evening: Evening, who: str | None, status: int) -> None:
    answer = door(who).get(path(evening))
    assert answer.status_code == status


@pytest.mark.promise("G4")
def test_who_is_signed_out_learns_nothing_from_it(door: Door, evening: Evening) -> None:
    known, unknown = door(None).get(path(evening)), door(None).get("/rooms/nothing/lobby")
    assert known.content == unknown.content
    words = known.content.decode().casefold()
    assert [word for word in ("evening", "counsellor", "week", "agree") if word in words] == []


@pytest.mark.promise("I2")
@pytest.mark.parametrize("room", ["nothing", "x" * 33, "a b", "../staff", "%00"])
def test_missing_and_forbidden_are_the_same_answer(door: Door, evening: Evening, room: str) -> None:
    missing = door("Robin").get(f"/rooms/{room}/lobby")
    forbidden = door("Stranger").get(path(evening))
    assert missing.status_code == forbidden.status_code == 404
    assert missing.content == forbidden.content


def test_a_seat_that_ended_sees_nothing(door: Door, evening: Evening) -> None:
    Seat.objects.filter(nickname="Robin").update(ended_at=START)
    assert door("Robin").get(path(evening)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_shows(door: Door, evening: Evening, method: str) -> None:
    assert getattr(door("Robin"), method)(path(evening)).status_code == 405


def test_it_shows_the_agreement_and_who_facilitates_tonight(door: Door, evening: Evening) -> None:
    page = door("Robin").get(path(evening)).content.decode()
    for line in ("We are kind.", "We listen.", "Evening 3 of 7", "Maya", "counsellor", "Jo"):
        assert page.count(line) >= 1
    assert "Ines" not in page
    assert "Noor" not in page


@pytest.mark.promise("H6")
def test_of_the_others_it_shows_nothing(door: Door, evening: Evening) -> None:
    """Somebody's check-in is on the table, and no other lobby says a word of it."""
    seat = Seat.objects.get(nickname="Sky")
    CheckIn.objects.create(seat=seat, session=evening.room.session, mood=1, words="zebra crossing")
    own = door("Sky").get(path(evening)).content.decode()
    other = door("Robin").get(path(evening)).content.decode()
    assert "The counsellors have the words you wrote before." in own
    assert "zebra" not in own + other
    for name in ("Sky", "Ash", "Wren", "have the words"):
        assert name not in other


@pytest.mark.parametrize(
    ("state", "minutes", "says", "way_in"),
    [
        ("lobby", -60, "You can come in half an hour before it starts.", False),
        ("lobby", -10, "The room opens when the counsellors open it.", True),
        ("lobby", 10, "The room opens when the counsellors open it.", True),
        ("open", 10, "The room is open", True),
        ("paused", 10, "The room is paused for a moment", True),
        ("closed", 90, "This evening is over", False),
    ],
)
def test_there_is_one_clear_next_step(
    door: Door,
    evening: Evening,
    at_seven: time_machine.Traveller,
    state: str,
    minutes: int,
    says: str,
    way_in: bool,
) -> None:
    Room.objects.all().update(state=state, state_at=START)
    at_seven.move_to(START + timedelta(minutes=minutes))
    page = door("Robin").get(path(evening)).content.decode()
    assert says in page
    assert page.count("Go in") == way_in
    assert page.count("button-main") == (state != "lobby" or minutes > -30)


def test_a_closed_room_says_until_when_it_can_be_read(door: Door, evening: Evening) -> None:
    Room.objects.all().update(state="closed", state_at=START + timedelta(hours=1))
    page = door("Robin").get(path(evening)).content.decode()
    assert "You can read it again until Wednesday, 20:00." in page


def test_after_that_it_is_gone(
    door: Door, evening: Evening, at_seven: time_machine.Traveller
) -> None:
    Room.objects.all().update(state="closed", state_at=START)
    at_seven.move_to(START + timedelta(hours=25))
    assert door("Robin").get(path(evening)).status_code == 404


def test_who_has_agreed_is_not_asked_again(door: Door, evening: Evening) -> None:
    client = door("Robin")
    assert b'name="agree"' in client.get(path(evening)).content
    Seat.objects.filter(nickname="Robin").update(agreed_version=1)
    assert b'name="agree"' not in client.get(path(evening)).content
    Programme.objects.update(version=2)
    assert b'name="agree"' in client.get(path(evening)).content


def test_the_countdown_has_a_time_that_every_zone_can_read(door: Door, evening: Evening) -> None:
    Room.objects.all().update(state="lobby")
    page = door("Robin").get(path(evening)).content.decode()
    assert '<time datetime="2026-11-17T19:00:00+00:00" data-countdown' in page


@pytest.mark.parametrize("others", [0, 7])
def test_it_asks_a_fixed_number_of_times(
    door: Door,
    evening: Evening,
    django_assert_num_queries: DjangoAssertNumQueries,
    others: int,
) -> None:
    client = door("Robin")
    for seat in Seat.objects.exclude(nickname="Robin")[:others]:
        CheckIn.objects.create(seat=seat, session=evening.room.session, mood=3)
    with django_assert_num_queries(7):
        client.get(path(evening))
