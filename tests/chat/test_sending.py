"""Writing to the room: what is kept, what is refused, and that a re-send changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chat import protocol
from chat.models import Alert, Entry, Message, Room, Stream
from chat.refusals import Refused
from tests.evening import ALERT, HOLD, Evening


def refused(evening: Evening, name: str, body: str = "hello", **fields: object) -> str:
    before = (
        Message.objects.count(),
        Entry.objects.count(),
        list(Stream.objects.values("name", "top")),
    )
    with pytest.raises(Refused) as caught:
        evening.send(name, body, **fields)
    after = (
        Message.objects.count(),
        Entry.objects.count(),
        list(Stream.objects.values("name", "top")),
    )
    assert after == before, "a refusal changed something"
    return caught.value.code


@pytest.mark.promise("L1", "L4")
def test_a_message_is_in_the_room_at_the_place_that_was_answered(evening: Evening) -> None:
    ok = evening.send("Robin", "hello everyone")
    assert ok.state == "published"
    assert ok.stream == "room"
    entry = evening.stream("room", ok.seq - 1)[0]
    assert isinstance(entry, protocol.Message)
    assert (entry.n, entry.body, entry.cid) == (ok.seq, "hello everyone", ok.cid)


@pytest.mark.promise("L2")
def test_a_re_send_gives_one_message_and_the_same_answer(evening: Evening) -> None:
    first = evening.send("Robin", "hello", cid="x")
    evening.send("Sky", "in between")
    assert evening.send("Robin", "hello", cid="x") == first
    assert Message.objects.filter(cid="x").count() == 1


@pytest.mark.promise("L2")
def test_a_re_send_of_a_held_message_gives_the_same_answer_after_approval(evening: Evening) -> None:
    first = evening.send("Robin", HOLD, cid="x")
    evening.decide("Maya", first.id, "approve")
    assert first.state == "held"
    assert evening.send("Robin", HOLD, cid="x") == first


@pytest.mark.promise("L2")
def test_the_same_cid_with_other_words_is_refused(evening: Evening) -> None:
    evening.send("Robin", "hello", cid="x")
    assert refused(evening, "Robin", "hello you", cid="x") == "same_cid"


@pytest.mark.promise("L2")
def test_a_cid_belongs_to_its_author(evening: Evening) -> None:
    evening.send("Robin", "hello", cid="x")
    assert evening.send("Sky", "hello", cid="x").state == "published"


@pytest.mark.promise("L9")
@pytest.mark.parametrize(
    ("body", "code"),
    [("", "empty"), ("  \n\u200b ", "empty"), ("a" * 1001, "too_long")],
)
def test_words_that_do_not_fit_are_refused(evening: Evening, body: str, code: str) -> None:
    assert refused(evening, "Robin", body) == code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u0000b", "ab"),
        ("abc \u202edef", "abc def"),
        ("e" + "\u0301" * 300, "\u00e9" + "\u0301" * 4),
        ("\U0001f469\u200d\U0001f467 ok", "\U0001f469\u200d\U0001f467 ok"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
    ],
)
def test_only_text_is_kept(evening: Evening, typed: str, kept: str) -> None:
    evening.send("Robin", typed)
    assert evening.snapshot("Sky").messages[0].body == kept


@pytest.mark.promise("L9")
def test_the_eleventh_message_in_ten_seconds_is_refused(evening: Evening) -> None:
    for number in range(10):
        evening.send("Robin", f"line {number}")
    assert refused(evening, "Robin") == "too_fast"
    evening.wait(seconds=11)
    assert evening.send("Robin", "hello").state == "published"


@pytest.mark.promise("H5")
def test_a_paused_room_takes_no_message(evening: Evening) -> None:
    evening.act("Jo", protocol.Pause(cid="p"))
    assert refused(evening, "Robin") == "paused"


@pytest.mark.promise("H5")
def test_a_room_without_its_adults_takes_no_message_before_any_clock_has_noticed(
    evening: Evening,
) -> None:
    evening.now += timedelta(seconds=16)
    assert Room.objects.get().state == "open"
    assert refused(evening, "Robin") == "paused"


@pytest.mark.promise("H5")
def test_one_adult_with_two_devices_is_one_adult(evening: Evening) -> None:
    evening.now += timedelta(seconds=16)
    evening.hear("Maya", "Maya")
    assert refused(evening, "Robin") == "paused"


def test_words_of_danger_that_a_pause_refuses_show_help(evening: Evening) -> None:
    evening.act("Jo", protocol.Pause(cid="p"))
    with pytest.raises(Refused) as caught:
        evening.send("Robin", ALERT)
    assert caught.value.care


def test_before_the_room_opens_and_after_it_closed(db: None) -> None:
    from tests.evening import make_evening

    evening = make_evening(opened=False)
    evening.enter("Robin")
    assert refused(evening, "Robin") == "not_open"
    evening.open()
    evening.act("Maya", protocol.Close(cid="z"))
    assert refused(evening, "Robin") == "closed"


def test_somebody_muted_reads_only_but_has_the_private_line(evening: Evening) -> None:
    evening.act("Maya", protocol.Mute(cid="m", who=evening.member("Robin").handle, minutes=5))
    assert refused(evening, "Robin") == "muted"
    assert evening.send("Robin", "can we talk", to="line").stream == evening.seat("Robin")
    evening.wait(minutes=5, seconds=1)
    assert evening.send("Robin", "back again").state == "published"


@pytest.mark.promise("H4")
def test_somebody_who_left_cannot_post(evening: Evening) -> None:
    evening.put_out("Robin")
    assert refused(evening, "Robin") == "left"


@pytest.mark.promise("H4")
def test_a_stay_that_ended_cannot_post_although_the_person_is_back(evening: Evening) -> None:
    old = evening.stays["Robin"]
    evening.put_out("Robin")
    evening.enter("Robin")
    evening.stays["Robin"] = old
    assert refused(evening, "Robin") == "left"


@pytest.mark.promise("G1")
def test_an_alert_is_committed_with_its_message(evening: Evening) -> None:
    ok = evening.send("Robin", ALERT)
    assert ok.state == "held"
    alert = Alert.objects.get()
    assert alert.message.key == ok.id
    assert alert.taken_by is None


@pytest.mark.promise("G1")
def test_an_alert_in_the_private_line_is_never_held(evening: Evening) -> None:
    ok = evening.send("Robin", ALERT, to="line")
    assert ok.state == "published"
    assert Alert.objects.get().message.key == ok.id


@pytest.mark.promise("H5")
def test_the_private_line_is_open_while_paused_and_just_closed(evening: Evening) -> None:
    evening.act("Jo", protocol.Pause(cid="p"))
    assert evening.send("Robin", "are you there", to="line").state == "published"
    evening.act("Maya", protocol.Close(cid="z"))
    evening.wait(minutes=59)
    assert evening.send("Robin", "one more thing", to="line").state == "published"
    evening.wait(minutes=2)
    assert refused(evening, "Robin", to="line") == "closed"


def test_a_reply_names_a_message_that_was_in_the_room(evening: Evening) -> None:
    first = evening.send("Robin", "hello")
    held = evening.send("Sky", HOLD)
    answer = evening.send("Ash", "hello you", reply_to=first.id)
    entry = evening.stream("room", answer.seq - 1)[0]
    assert isinstance(entry, protocol.Message)
    assert entry.reply_to == first.id
    assert refused(evening, "Ash", reply_to=held.id) == "missing"


def test_a_message_that_was_sent_back_can_be_replaced_once(evening: Evening) -> None:
    held = evening.send("Robin", HOLD)
    evening.decide("Maya", held.id, "send_back", note="without the name please")
    new = evening.send("Robin", "hello there", replaces=held.id)
    assert new.state == "published"
    assert refused(evening, "Robin", replaces=held.id) == "missing"
    assert refused(evening, "Sky", replaces=held.id) == "missing"


@pytest.mark.promise("H6")
def test_a_held_message_moves_no_stream_of_anybody_else(evening: Evening) -> None:
    before = evening.snapshot("Sky")
    evening.send("Robin", HOLD)
    assert evening.snapshot("Sky") == before


def test_staff_write_to_a_private_line_by_handle(evening: Evening) -> None:
    ok = evening.send("Maya", "how are you tonight", to="line", seat=evening.member("Robin").handle)
    assert ok.stream == evening.seat("Robin")
    assert refused(evening, "Maya", to="line", seat="nobody") == "missing"
    assert refused(evening, "Maya", to="line") == "missing"


@pytest.mark.promise("L10")
def test_order_and_content_depend_on_no_clock(evening: Evening) -> None:
    first = evening.send("Robin", "said first")
    evening.now -= timedelta(hours=3)
    evening.hear("Maya", "Jo")
    second = evening.send("Sky", "said second")
    assert second.seq == first.seq + 1
    assert [m.body for m in evening.snapshot("Ash").messages] == ["said first", "said second"]
