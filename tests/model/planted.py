"""Bugs to plant: each replaces one function of the room by a broken one for a while.

A check that never fails proves nothing: each of these must be caught, by a stored example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from chat import log, protocol
from chat.access import Access
from chat.actions import alerts, decisions, messages
from chat.held import words_of
from chat.models import Message
from tests.model.faults import replaced

Bug = Callable[[], AbstractContextManager[None]]


@contextmanager
def held_words_beside_the_log() -> Iterator[None]:
    """The words of a held message also stand in the table that the room is read from."""
    whole = messages._hold

    def hold(hand: log.Hand, message: Message, body: str, verdict: Any) -> None:
        whole(hand, message, body, verdict)
        Message.objects.filter(pk=message.pk).update(body=body)

    with replaced(messages, "_hold", hold):
        yield


@contextmanager
def held_message_tells_the_room() -> Iterator[None]:
    """A held message raises the counter of the room."""
    whole = messages._hold

    def hold(hand: log.Hand, message: Message, body: str, verdict: Any) -> None:
        whole(hand, message, body, verdict)
        hand.write(protocol.ROOM, "message", message)

    with replaced(messages, "_hold", hold):
        yield


@contextmanager
def counter_skips() -> Iterator[None]:
    """The desk's counter is raised twice for its fourth entry."""
    whole = log._raise_counter

    def raise_counter(room_id: str, name: str) -> tuple[int, int]:
        raised = whole(room_id, name)
        skips = name == protocol.DESK and raised[1] == 4
        return whole(room_id, name) if skips else raised

    with replaced(log, "_raise_counter", raise_counter):
        yield


@contextmanager
def second_decision_wins() -> Iterator[None]:
    """A decision does not ask whether the message is still held."""
    find = decisions._find

    def always_held(hand: log.Hand, key: str) -> Message:
        message = find(hand, key)
        message.state = Message.State.HELD
        return message

    def settle(
        message: Message, hand: log.Hand, state: Message.State, reason: str, note: str
    ) -> None:
        by = hand.access.account
        Message.objects.filter(pk=message.pk).update(
            state=state, decided_by=by, claimed_by=None, reason=reason, note=note
        )
        message.state = state

    with replaced(decisions, "_find", always_held), replaced(decisions, "_settle", settle):
        yield


@contextmanager
def other_words_are_published() -> Iterator[None]:
    """A decision does not ask whether the words are those that were on the screen."""
    whole = decisions._refuse_decision

    def refuse(hand: log.Hand, message: Message, held: Any, frame: protocol.Decide) -> None:
        held.sha = frame.sha
        whole(hand, message, held, frame)

    with replaced(decisions, "_refuse_decision", refuse):
        yield


@contextmanager
def exclusion_stays_untold() -> Iterator[None]:
    """The end of a stay is not written to the stream of the seat."""
    whole = log.Pen.write

    def write(pen: log.Pen, stream: str, kind: str, *rest: Any, **data: Any) -> int:
        if kind == "left" and stream.startswith(protocol.SEAT_PREFIX):
            return 0
        return whole(pen, stream, kind, *rest, **data)

    with replaced(log.Pen, "write", write):
        yield


@contextmanager
def stay_is_not_asked() -> Iterator[None]:
    """A socket of an ended stay may act as soon as its person is back."""
    whole = log.acting

    def acting(access: Access, stay: int | None, now: datetime) -> Any:
        return whole(access, None, now)

    with replaced(log, "acting", acting):
        yield


@contextmanager
def removal_keeps_the_words() -> Iterator[None]:
    """A message that was removed keeps its words in the room's table."""
    whole = messages.take_from_room

    def take(hand: log.Hand, message: Message, *rest: Any, **more: Any) -> None:
        whole(hand, message, *rest, **more)
        Message.objects.filter(pk=message.pk).update(body=words_of([message.pk])[message.pk])

    with replaced(decisions, "take_from_room", take):
        yield


@contextmanager
def re_send_is_stored_twice() -> Iterator[None]:
    """The same words with the same cid are one more message."""
    whole = messages.send

    def send(
        access: Access, frame: protocol.Send, now: datetime, stay: int | None = None
    ) -> protocol.Ok:
        if Message.objects.filter(cid=frame.cid).exists():
            frame.cid = f"{frame.cid}-again"
        return whole(access, frame, now, stay)

    with replaced(messages, "send", send):
        yield


@contextmanager
def adults_are_not_asked() -> Iterator[None]:
    """The room takes messages although nobody is there."""
    with replaced(messages, "has_adults", lambda room, now: True):
        yield


@contextmanager
def alert_is_forgotten() -> Iterator[None]:
    """Words of danger are held like any others."""
    with replaced(alerts, "raise_alert", lambda pen, message: None):
        yield


@contextmanager
def exit_is_not_one_act() -> Iterator[None]:
    """An exit is written piece by piece, so that a full disk leaves half of it."""

    @contextmanager
    def writing(room_id: str, now: datetime) -> Iterator[log.Pen]:
        yield log.Pen(log._lock(room_id), now)

    with replaced(log, "writing", writing):
        yield


# The bug with the promise that it breaks.
BUGS: dict[str, tuple[str, Bug]] = {
    "held_words_beside_the_log": ("H1", held_words_beside_the_log),
    "held_message_tells_the_room": ("H6", held_message_tells_the_room),
    "counter_skips": ("L4", counter_skips),
    "second_decision_wins": ("H2", second_decision_wins),
    "other_words_are_published": ("H2", other_words_are_published),
    "exclusion_stays_untold": ("H4", exclusion_stays_untold),
    "stay_is_not_asked": ("H4", stay_is_not_asked),
    "removal_keeps_the_words": ("H3", removal_keeps_the_words),
    "re_send_is_stored_twice": ("L2", re_send_is_stored_twice),
    "adults_are_not_asked": ("H5", adults_are_not_asked),
    "alert_is_forgotten": ("G1", alert_is_forgotten),
    "exit_is_not_one_act": ("L9", exit_is_not_one_act),
}
