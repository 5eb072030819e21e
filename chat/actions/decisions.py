"""The desk's decisions on messages: exactly one wins (H2)."""

from __future__ import annotations

from chat import log, protocol
from chat.actions.alerts import MAY_TAKE
from chat.actions.messages import take_from_room, tell_author
from chat.held import HeldText
from chat.models import Alert, Message, Room
from chat.protocol import DESK, ROOM
from chat.refusals import SENT_BACK, WITHHELD, Refused
from people import audit

State = Message.State
OUTCOME = {
    "approve": State.PUBLISHED,
    "decline": State.DECLINED,
    "send_back": State.SENT_BACK,
}


def claim(hand: log.Hand, frame: protocol.Claim) -> None:
    """Say that one is reading a held message, so that nobody reads it twice; others may take over.

    Refused ``missing``, ``decided``.
    """
    message = _find(hand, frame.id)
    account = None if frame.drop else hand.access.account
    held = Message.objects.filter(pk=message.pk, state=State.HELD)
    if held.update(claimed_by=account) != 1:
        raise Refused("decided")
    hand.write(
        DESK,
        "claimed",
        message,
        id=message.key,
        by=None if frame.drop else hand.member.handle,
    )


def decide(hand: log.Hand, frame: protocol.Decide) -> None:
    """Approve, withhold with a reason, or send back one held message.

    What is published equals, by hash, what was on the facilitator's screen. Refused ``changed``,
    ``decided``, ``reason_needed``, ``not_allowed`` (a volunteer and an alert), ``alert_open`` (to
    approve before somebody has taken its alert), ``closed``.
    """
    message = _find(hand, frame.id)
    held = HeldText.objects.filter(message=message).first()
    if held is None or message.state != State.HELD:
        raise Refused("decided")
    _refuse_decision(hand, message, held, frame)
    state = OUTCOME[frame.decision]
    _settle(message, hand, state, frame.reason or "", frame.note)
    if state == State.PUBLISHED:
        message.body = held.body
        message.room_seq = hand.write(ROOM, "message", message)
    if message.author.seat_id is not None:
        tell_author(hand, message, state.value, say_for(state, frame.reason), frame.note)
    message.save(update_fields=["body", "room_seq", "seat_seq"])
    hand.write(DESK, "decided", message, **_decided(hand, message, frame.note))
    audit.record(hand.access.person, f"message.{frame.decision}", message.key)


def remove(hand: log.Hand, frame: protocol.Remove) -> None:
    """Take a published message off every screen, also of those who come back (H3).

    Refused ``missing``, ``decided`` when it is not in the room any more.
    """
    message = _find(hand, frame.id)
    if message.state != State.PUBLISHED or message.room_seq is None:
        raise Refused("decided")
    take_from_room(hand, message, State.REMOVED, str(WITHHELD[frame.reason]), frame.note)
    Message.objects.filter(pk=message.pk).update(
        decided_by=hand.access.account, reason=frame.reason, note=frame.note
    )
    message.decided_by, message.state = hand.access.account, State.REMOVED
    hand.write(DESK, "decided", message, **_decided(hand, message, frame.note))
    audit.record(hand.access.person, "message.remove", message.key, reason=frame.reason)


def say_for(state: Message.State, reason: str | None) -> str:
    """The kind sentence that goes to the author with a decision."""
    if state == State.SENT_BACK:
        return str(SENT_BACK)
    return str(WITHHELD[reason]) if state == State.DECLINED and reason else ""


def _find(hand: log.Hand, key: str) -> Message:
    found = Message.objects.select_related("author__seat", "author__room").filter(
        room=hand.room, key=key, line=None
    )
    message = found.first()
    if message is None:
        raise Refused("missing")
    return message


def _refuse_decision(
    hand: log.Hand, message: Message, held: HeldText, frame: protocol.Decide
) -> None:
    if held.sha != frame.sha:
        raise Refused("changed")
    if message.level == "alert" and hand.access.role not in MAY_TAKE:
        raise Refused("not_allowed")
    if frame.decision == "approve" and _has_open_alert(message):
        # One hasty key must not put words of danger on every phone before anybody answers them.
        raise Refused("alert_open")
    if frame.decision == "decline" and frame.reason is None:
        raise Refused("reason_needed")
    if frame.decision == "approve" and hand.room.state == Room.State.CLOSED:
        raise Refused("closed")


def _has_open_alert(message: Message) -> bool:
    return Alert.objects.filter(message=message, taken_by=None).exists()


def _settle(message: Message, hand: log.Hand, state: Message.State, reason: str, note: str) -> None:
    """The lock that decides who wins: only one update finds the message held."""
    won = Message.objects.filter(pk=message.pk, state=State.HELD).update(
        state=state,
        decided_by=hand.access.account,
        claimed_by=None,
        reason=reason,
        note=note,
    )
    if won != 1:
        raise Refused("decided")
    message.state = state


def _decided(hand: log.Hand, message: Message, note: str) -> dict[str, str]:
    return {
        "id": message.key,
        "state": message.state,
        "by": hand.member.handle,
        "note": note,
    }
