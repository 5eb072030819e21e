"""Writing: to the room, to the private line, and taking one's own words back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta

from django.conf import settings

from chat import log, protocol
from chat.access import Access
from chat.actions import alerts, judging
from chat.actions.members import find_young
from chat.actions.presence import has_adults
from chat.core.triage import Verdict
from chat.held import HeldText, words_of
from chat.models import Message, Room
from chat.protocol import DESK, MAX_BODY_CHARS, ROOM
from chat.refusals import Refused

State = Message.State
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)
BURST_SECONDS = 10
BURST_ROOM = 10
BURST_LINE = 30


def send(
    access: Access, frame: protocol.Send, now: datetime, stay: int | None = None
) -> protocol.Ok:
    """Keep one message and say where it is: the same answer for every re-send of its cid (L2).

    Judged before anybody else sees it. Raises `Refused`; then nothing is kept.
    """
    body = tidy(frame.body)
    digest = _digest(frame, body)
    with log.acting(access, stay, now) as hand:
        earlier = Message.objects.filter(author=hand.member, cid=frame.cid).first()
        if earlier is not None:
            if earlier.digest != digest:
                raise Refused("same_cid")
            return answer(earlier)
        message = Message(room=hand.room, author=hand.member, cid=frame.cid, digest=digest)
        message.made_at = now
        if frame.to == "line":
            _send_to_line(hand, message, frame, body)
        else:
            _send_to_room(hand, message, frame, body)
        return answer(message)


def answer(message: Message) -> protocol.Ok:
    """What the author hears, first time and every time."""
    where = (message.first_stream, message.first_seq)
    if message.first_state == State.HELD:
        return protocol.Ok(message.cid, message.key, "held", *where)
    return protocol.Ok(message.cid, message.key, "published", *where)


def withdraw(hand: log.Hand, frame: protocol.Withdraw) -> None:
    """Take back one's own message; ``to_line`` shows it to the counsellors instead.

    Doing it twice is the same as once. Refused ``missing``, ``decided`` after a removal,
    ``not_allowed`` (staff and ``to_line``).
    """
    message = Message.objects.filter(
        author=hand.member, room=hand.room, key=frame.id, line=None
    ).first()
    if message is None:
        raise Refused("missing")
    if message.state == State.WITHDRAWN:
        return
    if message.state == State.REMOVED:
        raise Refused("decided")
    if frame.to_line and hand.member.seat_id is None:
        # Staff have no line of their own: the words would stand where nobody reads them.
        raise Refused("not_allowed")
    if frame.to_line and Message.objects.filter(author=hand.member, cid=frame.cid).exists():
        raise Refused("same_cid")
    words = message.body or words_of([message.pk])[message.pk]
    take_from_room(hand, message, State.WITHDRAWN)
    hand.write(DESK, "decided", message, id=message.key, state="withdrawn")
    if frame.to_line:
        _open_in_line(hand, message, frame.cid, words)


def take_from_room(
    hand: log.Hand,
    message: Message,
    state: Message.State,
    say: str = "",
    note: str = "",
) -> None:
    """Move a message's words away from the room (H3), and tell whoever could see it.

    The desk has the words from then on, also of a message that triage let through.
    """
    was = message.state
    if was == State.PUBLISHED:
        HeldText.objects.get_or_create(
            message=message, defaults={"body": message.body, "sha": sha(message.body)}
        )
    changed = Message.objects.filter(pk=message.pk, state=was).update(
        state=state, body="", claimed_by=None, decided_by=None, reason="", note=""
    )
    if changed != 1:
        raise Refused("decided")
    message.state, message.body = state, ""
    if was == State.PUBLISHED:
        hand.write(ROOM, "gone", message, id=message.key, how=state.value)
    if message.desk_seq is None:
        message.desk_seq = hand.write(DESK, "item", message, state=was)
    if message.author.seat_id is not None:
        tell_author(hand, message, state.value, say, note)
    message.save(update_fields=["desk_seq", "seat_seq"])


def tell_author(
    hand: log.Hand, message: Message, state: str, say: str = "", note: str = ""
) -> None:
    """Write what became of a message into its author's own stream. The caller saves it."""
    stream = log.seat_stream(message.author)
    message.seat_seq = hand.write(
        stream, "outcome", message, id=message.key, state=state, say=say, note=note
    )


