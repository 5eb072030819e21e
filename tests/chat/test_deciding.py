"""The desk's decisions: exactly one wins, and what is published is what was read."""

from __future__ import annotations

import pytest

from chat import protocol
from chat.actions.messages import sha
from chat.held import HeldText
from chat.models import Message, Room
from chat.refusals import Refused
from tests.evening import ALERT, HOLD, Evening


def code(evening: Evening, name: str, frame: protocol.Act) -> str:
    before = [list(evening.room.streams.values_list("name", "top")), list(Message.objects.values())]
    with pytest.raises(Refused) as caught:
        evening.act(name, frame)
    after = [list(evening.room.streams.values_list("name", "top")), list(Message.objects.values())]
    assert after == before, "a refusal changed something"
    return caught.value.code


def decide(
    key: str, decision: protocol.Decision = "approve", body: str = HOLD, **more: object
) -> protocol.Decide:
    return protocol.Decide(cid="d", id=key, decision=decision, sha=sha(body), **more)  # type: ignore[arg-type]


@pytest.mark.promise("H2")
def test_approving_publishes_what_was_read(evening: Evening) -> None:
    held = evening.send("Robin", HOLD)
    top = evening.snapshot("Sky").tops["room"]
    evening.act("Jo", decide(held.id))
    entry = evening.stream("room", top)[0]
    assert isinstance(entry, protocol.Message)
    assert (entry.body, entry.cid, entry.n) == (HOLD, held.cid, top + 1)


@pytest.mark.promise("H2")
def test_other_words_than_those_read_are_not_published(evening: Evening) -> None:
    held = evening.send("Robin", HOLD)
    assert code(evening, "Jo", decide(held.id, body="something else")) == "changed"


@pytest.mark.promise("H2")
@pytest.mark.parametrize("first", ["approve", "decline", "send_back"])
@pytest.mark.parametrize("second", ["approve", "decline", "send_back"])
def test_exactly_one_decision_wins(
    evening: Evening, first: protocol.Decision, second: protocol.Decision
) -> None:
    held = evening.send("Robin", HOLD)
    evening.act("Maya", decide(held.id, first, reason="contact"))
    assert code(evening, "Jo", decide(held.id, second, reason="contact")) == "decided"


@pytest.mark.promise("H2")
def test_a_withdrawal_that_came_first_wins(evening: Evening) -> None:
    held = evening.send("Robin", HOLD)
    evening.act("Robin", protocol.Withdraw(cid="w", id=held.id))
    assert code(evening, "Jo", decide(held.id)) == "decided"


def test_declining_needs_a_reason(evening: Evening) -> None:
    held = evening.send("Robin", HOLD)
    assert code(evening, "Jo", decide(held.id, "decline")) == "reason_needed"


def test_a_volunteer_does_not_decide_an_alert(evening: Evening) -> None:
    held = evening.send("Robin", ALERT)
    assert code(evening, "Jo", decide(held.id, body=ALERT)) == "not_allowed"
    evening.act("Maya", decide(held.id, "decline", body=ALERT, reason="worrying"))
    assert evening.message(held.id).state == "declined"


@pytest.mark.promise("G1")
def test_words_of_danger_are_not_published_before_somebody_has_taken_them(evening: Evening) -> None:
    held = evening.send("Robin", ALERT)
    assert code(evening, "Maya", decide(held.id, body=ALERT)) == "alert_open"
    desk = evening.snapshot("Maya").desk
    assert desk is not None
    evening.act("Maya", protocol.Acknowledge(cid="a", alert=desk.alerts[0].id))
    evening.act("Maya", decide(held.id, body=ALERT))
    assert evening.message(held.id).state == "published"


def test_a_volunteer_does_not_take_an_alert_and_only_one_person_does(evening: Evening) -> None:
    evening.send("Robin", ALERT)
    desk = evening.snapshot("Maya").desk
    assert desk is not None
    take = protocol.Acknowledge(cid="a", alert=desk.alerts[0].id)
    assert code(evening, "Jo", take) == "not_allowed"
    evening.act("Maya", take)
    evening.enter("Ines")
    assert code(evening, "Ines", take) == "decided"


def test_an_evening_with_an_open_alert_does_not_close(evening: Evening) -> None:
    evening.send("Robin", ALERT)
    assert code(evening, "Maya", protocol.Close(cid="z")) == "alert_open"


