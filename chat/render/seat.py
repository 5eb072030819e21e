"""What one young person sees alone: own messages outside the room, and the private line.

Reads held words, but only ever those of the person whose stream it renders.
"""

from __future__ import annotations

import msgspec
from django.db.models import Q

from chat import protocol
from chat.core.visibility import visible_as
from chat.held import words_of
from chat.log import seat_stream
from chat.models import Entry, Member, Message
from chat.render.room import stamped

State = Message.State
KEPT = ("waiting", "explained")


def entries(rows: list[Entry]) -> list[protocol.AnyEntry]:
    """Entries of one seat stream. Held words come along only while their author may edit them."""
    own = [row.message for row in rows if row.kind == "own" and row.message is not None]
    words = words_of([m.pk for m in own if visible_as(m.state, "author") in KEPT])  # type: ignore[arg-type]
    return [_entry(row, words) for row in rows]


def view(member: Member) -> protocol.OwnView:
    """All that this young person sees alone now."""
    return protocol.OwnView(items=_items(member), line=line(member), muted=muted(member))


def line(member: Member) -> list[protocol.Line]:
    """The last messages of a private line, oldest first."""
    rows = Entry.objects.select_related("message__author", "message__origin").filter(
        stream__room=member.room_id, stream__name=seat_stream(member), kind="line"
    )
    last = reversed(rows.order_by("-seq")[: protocol.SNAPSHOT_LINES])
    return [_line(row, row.message) for row in last if row.message is not None]


def muted(member: Member) -> str | None:
    """Until when this person can only read."""
    return member.muted_until.isoformat() if member.muted_until else None


def _entry(row: Entry, words: dict[int, str]) -> protocol.AnyEntry:
    if row.kind == "own":
        assert row.message is not None
        return _own(row, row.message, words)
    if row.kind == "line":
        assert row.message is not None
        return _line(row, row.message)
    kinds = {
        "outcome": protocol.Outcome,
        "muted": protocol.Muted,
        "left": protocol.Left,
    }
    shown: protocol.AnyEntry = msgspec.convert({**row.data, **stamped(row)}, kinds[row.kind])
    return shown


def _own(row: Entry, message: Message, words: dict[int, str]) -> protocol.Own:
    return protocol.Own(
        **stamped(row),
        id=message.key,
        cid=message.cid,
        body=words.get(message.pk, ""),
        reply_to=message.reply_to.key if message.reply_to else None,
        replaces=message.replaces.key if message.replaces else None,
        care=bool(row.data.get("care")),
    )


def _line(row: Entry, message: Message) -> protocol.Line:
    return protocol.Line(
        **stamped(row),
        id=message.key,
        who=message.author.handle,
        body=message.body,
        cid=message.cid,
        origin=message.origin.key if message.origin else None,
        care=bool(row.data.get("care")),
    )


def _items(member: Member) -> list[protocol.OwnItem]:
    mine = Message.objects.select_related("reply_to").filter(
        Q(state__in=(State.HELD, State.REMOVED))
        | Q(state__in=(State.DECLINED, State.SENT_BACK), replaced_by=None),
        author=member,
        line=None,
        seat_seq__isnull=False,
    )
    last = list(reversed(mine.order_by("-seat_seq")[: protocol.SNAPSHOT_ITEMS]))
    words = words_of([message.pk for message in last if message.state != State.REMOVED])
    rows = _rows_at(member, [message.seat_seq for message in last if message.seat_seq])
    cared = _care(member, last)
    return [_item(m, rows[m.seat_seq or 0], words, m.pk in cared) for m in last]


def _rows_at(member: Member, places: list[int]) -> dict[int, Entry]:
    found = Entry.objects.filter(
        stream__room=member.room_id, stream__name=seat_stream(member), seq__in=places
    )
    return {row.seq: row for row in found}


def _care(member: Member, messages: list[Message]) -> set[int]:
    rows = Entry.objects.filter(kind="own", message__in=messages, data__care=True)
    return {pk for pk in rows.values_list("message_id", flat=True) if pk is not None}


def _item(message: Message, row: Entry, words: dict[int, str], care: bool) -> protocol.OwnItem:
    gone = message.state == State.REMOVED
    return protocol.OwnItem(
        **stamped(row),
        id=message.key,
        cid="" if gone else message.cid,
        body=None if gone else words[message.pk],
        state=message.state,  # type: ignore[arg-type]
        reply_to=message.reply_to.key if message.reply_to and not gone else None,
        say=row.data.get("say", ""),
        note=row.data.get("note", ""),
        care=care and not gone,
    )
