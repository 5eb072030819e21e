"""Who may come into which room: the load is the permission, nothing is fetched by bare id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from chat.models import Member, Room
from courses.models import Seat, Shift
from people.models import Account, Role, YoungPerson

Person = YoungPerson | Account

FACILITATORS = (Role.VOLUNTEER, Role.COUNSELLOR)
LEADS = (Role.LEAD, Role.DEPUTY)


class NotHere(Exception):
    """There is no such room for this person: missing and forbidden are the same answer (I2)."""


@dataclass(frozen=True)
class Access:
    """One person's way into one room. Exactly one of ``seat`` and ``account`` is set."""

    room: Room
    part: Literal["young", "staff"]
    seat: Seat | None = None
    account: Account | None = None

    @property
    def person(self) -> Person:
        """Whose way in this is."""
        if self.account is not None:
            return self.account
        assert self.seat is not None
        return self.seat.person

    @property
    def role(self) -> str:
        """``young`` or the role of the account: what policies are written in."""
        return self.account.role if self.account else "young"

    @property
    def name(self) -> str:
        """The name that the room shows."""
        return self.seat.nickname if self.seat else str(self.account)


def room_for(person: Person | None, room_id: str, now: datetime) -> Access:
    """The room and this person's place in it. Raises `NotHere`."""
    if isinstance(person, Account):
        # A socket knows its person from when it opened; what counts is what is true now (H4).
        person = Account.objects.filter(pk=person.pk).first()
    if person is None or len(room_id) > 32:
        raise NotHere
    room = rooms_of(person, now).filter(pk=room_id).first()
    if room is None:
        raise NotHere
    if isinstance(person, YoungPerson):
        seats = room.session.cohort.seats.select_related("person")
        seat = seats.filter(person=person, ended_at=None).first()
        if seat is None:
            raise NotHere
        return Access(room, "young", seat=seat)
    return Access(room, "staff", account=person)


def rooms_of(person: Person, now: datetime) -> QuerySet[Room]:
    """The rooms that this person may enter now, the next evening first.

    Young people read a closed room for a while after it; facilitators have the sessions of their
    shifts; lead and deputy may join any room that is not closed, as an adult on call. Nobody with
    checks out of date, no coordinator and no operator has any.
    """
    rooms = Room.objects.select_related("session__cohort__programme").order_by(
        "session__date", "session__time"
    )
    reread = now - timedelta(hours=settings.REREAD_HOURS)
    readable = ~Q(state=Room.State.CLOSED) | Q(state_at__gte=reread)
    if isinstance(person, YoungPerson):
        seats = Seat.objects.filter(person=person, ended_at=None)
        return rooms.filter(readable, session__cohort__in=seats.values("cohort"))
    if not person.is_active or not person.checks_in_date(now.date()):
        return rooms.none()
    on_shift = Q(session__shifts__account=person)
    if person.role in FACILITATORS:
        return rooms.filter(readable, on_shift).distinct()
    if person.role in LEADS:
        return rooms.filter(readable).distinct()
    return rooms.none()


def strangers_in(room: Room, now: datetime) -> QuerySet[Member]:
    """Who is inside this room although `rooms_of` would not let them in any more."""
    inside = Member.objects.filter(room=room, inside=True)
    reread = now - timedelta(hours=settings.REREAD_HOURS)
    if room.state == Room.State.CLOSED and (room.state_at is None or room.state_at < reread):
        return inside
    shift = Shift.objects.filter(session=room.session_id, account=OuterRef("account"))
    lapsed = (
        Q(account__is_active=False)
        | Q(account__checks_until=None)
        | Q(account__checks_until__lt=now.date())
        | ~Q(account__role__in=(*FACILITATORS, *LEADS))
        | (Q(account__role__in=FACILITATORS) & ~Exists(shift))
    )
    return inside.filter(Q(seat__ended_at__isnull=False) | (Q(account__isnull=False) & lapsed))
