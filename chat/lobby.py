"""What stands in the lobby of one room, for one young person. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chat.access import Access, NotHere, rooms_of
from chat.models import Room
from courses.models import CheckIn, Seat, Session, Shift, Week
from people.models import YoungPerson

DOOR_OPENS: Final = timedelta(minutes=30)

MOODS: Final = (
    (1, _("Really low")),
    (2, _("Low")),
    (3, _("So-so")),
    (4, _("Okay")),
    (5, _("Good")),
)

Phase = Literal["ahead", "near", "open", "paused", "over"]


@dataclass(frozen=True)
class Lobby:
    """One page full. ``phase`` is what the evening is like from outside."""

    room: Room
    seat: Seat
    session: Session
    phase: Phase
    week: Week | None
    weeks: int
    agreement: list[str]
    agreed: bool
    here_tonight: list[Shift]
    check_in: CheckIn | None
    read_until: datetime | None

    @property
    def may_go_in(self) -> bool:
        """Whether there is a room to go into now."""
        return self.phase in ("near", "open", "paused")


def lobby_of(access: Access, now: datetime) -> Lobby:
    """The lobby of this room, for a young person. Raises `NotHere` for anybody else."""
    if access.seat is None:
        raise NotHere
    room, session = access.room, access.room.session
    programme = session.cohort.programme
    weeks = list(programme.weeks.all())
    lines = (line.strip() for line in programme.agreement.splitlines())
    return Lobby(
        room=room,
        seat=access.seat,
        session=session,
        phase=_phase(room, now),
        week=next((week for week in weeks if week.number == session.number), None),
        weeks=len(weeks),
        agreement=[line for line in lines if line],
        agreed=access.seat.agreed_version >= programme.version,
        here_tonight=list(
            session.shifts.exclude(post=Shift.Post.ON_CALL)
            .select_related("account")
            .order_by("post", "account__name")
        ),
        check_in=CheckIn.objects.filter(seat=access.seat, session=session).first(),
        read_until=_read_until(room),
    )


def next_room(person: YoungPerson, now: datetime) -> Room | None:
    """The room that somebody means by "my evening": tonight's, the next, or the one just over."""
    rooms = list(rooms_of(person, now))
    ahead = [room for room in rooms if room.state != Room.State.CLOSED]
    live = [room for room in ahead if room.state in (Room.State.OPEN, Room.State.PAUSED)]
    fresh = [room for room in ahead if _ends(room) > now]
    over = [room for room in reversed(rooms) if room.state == Room.State.CLOSED]
    return next(iter([*live, *fresh[:1], *over]), None)


def next_session(person: YoungPerson, now: datetime) -> Session | None:
    """The next evening in this person's calendar that has no room yet."""
    ahead = Session.objects.filter(
        cohort__seats__person=person,
        cohort__seats__ended_at=None,
        date__gte=now.date() - timedelta(days=1),
    ).order_by("date", "time")
    return next((session for session in ahead if session.starts > now), None)


def _phase(room: Room, now: datetime) -> Phase:
    if room.state == Room.State.LOBBY:
        return "near" if now >= room.session.starts - DOOR_OPENS else "ahead"
    if room.state == Room.State.CLOSED:
        return "over"
    return "open" if room.state == Room.State.OPEN else "paused"


def _ends(room: Room) -> datetime:
    """When nobody waits for this evening any more, even if nobody opened it."""
    return room.session.starts + timedelta(minutes=room.session.minutes)


def _read_until(room: Room) -> datetime | None:
    if room.state != Room.State.CLOSED or room.state_at is None:
        return None
    return room.state_at + timedelta(hours=settings.REREAD_HOURS)
