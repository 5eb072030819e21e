"""A cohort never has more than eight seats: the database itself says so (P1)."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from courses.models import MOST_SEATS, Cohort, Place, Programme, Seat
from people.models import YoungPerson


@pytest.fixture
def cohort(db: None) -> Cohort:
    programme = Programme.objects.create(title="Seven evenings")
    return make_cohort(programme)


def make_cohort(programme: Programme) -> Cohort:
    cohort = Cohort.objects.create(programme=programme, name="Heron")
    for number in range(1, MOST_SEATS + 1):
        Place.objects.create(cohort=cohort, number=number)
    return cohort


def person(n: int) -> YoungPerson:
    return YoungPerson.objects.create(locator=f"word {n}", proof="-")


def sit(cohort: Cohort, place: Place, n: int) -> Seat:
    return Seat.objects.create(
        cohort=cohort, place=place, person=person(n), nickname=f"name {n}", token="leaf"
    )


def fill(cohort: Cohort) -> None:
    for n, place in enumerate(cohort.places.all()):
        sit(cohort, place, n)


@pytest.mark.promise("P1")
def test_the_database_refuses_a_ninth_seat_in_every_place(cohort: Cohort) -> None:
    fill(cohort)
    for place in cohort.places.all():
        with pytest.raises(IntegrityError), transaction.atomic():
            sit(cohort, place, 100 + place.number)
    assert cohort.seats.filter(ended_at=None).count() == MOST_SEATS


@pytest.mark.promise("P1")
@pytest.mark.parametrize("number", [0, 9, 100])
def test_there_is_no_ninth_place(cohort: Cohort, number: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(cohort=cohort, number=number)
    assert cohort.places.count() == MOST_SEATS


@pytest.mark.promise("P1")
def test_a_place_of_another_cohort_lends_no_chair(cohort: Cohort) -> None:
    """Nine people in one cohort, one of them on a chair of another: refused."""
    fill(cohort)
    other = make_cohort(cohort.programme)
    with pytest.raises(DatabaseError), transaction.atomic():
        sit(cohort, other.places.all()[0], 9)
    assert cohort.seats.filter(ended_at=None).count() == MOST_SEATS


@pytest.mark.promise("P1")
def test_a_seat_cannot_move_over_to_a_full_cohort(cohort: Cohort) -> None:
    fill(cohort)
    other = make_cohort(cohort.programme)
    guest = sit(other, other.places.all()[0], 9)
    with pytest.raises(DatabaseError), transaction.atomic():
        Seat.objects.filter(pk=guest.pk).update(cohort=cohort)
    assert cohort.seats.filter(ended_at=None).count() == MOST_SEATS


def test_a_freed_seat_can_be_taken_again(cohort: Cohort) -> None:
    fill(cohort)
    freed = cohort.seats.all()[3]
    Seat.objects.filter(pk=freed.pk).update(ended_at=datetime.now(UTC))
    sit(cohort, freed.place, 9)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=freed.pk).update(ended_at=None)
    assert cohort.seats.filter(ended_at=None).count() == MOST_SEATS


def test_one_person_has_one_seat_in_a_cohort(cohort: Cohort) -> None:
    first, second = cohort.places.all()[:2]
    seat = sit(cohort, first, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(cohort=cohort, place=second, person=seat.person, nickname="other")


@pytest.mark.promise("P1")
@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_for_the_last_seats_take_exactly_those() -> None:
    """Each tries every chair, as hard as it can; eight sit, eight stand, nobody twice."""
    cohort = make_cohort(Programme.objects.create(title="Seven evenings"))
    people = [person(n) for n in range(16)]
    places = list(cohort.places.all())
    start = threading.Barrier(len(people))
    seated: list[int] = []

    def try_all(n: int) -> None:
        try:
            start.wait()
            for place in places[n % 8 :] + places[: n % 8]:
                if _take(cohort, place, people[n], n):
                    seated.append(n)
                    return
        finally:
            connection.close()

    threads = [threading.Thread(target=try_all, args=(n,)) for n in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seated) == MOST_SEATS
    taken = Seat.objects.filter(cohort=cohort, ended_at=None)
    assert taken.count() == taken.values("place").distinct().count() == MOST_SEATS


def _take(cohort: Cohort, place: Place, who: YoungPerson, n: int) -> bool:
    try:
        Seat.objects.create(
            cohort=cohort, place=place, person=who, nickname=f"name {n}", token="leaf"
        )
    except IntegrityError:
        return False
    return True


@pytest.mark.promise("P1")
def test_a_chair_cannot_be_carried_to_another_cohort(cohort: Cohort) -> None:
    other = Cohort.objects.create(programme=cohort.programme, name="Wren")
    sit(cohort, cohort.places.all()[0], 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Place.objects.filter(cohort=cohort).update(cohort=other)
