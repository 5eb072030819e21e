"""All that one viewer may see of a room now, and entries of any stream as the wire shows them."""

from __future__ import annotations

from datetime import datetime

from chat import log, protocol
from chat.access import Access, room_for
from chat.models import Entry, Member
from chat.protocol import DESK, ROOM
from chat.refusals import Refused
from chat.render import desk, room, seat

TRIES = 3


def snapshot(access: Access, now: datetime) -> protocol.Snapshot:
    """Build a snapshot that no write has cut in two. Raises `NotHere`, `Refused` ``left``.

    Whatever changes a room raises a stream of it, so equal tops before and after mean that the
    reads between them saw one state. In a room that does not hold still the last try takes its
    lock: a newcomer must not be shut out because others are talking.
    """
    for _try in range(TRIES):
        before = log.tops_of(access.room.pk)
        built = _build(access, before, now)
        if log.tops_of(access.room.pk) == before:
            return built
    with log.writing(access.room.pk, now):
        return _build(access, log.tops_of(access.room.pk), now)


def rendered(name: str, rows: list[Entry]) -> list[protocol.AnyEntry]:
    """Entries of the stream of this name, in order."""
    if name == ROOM:
        return [room.entry(row) for row in rows]
    if name == DESK:
        return desk.entries(rows)
    return seat.entries(rows)


def _build(access: Access, tops: dict[str, int], now: datetime) -> protocol.Snapshot:
    fresh = room_for(access.person, access.room.pk, now)
    member = log.find_member(fresh)
    if member is None or not member.inside:
        raise Refused("left")
    names = log.streams_for(member)
    return protocol.Snapshot(
        epoch=fresh.room.epoch,
        me=_me(fresh, member, names),
        tops={name: tops.get(name, 0) for name in names},
        room=room.header(fresh.room),
        members=room.members(fresh.room),
        messages=room.latest(fresh.room),
        own=seat.view(member) if member.seat_id else None,
        desk=desk.view(fresh.room) if member.account_id else None,
    )


def _me(access: Access, member: Member, names: list[str]) -> protocol.Me:
    return protocol.Me(member.handle, access.part, access.name, access.role, names)
