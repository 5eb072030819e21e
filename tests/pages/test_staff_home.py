"""``/staff/``: the evenings of one member of staff, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from chat.models import Alert, Member, Message, Room
from courses.models import CheckIn, Seat, Session, Shift
from people.models import Account
from tests.evening import ALERT, HOLD, START, Evening
from tests.pages.conftest import Door


@pytest.mark.promise("I9")
@pytest.mark.parametrize(
    ("who", "status", "leads_to"),
    [
        (None, 303, "/staff/account/login/"),
        ("half", 303, "/staff/account/2fa/totp/activate/"),
        ("Robin", 404, None),
        ("Stranger", 404, None),
        ("Visitor", 200, None),
        ("Noor", 200, None),
        ("Olu", 200, None),
        ("Maya", 200, None),
        ("Ines", 200, None),
    ],
)
def test_who_may_see_it(door: Door, who: str | None, status: int, leads_to: str | None) -> None:
    answer = door(who).get("/staff/")
    assert (answer.status_code, answer.headers.get("Location")) == (status, leads_to)


@pytest.mark.parametrize(
    ("who", "rooms"),
    [("Maya", 1), ("Jo", 1), ("Ines", 1), ("Dev", 1), ("Visitor", 0), ("Noor", 0), ("Olu", 0)],
)
def test_each_finds_the_rooms_that_open_to_them(
    door: Door, evening: Evening, who: str, rooms: int
) -> None:
    page = door(who).get("/staff/").content.decode()
    assert page.count(f'href="/desk/{evening.room.pk}"') == rooms
    assert page.count("No room is open to you now.") == (rooms == 0)


def test_it_counts_what_waits_and_shows_no_word_of_it(door: Door, evening: Evening) -> None:
    evening.send("Robin", HOLD)
    evening.send("Sky", ALERT)
    held = Message.objects.filter(state="held").count()
    assert (held, Alert.objects.count()) == (2, 1)
    page = door("Maya").get("/staff/").content.decode()
    assert '<span class="badge badge-alert">1</span>' in page
    assert '<span class="badge badge-care">2</span>' in page
    assert "insta" not in page
    assert "goodbye" not in page


def test_check_ins_are_seen_by_the_staff_of_the_session(door: Door, evening: Evening) -> None:
    seat = Seat.objects.get(nickname="Sky")
    CheckIn.objects.create(seat=seat, session=evening.room.session, mood=1, words="long week")
    assert "long week" in door("Maya").get("/staff/").content.decode()
    for who in ("Visitor", "Noor", "Olu"):
        assert "long week" not in door(who).get("/staff/").content.decode()


@pytest.mark.parametrize("until", [None, date(2026, 11, 16)])
def test_checks_out_of_date_are_said(door: Door, until: date | None) -> None:
    Account.objects.filter(name="Maya").update(checks_until=until)
    page = door("Maya").get("/staff/").content.decode()
    assert "no room opens to you" in page
    assert "/desk/" not in page


def test_unchecked_numbers_are_said(door: Door) -> None:
    assert "tried every number" in door("Maya").get("/staff/").content.decode()


def test_tonight_comes_first(door: Door, evening: Evening) -> None:
    before = _another(evening, number=2, days=-1)
    page = door("Maya").get("/staff/").content.decode()
    assert page.index(f"/desk/{evening.room.pk}") < page.index(f"/desk/{before.pk}")


@pytest.mark.parametrize("more", [0, 6])
def test_it_asks_a_fixed_number_of_times(
    door: Door, evening: Evening, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    for n in range(more):
        _another(evening, number=10 + n, days=7 * n)
    client = door("Ines")
    with django_assert_num_queries(9):
        client.get("/staff/")


def _another(evening: Evening, *, number: int, days: int) -> Room:
    session = Session.objects.create(
        cohort=evening.room.session.cohort,
        number=number,
        date=START.date() + timedelta(days=days),
        time=START.time(),
        zone="Europe/London",
    )
    Shift.objects.create(session=session, account=Account.objects.get(name="Maya"), post="leads")
    room = Room.objects.create(session=session)
    Member.objects.create(room=room, account=Account.objects.get(name="Maya"))
    return room
