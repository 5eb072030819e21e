"""What the landing page may say about the evenings: only what is really so, from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Max

from courses.models import MOST_SEATS, Session


@dataclass(frozen=True)
class Evenings:
    """Facts for somebody who does not know us yet."""

    age_from: int
    age_to: int
    seats: int
    weeks: int
    minutes: int
    evenings: list[tuple[date, time]]
    next_start: datetime | None
    reread_hours: int


def evenings(now: datetime) -> Evenings:
    """The facts of now. ``evenings`` has one day and time for each weekday and hour in use."""
    soon = Session.objects.filter(
        date__gte=now.date() - timedelta(days=1), date__lte=now.date() + timedelta(days=60)
    ).order_by("date", "time")
    ahead = [it for it in soon.select_related("cohort") if it.starts > now]
    slots = {(it.date.weekday(), it.time): (it.date, it.time) for it in reversed(ahead)}
    first = next((it.starts for it in ahead if it.number == 1), None)
    longest = Session.objects.aggregate(weeks=Max("number"))["weeks"]
    return Evenings(
        age_from=settings.AGE_FROM,
        age_to=settings.AGE_TO,
        seats=MOST_SEATS,
        weeks=longest or 7,
        minutes=ahead[0].minutes if ahead else Session._meta.get_field("minutes").default,
        evenings=[slots[key] for key in sorted(slots)],
        next_start=first,
        reread_hours=settings.REREAD_HOURS,
    )