def test_nothing_is_approved_into_a_closed_room(evening: Evening) -> None:
    held = evening.send("Robin", HOLD)
    evening.act("Maya", protocol.Close(cid="z"))
    assert code(evening, "Maya", decide(held.id)) == "closed"
    evening.act("Maya", decide(held.id, "send_back"))
    assert evening.message(held.id).state == "sent_back"


def test_a_claim_shows_who_reads_and_can_be_taken_over(evening: Evening) -> None:
    held = evening.send("Robin", HOLD)
    evening.act("Maya", protocol.Claim(cid="1", id=held.id))
    evening.act("Jo", protocol.Claim(cid="2", id=held.id))
    desk = evening.snapshot("Maya").desk
    assert desk is not None
    assert desk.items[0].claimed_by == evening.member("Jo").handle
    evening.act("Jo", protocol.Claim(cid="3", id=held.id, drop=True))
    desk = evening.snapshot("Maya").desk
    assert desk is not None
    assert desk.items[0].claimed_by is None


@pytest.mark.promise("H3")
def test_after_a_removal_nobody_reads_the_words_again(evening: Evening) -> None:
    sent = evening.send("Robin", "words that go away")
    evening.act("Jo", protocol.Remove(cid="r", id=sent.id, reason="unkind"))
    for name in ("Robin", "Sky"):
        shot = evening.snapshot(name)
        assert "go away" not in protocol.encode(shot).decode()
        streams = [evening.stream(stream) for stream in shot.tops]
        assert "go away" not in repr(streams)
    desk = evening.snapshot("Jo").desk
    assert desk is not None
    assert [(item.body, item.state) for item in desk.items] == [("words that go away", "removed")]


@pytest.mark.promise("H3")
def test_removing_twice_or_after_a_withdrawal_is_refused(evening: Evening) -> None:
    sent = evening.send("Robin", "hello")
    evening.act("Robin", protocol.Withdraw(cid="w", id=sent.id))
    assert code(evening, "Jo", protocol.Remove(cid="r", id=sent.id, reason="unkind")) == "decided"
    assert code(evening, "Jo", protocol.Remove(cid="r", id="nothing", reason="unkind")) == "missing"


@pytest.mark.promise("G2")
@pytest.mark.parametrize("words", ["hello there", HOLD])
def test_withdrawn_words_reach_the_desk(evening: Evening, words: str) -> None:
    sent = evening.send("Robin", words)
    evening.act("Robin", protocol.Withdraw(cid="w", id=sent.id))
    desk = evening.snapshot("Jo").desk
    assert desk is not None
    assert [(item.body, item.state, item.by) for item in desk.items] == [(words, "withdrawn", None)]


def test_to_the_counsellors_only_moves_words_into_the_private_line(evening: Evening) -> None:
    sent = evening.send("Robin", "hello there")
    for _twice in range(2):
        evening.act("Robin", protocol.Withdraw(cid="w", id=sent.id, to_line=True))
    own = evening.snapshot("Robin").own
    assert own is not None
    assert [(line.body, line.origin) for line in own.line] == [("hello there", sent.id)]
    assert evening.snapshot("Sky").messages[0].gone == "withdrawn"


def test_only_the_author_withdraws(evening: Evening) -> None:
    sent = evening.send("Robin", "hello")
    assert code(evening, "Sky", protocol.Withdraw(cid="w", id=sent.id)) == "missing"


def test_an_alert_stays_open_when_its_words_are_withdrawn(evening: Evening) -> None:
    sent = evening.send("Robin", ALERT)
    evening.act("Robin", protocol.Withdraw(cid="w", id=sent.id, to_line=True))
    desk = evening.snapshot("Maya").desk
    assert desk is not None
    assert [(alert.body, alert.by) for alert in desk.alerts] == [(ALERT, None)]


@pytest.mark.promise("H1")
def test_held_words_stand_in_no_table_that_peers_are_served_from(evening: Evening) -> None:
    canary = HOLD + " canary"
    held = evening.send("Robin", canary)
    assert HeldText.objects.get().body == canary
    assert evening.message(held.id).body == ""
    shot = evening.snapshot("Sky")
    assert "canary" not in protocol.encode(shot).decode()
    assert "canary" not in repr([evening.stream(name) for name in shot.tops])
    own = evening.snapshot("Robin")
    assert "canary" in protocol.encode(own).decode(), "its author may read it"


def test_staff_decide_while_the_room_is_paused(evening: Evening) -> None:
    held = evening.send("Robin", HOLD)
    evening.act("Jo", protocol.Pause(cid="p"))
    evening.act("Jo", decide(held.id))
    assert evening.message(held.id).state == "published"
    assert Room.objects.get().state == "paused"
