"""How somebody is before an evening, and what they promise the group."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from courses import actions
from courses.models import CheckIn, Seat, Session
from tests.evening import make_evening


@pytest.fixture
def seat(db: None) -> Seat:
    make_evening(opened=False)
    return Seat.objects.select_related("cohort__programme").get(nickname="Robin")


@pytest.fixture
def session(seat: Seat) -> Session:
    return Session.objects.get(cohort=seat.cohort)


@pytest.mark.parametrize(("mood", "words"), [(0, ""), (6, ""), (-1, ""), (3, "x" * 301)])
def test_it_refuses_what_the_page_does_not_offer(
    seat: Seat, session: Session, mood: int, words: str
) -> None:
    with pytest.raises(ValueError, match="mood is 1 to 5"):
        actions.check_in(seat, session, mood=mood, words=words)
    assert CheckIn.objects.count() == 0


def test_the_database_refuses_a_mood_of_six(seat: Seat, session: Session) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(seat=seat, session=session, mood=6)


def test_a_second_time_replaces_the_mood_and_keeps_the_words(seat: Seat, session: Session) -> None:
    actions.check_in(seat, session, mood=2, words="long day")
    actions.check_in(seat, session, mood=4, words="")
    kept = CheckIn.objects.get()
    assert (kept.mood, kept.words) == (4, "long day")


def test_new_words_replace_the_old_ones(seat: Seat, session: Session) -> None:
    actions.check_in(seat, session, mood=2, words="long day")
    actions.check_in(seat, session, mood=2, words="longer than I said")
    assert CheckIn.objects.get().words == "longer than I said"


def test_agreeing_keeps_the_version(seat: Seat) -> None:
    seat.cohort.programme.version = 3
    actions.agree(seat, seat.cohort.programme)
    assert Seat.objects.get(pk=seat.pk).agreed_version == seat.agreed_version == 3
