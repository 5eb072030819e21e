"""Many at once, on a database file: one decision wins, streams have no gap, an exit ends it."""

from __future__ import annotations

import pytest

from chat import protocol
from chat.actions import members
from chat.models import Entry, Message
from people import audit
from tests.evening import START, YOUNG, Evening
from tests.model.races import (
    at_once,
    carry,
    copies,
    counters_look_before_they_leap,
    decide_at_once,
    decisions_look_before_they_leap,
    faults_of_streams,
    write_at_once,
)


@pytest.mark.promise("H2")
def test_exactly_one_of_eight_decisions_wins(tonight: Evening) -> None:
    for number in range(9):
        assert decide_at_once(tonight, number).faults() == []
    assert audit.verify() is None


@pytest.mark.promise("H2")
def test_without_the_lock_more_than_one_decision_wins(tonight: Evening) -> None:
    with decisions_look_before_they_leap(deciders=6):
        assert "6 decisions won" in decide_at_once(tonight, 0, withdrawals=0).faults()


@pytest.mark.promise("L4", "L1")
def test_eight_who_write_at_once_make_streams_without_a_gap(tonight: Evening) -> None:
    results = write_at_once(tonight, YOUNG, each=20)
    assert faults_of_streams(results, expected=160) == []


@pytest.mark.promise("L4")
def test_without_the_lock_streams_break(tonight: Evening) -> None:
    with counters_look_before_they_leap(writers=8):
        results = write_at_once(tonight, YOUNG, each=2)
    assert faults_of_streams(results, expected=16) != []


@pytest.mark.promise("L2")
def test_eight_times_the_same_send_is_one_message(tonight: Evening) -> None:
    frame = protocol.Send("same", "said once")
    results = at_once([lambda: carry(tonight, "Robin", frame)] * 8)
    assert all(isinstance(result, protocol.Ok) and result == results[0] for result in results)
    assert copies("Robin") == []
    assert Message.objects.count() == 1


@pytest.mark.promise("H4")
def test_nothing_of_somebody_stands_after_their_exit(tonight: Evening) -> None:
    robin = tonight.member("Robin")

    def leave() -> object:
        members.put_out(tonight.room.pk, robin.pk, how="exit", now=START)
        return "gone"

    def write(cid: int) -> object:
        return [carry(tonight, "Robin", protocol.Send(f"{cid}-{n}", "still here")) for n in (1, 2)]

    at_once([leave, *(lambda cid=cid: write(cid) for cid in range(7))])
    room = Entry.objects.filter(stream__name="room")
    left = room.get(kind="left").seq
    assert not room.filter(kind="message", message__author=robin, seq__gt=left).exists()
    assert Message.objects.filter(room_seq__isnull=True).count() == 0
