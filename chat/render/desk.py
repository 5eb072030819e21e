"""What only the staff of a session see: the queue, decisions, alerts, everybody's private line."""

from __future__ import annotations

import msgspec
from django.db.models import Q

from chat import protocol
from chat.actions.messages import sha
from chat.held import HeldText
from chat.models import Alert, Entry, Member, Message, Room
from chat.render import seat
from chat.render.room import stamped

State = Message.State


def entries(rows: list[Entry]) -> list[protocol.AnyEntry]:
    """Entries of the desk stream, with words."""
    words = _words([row.message for row in rows if row.message is not None])
    return [_entry(row, words) for row in rows]


def view(room: Room) -> protocol.DeskView:
    """All that the desk shows now."""
    young = list(Member.objects.filter(room=room, seat__isnull=False).order_by("pk"))
    gone = Member.objects.filter(room=room, stay__gt=0).exclude(how="")
    return protocol.DeskView(
        items=_items(room),
        alerts=_alerts(room),
        lines={member.handle: lines for member in young if (lines := seat.line(member))},
        muted={m.handle: until for m in young if (until := seat.muted(m)) is not None},
        how={member.handle: member.how for member in gone},  # type: ignore[misc]
    )


def _entry(row: Entry, words: dict[int, str]) -> protocol.AnyEntry:
    if row.kind in ("item", "alert"):
        assert row.message is not None
        made = _item if row.kind == "item" else _alert
        return made(row, row.message, words[row.message.pk])
    kinds = {
        "claimed": protocol.Claimed,
        "decided": protocol.Decided,
        "acknowledged": protocol.Acknowledged,
        "escalated": protocol.Escalated,
        "how": protocol.How,
        "left": protocol.Left,
    }
    shown: protocol.AnyEntry = msgspec.convert({**row.data, **stamped(row)}, kinds[row.kind])
    return shown


def _item(row: Entry, message: Message, body: str) -> protocol.Item:
    """A message as it came to the desk; claims and decisions are entries of their own."""
    return protocol.Item(
        **stamped(row),
        id=message.key,
        who=message.author.handle,
        body=body,
        sha=sha(body),
        level=message.level,  # type: ignore[arg-type]
        reasons=_reasons(message),
        state=row.data.get("state", State.HELD.value),
        line=message.line_id is not None,
        replaces=message.replaces.key if message.replaces else None,
    )


def _alert(row: Entry, message: Message, body: str) -> protocol.Alert:
    return protocol.Alert(
        **stamped(row),
        id=row.data["alert"],
        message=message.key,
        who=message.author.handle,
        body=body,
        reasons=_reasons(message),
    )


def _reasons(message: Message) -> list[protocol.Reason]:
    return msgspec.convert(message.reasons, list[protocol.Reason])


def _words(messages: list[Message]) -> dict[int, str]:
    ids = [message.pk for message in messages]
    held = dict(HeldText.objects.filter(message__in=ids).values_list("message_id", "body"))
    return {message.pk: held.get(message.pk, message.body) for message in messages}


def _items(room: Room) -> list[protocol.Item]:
    seen = Message.objects.filter(room=room, desk_seq__isnull=False).select_related(
        "author", "replaces"
    )
    last = seen.order_by("-desk_seq")[: protocol.SNAPSHOT_ITEMS].values_list("pk", flat=True)
    shown = list(seen.filter(Q(state=State.HELD) | Q(pk__in=list(last))).order_by("desk_seq"))
    words = _words(shown)
    rows = _rows_at(room, [message.desk_seq for message in shown if message.desk_seq])
    handles = _handles(room)
    items = []
    for message in shown:
        item = _item(rows[message.desk_seq or 0], message, words[message.pk])
        item.state = message.state  # type: ignore[assignment]
        item.claimed_by = handles.get(message.claimed_by_id)
        item.by = handles.get(message.decided_by_id)
        item.note = message.note
        items.append(item)
    return items


def _rows_at(room: Room, places: list[int]) -> dict[int, Entry]:
    rows = Entry.objects.filter(stream__room=room, stream__name=protocol.DESK, seq__in=places)
    return {row.seq: row for row in rows}


def _handles(room: Room) -> dict[int | None, str]:
    staff = Member.objects.filter(room=room, account__isnull=False)
    return dict(staff.values_list("account_id", "handle"))


def _alerts(room: Room) -> list[protocol.Alert]:
    raised = Alert.objects.filter(room=room).select_related("message__author")
    last = raised.order_by("-desk_seq")[: protocol.SNAPSHOT_ITEMS].values_list("pk", flat=True)
    shown = list(raised.filter(Q(taken_by=None) | Q(pk__in=list(last))).order_by("desk_seq"))
    words = _words([alert.message for alert in shown])
    rows = _rows_at(room, [alert.desk_seq for alert in shown])
    handles = _handles(room)
    made = []
    for alert in shown:
        entry = _alert(rows[alert.desk_seq], alert.message, words[alert.message_id])
        entry.step = alert.step
        entry.by = handles.get(alert.taken_by_id)
        made.append(entry)
    return made
