"""A made-up world: one programme, one cohort of eight in week three, the adults around it.

Everybody here is invented. Making it twice changes nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from chat.models import Member, Room
from courses.models import CheckIn, Cohort, Place, Programme, Seat, Session, Shift, Week
from people.models import Account, Role, YoungPerson

COHORT = "Heron"
TONIGHT = 3
STALE = timedelta(hours=2)
CHECKS_HOLD = timedelta(days=200)
BEGAN_AGO = timedelta(minutes=4)

WEEKS: tuple[tuple[str, str], ...] = (
    (
        "Who am I and what brings me here",
        "To arrive, and to be met as more than one thing.",
    ),
    (
        "What I can choose",
        "To find the small choices that are mine, also on a hard day.",
    ),
    (
        "What I feel and where",
        "To notice a feeling early, in the body, and to give it a name.",
    ),
    (
        "The habit and its pull",
        "To look at a pull without obeying it, and to see it pass.",
    ),
    ("Other people", "To ask, to say no, to be helped, and to mend after a row."),
    ("Other ways through", "To gather what helps, and to try some of it on."),
    ("What next", "To keep what is ours, and to know where to go from here."),
)

AGREEMENT = (
    "What is said here stays here. If somebody may not be safe, the counsellors act on it.",
    "We use nicknames only, and keep out what could tell others who or where we are.",
    "We talk about feelings and what helps. We leave out ways of getting hurt.",
    "Everybody may pass. Listening counts as being here.",
    "We are kind, also when we disagree.",
    "No moving to other apps, and no private chats with each other.",
)

SEATS: tuple[tuple[str, str, str, int], ...] = (
    ("juniper", "leaf", "moss", 3),
    ("lowtide", "wave", "sea", 2),
    ("Paper Kite", "feather", "plum", 3),
    ("otter", "stone", "clay", 4),
    ("cwtch", "cloud", "sky", 3),
    ("halfmoon", "moon", "slate", 1),
    ("Sosna", "acorn", "sand", 2),
    ("tin drum", "shell", "rose", 3),
)

STAFF: tuple[tuple[str, str, Role], ...] = (
    ("maya", "Maya", Role.COUNSELLOR),
    ("jo", "Jo", Role.VOLUNTEER),
    ("noor", "Noor", Role.COORDINATOR),
    ("ines", "Ines", Role.LEAD),
    ("tomasz", "Tomasz", Role.DEPUTY),
    ("femi", "Femi", Role.OPERATOR),
)
FACILITATORS = ("maya", "jo")
ON_CALL = "ines"


@dataclass(frozen=True)
class World:
    """The cast, and tonight's room."""

    room: Room
    seats: tuple[Seat, ...]
    staff: tuple[Account, ...]


@transaction.atomic
def make_world(now: datetime) -> World:
    """The made-up world, as it is or made new. A stale evening gives way to a fresh one."""
    staff = tuple(_account(*who, today=now.date()) for who in STAFF)
    programme = _programme()
    cohort, _made = Cohort.objects.get_or_create(programme=programme, name=COHORT)
    seats = tuple(_seat(cohort, number, *who[:3]) for number, who in enumerate(SEATS, start=1))
    room = _tonight(cohort, now)
    for seat, who in zip(seats, SEATS, strict=True):
        CheckIn.objects.get_or_create(
            seat=seat, session=room.session, defaults={"mood": who[3], "words": ""}
        )
        Member.objects.get_or_create(room=room, seat=seat)
    _calendar(cohort, room.session, staff)
    return World(room, seats, staff)


def _account(username: str, name: str, role: Role, *, today: date) -> Account:
    """Nobody can sign in to these with a password: they have none."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        account = Account.objects.create_user(username, name=name, role=role)
    account.checks_until = today + CHECKS_HOLD
    account.save(update_fields=["checks_until"])
    return account


def _programme() -> Programme:
    programme, made = Programme.objects.get_or_create(
        title="Seven evenings", defaults={"agreement": "\n".join(AGREEMENT)}
    )
    if made:
        for number, (title, aim) in enumerate(WEEKS, start=1):
            Week.objects.create(programme=programme, number=number, title=title, aim=aim)
    return programme


def _seat(cohort: Cohort, number: int, nickname: str, token: str, colour: str) -> Seat:
    """Their key phrase is drawn, hashed by nobody and forgotten: the demo is entered by links."""
    place, _made = Place.objects.get_or_create(cohort=cohort, number=number)
    seat = Seat.objects.filter(place=place, ended_at=None).select_related("person").first()
    if seat is not None:
        return seat
    person = YoungPerson.objects.create(locator=f"demo {secrets.token_hex(12)}", proof="!")
    return Seat.objects.create(
        place=place,
        cohort=cohort,
        person=person,
        nickname=nickname,
        token=token,
        colour=colour,
        agreed_version=cohort.programme.version,
    )


def _tonight(cohort: Cohort, now: datetime) -> Room:
    """The room of week three, open since a few minutes ago."""
    session = Session.objects.filter(cohort=cohort, number=TONIGHT).first()
    room = Room.objects.filter(session=session).first() if session else None
    if session is not None and room is not None:
        if room.state != Room.State.CLOSED and now - session.starts < STALE:
            return room
        _shelve(session, room, now)
    local = (now - BEGAN_AGO).astimezone(ZoneInfo(settings.SERVICE_ZONE))
    session = Session.objects.create(
        cohort=cohort,
        number=TONIGHT,
        date=local.date(),
        time=local.time().replace(second=0, microsecond=0),
        zone=settings.SERVICE_ZONE,
    )
    return Room.objects.create(
        session=session,
        state=Room.State.OPEN,
        why="",
        state_at=now,
        adults_needed=settings.ADULTS_NEEDED,
    )


def _shelve(session: Session, room: Room, now: datetime) -> None:
    """Keep an evening that is over, under a cohort of its own, so that tonight can be new."""
    if room.state != Room.State.CLOSED:
        room.state, room.why, room.state_at = Room.State.CLOSED, "time", now
        room.epoch = secrets.token_urlsafe(9)  # clients of that room must take a new snapshot
        room.save(update_fields=["state", "why", "state_at", "epoch"])
    session.cohort = Cohort.objects.create(
        programme=session.cohort.programme, name=f"{COHORT}, {session.date.isoformat()}"
    )
    session.save(update_fields=["cohort"])


def _calendar(cohort: Cohort, tonight: Session, staff: tuple[Account, ...]) -> None:
    """Seven evenings a week apart around tonight; those before it are over."""
    for number in range(1, len(WEEKS) + 1):
        on = tonight.date + timedelta(weeks=number - TONIGHT)
        session = tonight if number == TONIGHT else _evening(cohort, number, on, tonight.time)
        for account in staff:
            if account.username in FACILITATORS:
                post = Shift.Post.LEADS if account.role == Role.COUNSELLOR else Shift.Post.SUPPORTS
            elif account.username == ON_CALL:
                post = Shift.Post.ON_CALL
            else:
                continue
            Shift.objects.get_or_create(session=session, account=account, defaults={"post": post})


def _evening(cohort: Cohort, number: int, on: date, at: time) -> Session:
    session, _made = Session.objects.update_or_create(
        cohort=cohort,
        number=number,
        defaults={"date": on, "time": at, "zone": settings.SERVICE_ZONE},
    )
    if number < TONIGHT:
        ended = session.starts + timedelta(minutes=session.minutes)
        Room.objects.get_or_create(
            session=session,
            defaults={"state": Room.State.CLOSED, "why": "time", "state_at": ended},
        )
    return session
