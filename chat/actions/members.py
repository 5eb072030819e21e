"""Coming in, going out, and being muted for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from chat import log, protocol
from chat.access import Access, Person, room_for
from chat.models import Member, Room
from chat.protocol import DESK, ROOM
from chat.refusals import Refused
from people import audit
from people.models import YoungPerson


def enter(access: Access, now: datetime, *, again: bool = True) -> Member:
    """Bring somebody into the room and return their row; nothing is written if they are inside.

    ``again`` False refuses (``left``) instead of starting a new stay: a poll that goes on must
    not undo an exit. Raises `NotHere`, or `Refused` when they were removed from the room.
    """
    member = log.find_member(access)
    if member is not None and member.inside:
        return member
    if not again:
        raise Refused("left")
    with log.writing(access.room.pk, now) as pen:
        fresh = room_for(access.person, pen.room.pk, now)
        member = log.find_member(fresh) or _new_member(fresh)
        if member.barred:
            raise Refused("left")
        if not member.inside:
            _come_in(pen, fresh, member)
    return member


def put_out(room_id: str, member_id: int, *, how: protocol.LeftHow, now: datetime) -> None:
    """End somebody's stay, in one transaction in every stream they follow (H4).

    Peers see the same for every reason (H6); only the desk is told how.
    """
    with log.writing(room_id, now) as pen:
        member = Member.objects.select_related("seat", "account").get(pk=member_id)
        if not member.inside:
            return
        member.inside, member.how, member.heard_at = False, how, None
        member.save(update_fields=["inside", "how", "heard_at"])
        pen.write(ROOM, "left", who=member.handle, stay=member.stay)
        pen.write(DESK, "how", who=member.handle, how=how)
        if member.seat_id is not None:
            pen.write(log.seat_stream(member), "left", who=member.handle, stay=member.stay)


def leave_everywhere(person: Person, *, how: protocol.LeftHow) -> None:
    """Put somebody out of every room they are in: exit, sign-out, end of a role."""
    whose = {"seat__person": person} if isinstance(person, YoungPerson) else {"account": person}
    stays = Member.objects.filter(inside=True, **whose).values_list("room_id", "pk")
    for room_id, member_id in list(stays):
        put_out(room_id, member_id, how=how, now=timezone.now())


def mute(hand: log.Hand, frame: protocol.Mute) -> None:
    """Let a young person only read for some minutes, or write again with 0 (M4)."""
    member = find_young(hand.room, frame.who)
    until = hand.now + timedelta(minutes=frame.minutes) if frame.minutes else None
    member.muted_until = until
    member.save(update_fields=["muted_until"])
    shown = until.isoformat() if until else None
    hand.write(log.seat_stream(member), "muted", who=member.handle, until=shown)
    audit.record(hand.access.person, "member.mute", member.handle, minutes=frame.minutes)


def find_young(room: Room, handle: str) -> Member:
    """A young person of this room by handle. Refused ``missing``."""
    member = Member.objects.filter(room=room, handle=handle, seat__isnull=False).first()
    if member is None:
        raise Refused("missing")
    return member


def _new_member(access: Access) -> Member:
    return Member.objects.create(room=access.room, seat=access.seat, account=access.account)


def _come_in(pen: log.Pen, access: Access, member: Member) -> None:
    member.inside = True
    member.stay += 1
    member.heard_at = pen.now if access.account else None
    member.save(update_fields=["inside", "stay", "heard_at"])
    pen.write(ROOM, "joined", member=card(member), stay=member.stay)


def card(member: Member) -> dict[str, str]:
    """A member as everybody in the room may see them."""
    if member.seat is not None:
        seat = member.seat
        shown = {"name": seat.nickname, "token": seat.token, "colour": seat.colour}
        return {"who": member.handle, "part": "young", **shown}
    assert member.account is not None
    account = member.account
    return {
        "who": member.handle,
        "part": "staff",
        "name": account.name,
        "role": account.role,
    }
