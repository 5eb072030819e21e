"""What everybody in a room may see. May not import `chat.held`: no held word can get in here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.db.models import QuerySet

from chat import protocol
from chat.actions.members import card
from chat.core.visibility import visible_as
from chat.models import Entry, Member, Message, Room


def instant(at: datetime) -> str:
    """An instant as the wire shows it: ISO 8601 in milliseconds."""
    return at.isoformat(timespec="milliseconds")


def stamped(row: Entry) -> dict[str, Any]:
    """The fields that every entry has."""
    return {"n": row.seq, "at": instant(row.at)}


def entry(row: Entry) -> protocol.AnyEntry:
    """One entry of the room stream."""
    if row.kind == "message":
        assert row.message is not None
        return message(row, row.message)
    kinds = {
        "gone": protocol.GoneEntry,
        "room": protocol.StateEntry,
        "joined": protocol.Joined,
        "left": protocol.Left,
    }
    shown: protocol.AnyEntry = msgspec.convert({**row.data, **stamped(row)}, kinds[row.kind])
    return shown


def message(row: Entry, written: Message) -> protocol.Message:
    """A message of the room as peers see it: words only while `visible_as` says full."""
    sight = visible_as(written.state, "peer")  # type: ignore[arg-type]
    full = sight == "full"
    return protocol.Message(
        **stamped(row),
        id=written.key,
        who=written.author.handle,
        body=written.body if full else None,
        cid=written.cid,
        reply_to=written.reply_to.key if written.reply_to else None,
        gone=None if full else _gone(written),
    )


def latest(room: Room) -> list[protocol.Message]:
    """The last messages of the room, oldest first."""
    rows = _message_rows(room).order_by("-seq")[: protocol.SNAPSHOT_MESSAGES]
    return [message(row, row.message) for row in reversed(rows) if row.message is not None]


def members(room: Room) -> list[protocol.Member]:
    """Everybody who ever came into this room, by handle; ``out`` if they are not in it now."""
    came = Member.objects.filter(room=room, stay__gt=0).select_related("seat", "account")
    return [_member(member) for member in came.order_by("pk")]


def header(room: Room) -> protocol.Room:
    """The room itself."""
    session = room.session
    programme = session.cohort.programme
    week = programme.weeks.filter(number=session.number).first()
    return protocol.Room(
        id=room.pk,
        state=room.state,  # type: ignore[arg-type]
        why=room.why,  # type: ignore[arg-type]
        title=week.title if week else "",
        week=session.number,
        weeks=programme.weeks.count(),
        starts=instant(session.starts),
    )


def _gone(written: Message) -> protocol.Gone:
    return "removed" if written.state == Message.State.REMOVED else "withdrawn"


def _message_rows(room: Room) -> QuerySet[Entry]:
    return Entry.objects.select_related("message__author", "message__reply_to").filter(
        stream__room=room, stream__name=protocol.ROOM, kind="message"
    )


def _member(member: Member) -> protocol.Member:
    shown: protocol.Member = msgspec.convert(
        {**card(member), "out": not member.inside}, protocol.Member
    )
    return shown
