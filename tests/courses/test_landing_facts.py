"""The first page says only what is so."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from courses.landing import evenings
from courses.models import Cohort, Programme, Session

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def plan(first: date, at: time, *, weeks: int = 7, zone: str = "Europe/London") -> Cohort:
    programme = Programme.objects.create(title="Evenings")
    cohort = Cohort.objects.create(programme=programme, name="Heron")
    for number in range(1, weeks + 1):
        on = first + timedelta(weeks=number - 1)
        Session.objects.create(cohort=cohort, number=number, date=on, time=at, zone=zone)
    return cohort


def test_with_nothing_planned_it_promises_nothing() -> None:
    facts = evenings(NOW)
    assert facts.evenings == []
    assert facts.next_start is None
    assert (facts.age_from, facts.age_to) == (settings.AGE_FROM, settings.AGE_TO)
    assert facts.seats == 8


def test_a_group_that_has_begun_is_no_next_start() -> None:
    plan(date(2026, 11, 10), time(19))
    facts = evenings(NOW)
    assert facts.next_start is None
    assert facts.evenings == [(date(2026, 11, 24), time(19))]


def test_the_next_start_is_the_first_first_evening_ahead() -> None:
    plan(date(2026, 12, 8), time(19))
    plan(date(2026, 12, 3), time(18, 30))
    start = evenings(NOW).next_start
    assert start is not None
    assert start.astimezone(UTC) == datetime(2026, 12, 3, 18, 30, tzinfo=UTC)


def test_each_weekday_and_hour_stands_once_in_the_order_of_the_week() -> None:
    plan(date(2026, 11, 26), time(18))
    plan(date(2026, 11, 24), time(19))
    plan(date(2026, 11, 17), time(19))
    assert evenings(NOW).evenings == [
        (date(2026, 11, 24), time(19)),
        (date(2026, 11, 26), time(18)),
    ]


@pytest.mark.parametrize("cohorts", [1, 12])
def test_it_asks_the_database_a_fixed_number_of_times(
    cohorts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(cohorts):
        plan(date(2026, 11, 24) + timedelta(days=n), time(19))
    with django_assert_num_queries(2):
        evenings(NOW)
