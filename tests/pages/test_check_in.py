"""``POST /rooms/<room>/check-in``: kept for the counsellors, and never in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse

from chat.models import Alert, Member, Message, Room
from courses.models import CheckIn, Seat, Session
from tests.evening import ALERT, START, Evening
from tests.pages.conftest import Door


def send(door: Door, who: str | None, evening: Evening, **fields: object) -> HttpResponse:
    path = f"/rooms/{evening.room.pk}/check-in"
    return door(who).post(path, {"agree": "yes"} | fields)  # type: ignore[return-value]


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize("who", ["half", "Stranger", "Maya", "Noor", "Ines", "Olu"])
def test_nobody_else_checks_in(door: Door, evening: Evening, who: str) -> None:
    assert send(door, who, evening, mood=3).status_code == 404
    assert CheckIn.objects.count() == 0


def test_somebody_who_is_signed_out_comes_back_first(door: Door, evening: Evening) -> None:
    assert send(door, None, evening, mood=3).headers["Location"] == "/come-back"
    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize("mood", ["0", "6", "x", "3.0", "٣", " 3", "-1"])
def test_a_mood_that_is_none_is_refused(door: Door, evening: Evening, mood: str) -> None:
    assert send(door, "Robin", evening, mood=mood).status_code == 400
    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"agree_not": "", "mood": 3, "words": "zebra"}, "tick the box under it"),
        ({"mood": 3, "words": "zebra" + "x" * 300}, "a bit longer than 300 letters"),
        ({"words": "zebra"}, "pick the face that fits best"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    door: Door, evening: Evening, fields: dict[str, object], says: str
) -> None:
    client = door("Robin")
    agree = {} if "agree_not" in fields else {"agree": "yes"}
    answer = client.post(f"/rooms/{evening.room.pk}/check-in", agree | fields)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert b"zebra" in answer.content
    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize("state", ["closed", "lobby"])
def test_there_is_no_check_in_while_there_is_no_way_in(
    door: Door, evening: Evening, state: str
) -> None:
    Room.objects.all().update(state=state, state_at=START)
    Session.objects.update(date=(START + timedelta(days=2)).date())
    answer = send(door, "Robin", evening, mood=3)
    assert answer.headers["Location"] == f"/rooms/{evening.room.pk}/lobby"
    assert CheckIn.objects.count() == 0


def test_it_takes_a_form_only(door: Door, evening: Evening) -> None:
    assert door("Robin").get(f"/rooms/{evening.room.pk}/check-in").status_code == 405


# ---------------------------------------------------------------- going in


@pytest.mark.parametrize("fields", [{}, {"mood": 3}, {"mood": 5, "words": "  "}])
def test_nothing_but_the_agreement_is_needed(
    door: Door, evening: Evening, fields: dict[str, object]
) -> None:
    answer = send(door, "Robin", evening, **fields)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/rooms/{evening.room.pk}"
    assert CheckIn.objects.count() == ("mood" in fields)
    assert Seat.objects.get(nickname="Robin").agreed_version == 1


def test_two_clicks_are_one_check_in(door: Door, evening: Evening) -> None:
    client = door("Robin")
    for _ in range(2):
        client.post(f"/rooms/{evening.room.pk}/check-in", {"agree": "1", "mood": 1, "words": "hm"})
    assert CheckIn.objects.count() == 1
    assert Message.objects.filter(line__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("mood", "words", "told"), [(5, "", 0), (3, "", 0), (2, "", 1), (4, "hm", 1)]
)
def test_a_low_mood_or_words_stand_in_the_private_line(
    door: Door, evening: Evening, mood: int, words: str, told: int
) -> None:
    send(door, "Robin", evening, mood=mood, words=words)
    lines = Message.objects.filter(line__seat__nickname="Robin")
    assert lines.count() == told
    assert all(words in line.body for line in lines)


@pytest.mark.promise("H1", "H6")
def test_the_room_never_sees_it(door: Door, evening: Evening) -> None:
    evening.enter("Sky")
    send(door, "Robin", evening, mood=1, words="zebra crossing")
    assert "zebra" in str(evening.snapshot("Maya"))
    assert "zebra" not in str(evening.snapshot("Sky"))


@pytest.mark.promise("G1", "H5")
@pytest.mark.parametrize("state", ["lobby", "open", "paused"])
def test_words_of_danger_raise_an_alert_at_once(door: Door, evening: Evening, state: str) -> None:
    Room.objects.all().update(state=state)
    Member.objects.filter(seat__nickname="Robin").update(inside=False)
    send(door, "Robin", evening, mood=1, words=ALERT)
    alert = Alert.objects.get()
    assert alert.message.author.seat is not None
    assert alert.message.author.seat.nickname == "Robin"
    assert alert.taken_at is None


def test_a_check_in_of_somebody_who_was_removed_is_still_kept(door: Door, evening: Evening) -> None:
    evening.put_out("Robin", how="removed")
    Member.objects.filter(seat__nickname="Robin").update(barred=True)
    assert send(door, "Robin", evening, mood=1, words="sorry").status_code == 303
    assert CheckIn.objects.get().words == "sorry"
    assert Message.objects.count() == 0
