"""The course: programmes and their weeks, cohorts and seats, sessions, shifts, check-ins."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Account, YoungPerson

MOST_SEATS = 8


class Programme(models.Model):
    """The course as written. ``agreement`` holds one line per rule of the group."""

    title = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    agreement = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class Week(models.Model):
    """One week of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="weeks")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    aim = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_week_per_number")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Cohort(models.Model):
    """One group that takes a programme together."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A chair in a cohort. There are never more than eight, and the database says so."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="places")
    number = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="one_place_per_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_SEATS),
                name="eight_places_at_most",
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.cohort_id}/{self.number}"


class Seat(models.Model):
    """One young person's place in a cohort, with the only name that peers see.

    A place carries at most one seat that has not ended: the database refuses a ninth (P1).
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="seats")
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="seats")
    person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="seats")
    nickname = models.CharField(max_length=24)
    token = models.CharField(max_length=20)
    colour = models.CharField(max_length=20)
    agreed_version = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(ended_at=None), name="one_seat_per_place"
            ),
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=Q(ended_at=None),
                name="one_seat_per_person",
            ),
            models.UniqueConstraint(fields=["cohort", "nickname"], name="one_nickname_per_cohort"),
        ]

    def __str__(self) -> str:
        return self.nickname


class Session(models.Model):
    """One evening of one cohort, in wall-clock time: a local date, a local time and a zone."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    date = models.DateField()
    time = models.TimeField()
    zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField(default=75)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="one_session_per_number")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.cohort_id}/{self.number}"

    @property
    def starts(self) -> datetime:
        """The instant at which the evening begins."""
        return datetime.combine(self.date, self.time, ZoneInfo(self.zone))


class Shift(models.Model):
    """One member of staff on one session."""

    class Post(models.TextChoices):
        """What they are there for."""

        LEADS = "leads", _("leads")
        SUPPORTS = "supports", _("supports")
        ON_CALL = "on_call", _("on call")

    session = models.ForeignKey(Session, models.CASCADE, related_name="shifts")
    account = models.ForeignKey(Account, models.CASCADE, related_name="shifts")
    post = models.CharField(max_length=12, choices=Post.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "account"], name="one_shift_per_account")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.post}"


class CheckIn(models.Model):
    """How somebody is before a session: 1 (very low) to 5 (good), seen by the counsellors only."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="check_ins")
    session = models.ForeignKey(Session, models.CASCADE, related_name="check_ins")
    mood = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "session"], name="one_check_in_per_session"),
            models.CheckConstraint(condition=Q(mood__gte=1, mood__lte=5), name="mood_from_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.mood}"
