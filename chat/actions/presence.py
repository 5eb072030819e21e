"""Adults in the room: who was heard lately, and what the room does when they are not.

The check stands in two places on purpose: `messages.send` asks it under the lock, so that no room
message is taken without adults even if every clock has died (H5); `tend` says so in the log.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from chat import log
from chat.access import LEADS, strangers_in
from chat.actions import members
from chat.models import Member, Room
from chat.protocol import Adults


def hear(room_id: str, account_id: int, now: datetime) -> None:
    """An adult's heartbeat, from a socket or over HTTP. Counts only while they are inside."""
    Member.objects.filter(room=room_id, account=account_id, inside=True).update(heard_at=now)


def adults_in(room: Room, now: datetime) -> Adults:
    """How many different named adults hold this room open, and how many it needs.

    An adult is on this session's rota (or lead or deputy), active, with checks in date, inside,
    and was heard at most `ADULT_BEAT_SECONDS` ago. A beat from the future does not count: after a
    clock was set back it would keep a room open that nobody is in.
    """
    longest = timedelta(seconds=settings.ADULT_BEAT_SECONDS)
    on_rota = Q(account__shifts__session=room.session_id) | Q(account__role__in=LEADS)
    here = Member.objects.filter(
        on_rota,
        room=room,
        inside=True,
        heard_at__range=(now - longest, now + longest),
        account__is_active=True,
        account__checks_until__gte=now.date(),
    )
    return Adults(here.values("account").distinct().count(), room.adults_needed)


def has_adults(room: Room, now: datetime) -> bool:
    """Whether the room may take a message now (M1)."""
    adults = adults_in(room, now)
    return adults.here >= adults.needed


def look(room_id: str, now: datetime) -> tuple[Adults, bool]:
    """The adults of a room, and whether `tend` has something to do. Only reads."""
    room = Room.objects.select_related("session").get(pk=room_id)
    adults = adults_in(room, now)
    stirred = _should_turn(room, now, adults) is not None or strangers_in(room, now).exists()
    return adults, stirred


def tend(room_id: str, now: datetime) -> None:
    """Look after one room: put out who may not stay, pause it without its adults, resume it.

    Safe to run twice, and from several processes at once.
    """
    room = Room.objects.select_related("session").get(pk=room_id)
    for member in strangers_in(room, now):
        members.put_out(room_id, member.pk, how="over" if member.seat_id else "role", now=now)
    with log.writing(room_id, now) as pen:
        state = _should_turn(pen.room, now, adults_in(pen.room, now))
        if state is not None:
            turn_room(pen, state, why="adults" if state == Room.State.PAUSED else "")


def _should_turn(room: Room, now: datetime, adults: Adults) -> Room.State | None:
    enough = adults.here >= adults.needed
    if room.state == Room.State.OPEN and not enough:
        return Room.State.PAUSED
    if _may_resume(room, now) and enough:
        return Room.State.OPEN
    return None


def _may_resume(room: Room, now: datetime) -> bool:
    if room.state != Room.State.PAUSED or room.why != "adults" or room.state_at is None:
        return False
    return now - room.state_at <= timedelta(minutes=settings.RESUME_MINUTES)


def turn_room(pen: log.Pen, state: Room.State, *, why: str) -> None:
    """Change the state of the room and say so in the log."""
    pen.room.state, pen.room.why, pen.room.state_at = state, why, pen.now
    pen.room.save(update_fields=["state", "why", "state_at"])
    pen.write("room", "room", state=state.value, why=why)
