"""The evenings of one member of staff: their rooms, and what waits in each. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count

from chat.access import rooms_of
from chat.models import Alert, Message, Room
from courses.models import CheckIn, Session, Shift, Week
from people.models import Account


@dataclass(frozen=True)
class Evening:
    """One room as its facilitators find it before they open the desk."""

    room: Room
    session: Session
    title: str
    tonight: bool
    alerts: int
    waiting: int
    shifts: list[Shift]
    check_ins: list[CheckIn]


def evenings_of(account: Account, now: datetime) -> list[Evening]:
    """The rooms that this account may enter, tonight's first, in a fixed number of queries."""
    rooms = list(rooms_of(account, now))
    sessions = [room.session_id for room in rooms]
    alerts = _count(Alert.objects.filter(room__in=rooms, taken_at=None).values("room"))
    waiting = _count(
        Message.objects.filter(room__in=rooms, state=Message.State.HELD).values("room")
    )
    shifts = Shift.objects.filter(session__in=sessions).select_related("account")
    check_ins = CheckIn.objects.filter(session__in=sessions).select_related("seat")
    today = now.astimezone(ZoneInfo(settings.SERVICE_ZONE)).date()
    titles = _titles(rooms)
    found = [
        Evening(
            room=room,
            session=room.session,
            title=titles.get((room.session.cohort.programme_id, room.session.number), ""),
            tonight=_is_tonight(room, today),
            alerts=alerts.get(room.pk, 0),
            waiting=waiting.get(room.pk, 0),
            shifts=[it for it in shifts if it.session_id == room.session_id],
            check_ins=[it for it in check_ins if it.session_id == room.session_id],
        )
        for room in rooms
    ]
    return sorted(found, key=lambda it: (not it.tonight, it.session.date, it.session.time))


def _count(rows: object) -> dict[str, int]:
    counted = rows.annotate(n=Count("pk")).values_list("room", "n")  # type: ignore[attr-defined]
    return dict(counted)


def _titles(rooms: list[Room]) -> dict[tuple[int, int], str]:
    programmes = {room.session.cohort.programme_id for room in rooms}
    weeks = Week.objects.filter(programme__in=programmes)
    return {(week.programme_id, week.number): week.title for week in weeks}


def _is_tonight(room: Room, today: date) -> bool:
    live = room.state in (Room.State.OPEN, Room.State.PAUSED)
    return live or (room.session.date == today and room.state == Room.State.LOBBY)
