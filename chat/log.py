"""The log: the only way to write to a room, and the only way to read what was written.

Every act on a room holds the lock of its row, so that counters, membership, state and cid are
checked and written in one order (L4, H4). Streams are raised in that order too: room, desk, seat.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from chat import doorbell
from chat.access import Access, NotHere, room_for
from chat.models import Entry, Member, Message, Room, Stream
from chat.protocol import DESK, ROOM, SEAT_PREFIX
from chat.refusals import Refused


@dataclass
class Pen:
    """Writes to one locked room. ``tops`` collects what was raised."""

    room: Room
    now: datetime
    tops: dict[str, int] = field(default_factory=dict)

    def write(self, stream: str, kind: str, message: Message | None = None, **data: object) -> int:
        """Append one entry and return its place in the stream."""
        stream_id, seq = _raise_counter(self.room.pk, stream)
        Entry.objects.create(
            stream_id=stream_id,
            seq=seq,
            kind=kind,
            at=self.now,
            message=message,
            data=data,
        )
        self.tops[stream] = seq
        return seq


@dataclass
class Hand(Pen):
    """A pen in the hand of somebody who was in the room when the lock was taken."""

    access: Access = field(kw_only=True)
    member: Member = field(kw_only=True)


def seat_stream(member: Member) -> str:
    """The name of the stream that one young person follows alone."""
    return SEAT_PREFIX + member.handle


def streams_for(member: Member) -> list[str]:
    """The streams that this member may follow: the one place that says so."""
    if member.seat_id is not None:
        return [ROOM, seat_stream(member)]
    young = Member.objects.filter(room=member.room_id, seat__isnull=False)
    return [
        ROOM,
        DESK,
        *(SEAT_PREFIX + handle for handle in young.values_list("handle", flat=True)),
    ]


@contextmanager
def writing(room_id: str, now: datetime) -> Iterator[Pen]:
    """Lock one room and write to it; the doorbell rings after the commit. Raises `NotHere`."""
    with transaction.atomic():
        room = _lock(room_id)
        pen = Pen(room, now)
        yield pen
        _ring_after_commit(pen)


@contextmanager
def acting(access: Access, stay: int | None, now: datetime) -> Iterator[Hand]:
    """Like `writing`, for a member. Everything is checked again after the lock (H4).

    ``stay`` is the stay that the connection belongs to, or None over HTTP. Raises `NotHere`, or
    `Refused` ``left`` when that stay has ended.
    """
    with transaction.atomic():
        room = _lock(access.room.pk)
        fresh = room_for(access.person, room.pk, now)
        member = find_member(fresh)
        if member is None or not member.inside or (stay is not None and member.stay != stay):
            raise Refused("left")
        hand = Hand(room, now, access=fresh, member=member)
        yield hand
        _ring_after_commit(hand)


def find_member(access: Access) -> Member | None:
    """This person's row in this room, if they ever came in."""
    whose = Q(seat=access.seat) if access.seat else Q(account=access.account)
    return Member.objects.filter(whose, room=access.room).select_related("seat", "account").first()


def member_by_handle(room_id: str, handle: str) -> Member | None:
    """Somebody of this room by handle."""
    return Member.objects.filter(room=room_id, handle=handle).first()


def tops_of(room_id: str) -> dict[str, int]:
    """The top of every stream of the room."""
    return dict(Stream.objects.filter(room=room_id).values_list("name", "top"))


def entries_since(room_id: str, have: dict[str, int], most: int = 500) -> list[Entry]:
    """At most ``most`` entries above ``have`` in these streams, oldest first, in one query.

    The order of the rows is the order of the commits, because all were written under one lock.
    """
    newer = Q()
    for name, seq in have.items():
        newer |= Q(stream__name=name, seq__gt=seq)
    if not have:
        return []
    return list(_with_message().filter(newer, stream__room=room_id).order_by("pk")[:most])


def _with_message() -> QuerySet[Entry]:
    return Entry.objects.select_related(
        "stream",
        "message__author",
        "message__reply_to",
        "message__replaces",
        "message__origin",
        "message__alert",
    )


def _lock(room_id: str) -> Room:
    room = (
        Room.objects.select_for_update(of=("self",))
        .select_related("session__cohort__programme")
        .filter(pk=room_id)
        .first()
    )
    if room is None:
        raise NotHere
    return room


def _raise_counter(room_id: str, name: str) -> tuple[int, int]:
    raised = (
        "UPDATE chat_stream SET top = top + 1 WHERE room_id = %s AND name = %s RETURNING id, top"
    )
    with connection.cursor() as cursor:
        cursor.execute(raised, [room_id, name])
        row = cursor.fetchone()
    if row is None:
        stream = Stream.objects.create(room_id=room_id, name=name, top=1)
        return stream.pk, 1
    return row[0], row[1]


def _ring_after_commit(pen: Pen) -> None:
    if pen.tops:
        transaction.on_commit(partial(doorbell.ring, pen.room.pk, dict(pen.tops)))
