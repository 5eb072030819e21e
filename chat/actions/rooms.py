"""Open, pause and close a room (M1)."""

from __future__ import annotations

from chat import protocol
from chat.actions.presence import has_adults, turn_room
from chat.log import Hand
from chat.models import Alert, Room
from chat.refusals import Refused
from people import audit


def open_room(hand: Hand, frame: protocol.Open) -> None:
    """Take messages from now on. Refused ``adults_needed``, ``closed``."""
    _refuse_if_closed(hand)
    if not has_adults(hand.room, hand.now):
        raise Refused("adults_needed")
    _turn(hand, Room.State.OPEN, why="")


def pause_room(hand: Hand, frame: protocol.Pause) -> None:
    """Take no room message until somebody opens the room again. Refused ``closed``."""
    _refuse_if_closed(hand)
    if hand.room.state == Room.State.LOBBY:
        raise Refused("not_open")
    _turn(hand, Room.State.PAUSED, why="staff")


def close_room(hand: Hand, frame: protocol.Close) -> None:
    """End the evening. Refused ``alert_open`` while an alert waits for somebody."""
    _refuse_if_closed(hand)
    if Alert.objects.filter(room=hand.room, taken_by=None).exists():
        raise Refused("alert_open")
    _turn(hand, Room.State.CLOSED, why="staff")


def _refuse_if_closed(hand: Hand) -> None:
    if hand.room.state == Room.State.CLOSED:
        raise Refused("closed")


def _turn(hand: Hand, state: Room.State, *, why: str) -> None:
    if (hand.room.state, hand.room.why) == (state, why):
        return
    turn_room(hand, state, why=why)
    audit.record(hand.access.person, f"room.{state.value}", hand.room.pk)
