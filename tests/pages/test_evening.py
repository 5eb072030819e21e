"""``/evening``: where somebody's evening is."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import time_machine

from chat.models import Room
from courses.models import Seat, Session
from tests.evening import START, Evening
from tests.pages.conftest import Door


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [
        (None, "/come-back"),
        ("Robin", "/rooms/{room}/lobby"),
        ("Maya", "/staff/"),
        ("Noor", "/staff/"),
        ("Olu", "/staff/"),
    ],
)
def test_it_leads_each_of_them_on(
    door: Door, evening: Evening, who: str | None, leads_to: str
) -> None:
    answer = door(who).get("/evening")
    assert answer.status_code == 303
    assert answer.headers["Location"] == leads_to.format(room=evening.room.pk)


def test_a_password_alone_leads_nowhere(door: Door) -> None:
    assert door("half").get("/evening").status_code == 404


def test_without_a_seat_there_is_a_calm_page(door: Door) -> None:
    answer = door("Stranger").get("/evening")
    assert answer.status_code == 200
    assert "no evening for you in the calendar just now" in answer.content.decode()


def test_the_next_evening_is_named_before_its_room_is_there(door: Door, evening: Evening) -> None:
    cohort = evening.room.session.cohort
    Session.objects.create(
        cohort=cohort, number=4, date=date(2026, 11, 24), time=time(19), zone="Europe/London"
    )
    Room.objects.all().update(state="closed", state_at=START - timedelta(days=3))
    page = door("Robin").get("/evening").content.decode()
    assert "Tuesday 24 November, 19:00" in page


def test_tonight_comes_before_an_evening_that_is_over(door: Door, evening: Evening) -> None:
    before = _another(evening, number=2, days=-1, state="closed")
    Room.objects.filter(pk=before.pk).update(state_at=START - timedelta(hours=20))
    location = door("Robin").get("/evening").headers["Location"]
    assert location == f"/rooms/{evening.room.pk}/lobby"


def test_an_evening_that_nobody_opened_is_not_waited_for(
    door: Door, evening: Evening, at_seven: time_machine.Traveller
) -> None:
    Room.objects.all().update(state="lobby")
    coming = _another(evening, number=4, days=7, state="lobby")
    at_seven.move_to(START + timedelta(hours=3))
    location = door("Robin").get("/evening").headers["Location"]
    assert location == f"/rooms/{coming.pk}/lobby"


def test_one_that_is_just_over_can_be_read_again(door: Door, evening: Evening) -> None:
    Room.objects.all().update(state="closed", state_at=START)
    location = door("Robin").get("/evening").headers["Location"]
    assert location == f"/rooms/{evening.room.pk}/lobby"


def test_somebody_whose_seat_ended_has_no_evening(door: Door) -> None:
    Seat.objects.filter(nickname="Robin").update(ended_at=START)
    assert door("Robin").get("/evening").status_code == 200


def _another(evening: Evening, *, number: int, days: int, state: str) -> Room:
    session = Session.objects.create(
        cohort=evening.room.session.cohort,
        number=number,
        date=START.date() + timedelta(days=days),
        time=time(19),
        zone="Europe/London",
    )
    return Room.objects.create(session=session, state=state)