def tidy(text: str) -> str:
    """Text only: no control characters, no pile of blank lines. Refused ``empty``, ``too_long``."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = PILE.sub(r"\1", "".join(c for c in text if c == "\n" or _is_text(c)))
    lines = [line.strip() for line in kept.strip().split("\n")]
    body = "\n".join(
        line for line, before in zip(lines, ["x", *lines], strict=False) if line or before
    )
    if not any(unicodedata.category(c)[0] not in "ZC" for c in body):
        raise Refused("empty")
    if len(body) > MAX_BODY_CHARS:
        raise Refused("too_long")
    return body


def _is_text(character: str) -> bool:
    """Controls and marks that turn the direction of a line would show other words than judged."""
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in TURNS


def sha(text: str) -> str:
    """The SHA-256 of a text in hex, as decisions name it (H2)."""
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(frame: protocol.Send, body: str) -> str:
    parts = (
        frame.to,
        frame.seat or "",
        frame.reply_to or "",
        frame.replaces or "",
        body,
    )
    return sha("\x1f".join(parts))


def _send_to_room(hand: log.Hand, message: Message, frame: protocol.Send, body: str) -> None:
    young = hand.member.seat_id is not None
    verdict = judging.judged(body, hand.member, to_room=True)
    _refuse_in_room(hand, care=verdict.care)
    _refuse_burst(hand, message, BURST_ROOM)
    message.reply_to = _find_reply(hand, frame.reply_to)
    message.replaces = _find_withheld(hand, frame.replaces)
    _note_verdict(message, verdict)
    if young and verdict.outcome != "publish":
        _hold(hand, message, body, verdict)
    else:
        _publish(hand, message, body)
    if message.replaces is not None:
        tell_author(hand, message.replaces, "replaced")
        message.replaces.save(update_fields=["seat_seq"])


def _refuse_in_room(hand: log.Hand, *, care: bool) -> None:
    state = hand.room.state
    if state == Room.State.CLOSED:
        raise Refused("closed", care=care)
    if hand.member.seat_id is None:
        return
    if state == Room.State.LOBBY:
        raise Refused("not_open", care=care)
    if state == Room.State.PAUSED or not has_adults(hand.room, hand.now):
        raise Refused("paused", care=care)
    if hand.member.muted_until is not None and hand.member.muted_until > hand.now:
        raise Refused("muted", care=care)


def _refuse_burst(hand: log.Hand, message: Message, most: int) -> None:
    since = hand.now - timedelta(seconds=BURST_SECONDS)
    if Message.objects.filter(author=hand.member, made_at__gt=since).count() >= most:
        raise Refused("too_fast")


def _find_reply(hand: log.Hand, key: str | None) -> Message | None:
    """The message of the room that is answered. One that never was in the room is missing."""
    if key is None:
        return None
    found = Message.objects.filter(room=hand.room, key=key, room_seq__isnull=False).first()
    if found is None:
        raise Refused("missing")
    return found


def _find_withheld(hand: log.Hand, key: str | None) -> Message | None:
    if key is None:
        return None
    withheld = (State.DECLINED, State.SENT_BACK)
    found = Message.objects.filter(
        author=hand.member, key=key, state__in=withheld, replaced_by=None
    ).first()
    if found is None:
        raise Refused("missing")
    found.author = hand.member
    return found


def _note_verdict(message: Message, verdict: Verdict) -> None:
    message.level = verdict.outcome
    message.reasons = judging.as_data(verdict)


def _publish(hand: log.Hand, message: Message, body: str) -> None:
    message.state = message.first_state = State.PUBLISHED
    message.body = body
    message.first_stream, message.first_seq = ROOM, 0
    message.save()
    message.room_seq = message.first_seq = hand.write(ROOM, "message", message)
    if message.reasons:
        message.desk_seq = hand.write(DESK, "item", message, state="published")
    message.save(update_fields=["room_seq", "first_seq", "desk_seq"])


def _hold(hand: log.Hand, message: Message, body: str, verdict: Verdict) -> None:
    stream = log.seat_stream(hand.member)
    message.state = message.first_state = State.HELD
    message.first_stream, message.first_seq = stream, 0
    message.save()
    HeldText.objects.create(message=message, body=body, sha=sha(body))
    message.desk_seq = hand.write(DESK, "item", message)
    if verdict.outcome == "alert":
        alerts.raise_alert(hand, message)
    message.seat_seq = message.first_seq = hand.write(stream, "own", message, care=verdict.care)
    message.save(update_fields=["desk_seq", "seat_seq", "first_seq"])


def _send_to_line(hand: log.Hand, message: Message, frame: protocol.Send, body: str) -> None:
    message.line = hand.member if hand.member.seat_id else find_young(hand.room, frame.seat or "")
    if not line_is_open(hand.room, hand.now):
        raise Refused("closed")
    _refuse_burst(hand, message, BURST_LINE)
    verdict = judging.judged(body, hand.member, to_room=False)
    _note_verdict(message, verdict)
    _write_line(hand, message, body, care=verdict.care and message.line == hand.member)


def line_is_open(room: Room, now: datetime) -> bool:
    """The private line is open before, in and just after an evening (Y6)."""
    if room.state != Room.State.CLOSED or room.state_at is None:
        return True
    return now - room.state_at <= timedelta(minutes=settings.LINE_AFTER_CLOSE_MINUTES)


def _write_line(hand: log.Hand, message: Message, body: str, *, care: bool) -> None:
    """Show words on a private line: never held, but an alert is an alert there too."""
    assert message.line is not None
    stream = log.seat_stream(message.line)
    message.state = message.first_state = State.PUBLISHED
    message.body = body
    message.first_stream, message.first_seq = stream, 0
    message.save()
    if message.reasons:
        message.desk_seq = hand.write(DESK, "item", message, state="published")
    if message.level == "alert" and message.author.seat_id is not None:
        alerts.raise_alert(hand, message)
    message.seat_seq = message.first_seq = hand.write(stream, "line", message, care=care)
    message.save(update_fields=["desk_seq", "seat_seq", "first_seq"])


def _open_in_line(hand: log.Hand, origin: Message, cid: str, words: str) -> None:
    """Show a withdrawn message to the counsellors. Its alert, if any, stays where it is."""
    moved = Message(room=hand.room, author=hand.member, line=hand.member, cid=cid, origin=origin)
    moved.digest, moved.made_at = sha(words), hand.now
    if not line_is_open(hand.room, hand.now):
        raise Refused("closed")
    verdict = judging.judged(words, hand.member, to_room=False)
    has_alert = hasattr(origin, "alert")
    moved.level = "hold" if has_alert and verdict.outcome == "alert" else verdict.outcome
    moved.reasons = judging.as_data(verdict)
    _write_line(hand, moved, words, care=verdict.care)
