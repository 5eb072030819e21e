"""Scripted people in a real room, on a clock that only moves when a test says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from chat import protocol
from chat.models import Alert, Message, Room
from chat.practice.company import PREFIX, Company
from chat.practice.inside import Inside
from chat.practice.player import Player
from chat.practice.script import Script, load_script
from tests.evening import YOUNG, Evening, make_evening
from tests.practice.scripts import small_script

NAMES = (*YOUNG, "Maya", "Jo")
State = Message.State


class Run:
    """A company in an evening, second by second."""

    def __init__(self, evening: Evening, script: Script, **options: object) -> None:
        self.evening = evening
        cast = {who: evening.people[name] for who, name in enumerate(NAMES, start=1)}
        self.door = Inside(evening.room.pk, cast)
        keys = self.door.said()
        player = Player(script, names=NAMES, said=frozenset(keys), **options)  # type: ignore[arg-type]
        for who in cast:
            self.door.enter(who, evening.now)
        self.company = Company(player, self.door, evening.now, keys)
        self.company.begin(player.before())

    def run(self, seconds: int) -> None:
        """Let this much time pass; the adults stay."""
        for _ in range(seconds):
            self.evening.wait(seconds=1)
            self.company.step(self.evening.now)

    def key(self, cid: str) -> str:
        return self.message(cid).key

    def message(self, cid: str) -> Message:
        return Message.objects.get(room=self.evening.room, cid=PREFIX + cid)

    def bodies(self) -> list[str]:
        """What the room shows, in its order."""
        shown = Message.objects.filter(room=self.evening.room, line=None, state=State.PUBLISHED)
        return list(shown.order_by("room_seq").values_list("body", flat=True))


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()


@pytest.fixture
def small(evening: Evening) -> Run:
    return Run(evening, small_script())


def test_within_a_minute_the_desk_has_held_lines_and_one_alert(evening: Evening) -> None:
    run = Run(evening, load_script("week-three"))
    run.run(60)
    held = Message.objects.filter(room=evening.room, state=State.HELD)
    assert held.filter(level="hold").count() >= 5
    assert held.filter(level="alert").count() == 1
    assert Alert.objects.get(room=evening.room).taken_by is None
    desk = evening.snapshot("Maya").desk
    assert desk is not None
    assert len([item for item in desk.items if item.state == "held"]) == held.count()
    assert len(run.bodies()) >= 12
    peers = "\n".join(message.body or "" for message in evening.snapshot("Ash").messages)
    assert "otterly" not in peers
    assert "goodbye" not in peers


def test_what_was_said_before_lies_a_minute_or_two_back(evening: Evening) -> None:
    Run(evening, load_script("week-three"))
    times = list(Message.objects.order_by("pk").values_list("made_at", flat=True))
    assert times == sorted(times)
    assert timedelta(seconds=40) < evening.now - times[0] < timedelta(seconds=180)
    assert times[-1] <= evening.now


def test_a_reply_names_the_line_that_it_answers(small: Run) -> None:
    reply = small.message("e1").reply_to
    assert reply is not None
    assert reply.key == small.key("e0")


def test_a_line_that_is_sent_back_is_written_again(small: Run) -> None:
    small.run(20)
    small.evening.decide("Maya", small.key("e2"), "send_back")
    small.run(25)
    again = small.message("e2-edit")
    assert (again.body, again.state) == ("hope your week is kind", State.PUBLISHED)
    assert again.replaces is not None
    assert again.replaces.key == small.key("e2")


def test_a_line_that_is_declined_is_let_go(small: Run) -> None:
    small.run(20)
    small.evening.decide("Maya", small.key("e2"), "decline")
    small.run(60)
    assert not Message.objects.filter(cid__endswith="-edit").exists()


def test_a_counsellor_is_answered_in_the_private_line(small: Run) -> None:
    small.run(5)
    small.evening.send(
        "Maya", "Are you all right?", to="line", seat=small.evening.member("Ash").handle
    )
    small.run(30)
    lines = Message.objects.filter(line=small.evening.member("Ash")).order_by("pk")
    assert [line.body for line in lines] == ["Are you all right?", "ok, sorry"]


def test_a_remark_of_staff_is_answered_by_name(small: Run) -> None:
    answers = {"thanks maya", "ok"}
    for _ in range(8):
        small.evening.send("Maya", "Take your time.")
        small.run(45)
    assert answers & set(small.bodies())


def test_words_of_a_real_person_silence_whoever_played_them(small: Run) -> None:
    small.run(2)
    small.evening.send("Wren", "hi, this is really me")
    small.run(60)
    wren = Message.objects.filter(author=small.evening.member("Wren"))
    assert [message.body for message in wren] == ["hi, this is really me"]


def test_a_pause_is_waited_out_and_nothing_is_lost(small: Run) -> None:
    small.run(8)
    said = len(small.bodies())
    small.evening.act("Maya", protocol.Pause(cid=small.evening.cid()))
    small.run(60)
    assert len(small.bodies()) == said
    small.evening.act("Maya", protocol.Open(cid=small.evening.cid()))
    small.run(60)
    written = [line.filled(NAMES).text for line in small_script().evening if not line.tag]
    assert small.bodies()[: len(written)] == written


def test_whoever_is_muted_lets_the_line_go(small: Run) -> None:
    wren = small.evening.member("Wren").handle
    small.evening.act("Maya", protocol.Mute(cid=small.evening.cid(), who=wren, minutes=5))
    small.run(60)
    assert "hello" not in small.bodies()
    assert "Welcome, everybody." in small.bodies()


def test_whoever_is_put_out_falls_silent(small: Run) -> None:
    small.evening.put_out("Wren", "removed")
    small.run(60)
    assert "hello" not in small.bodies()
    assert "Welcome, everybody." in small.bodies()


def test_an_evening_that_is_over_has_no_more_lines(small: Run) -> None:
    small.evening.act("Maya", protocol.Close(cid=small.evening.cid()))
    said = len(small.bodies())
    small.run(60)
    assert len(small.bodies()) == said
    assert Room.objects.get(pk=small.evening.room.pk).state == Room.State.CLOSED


def test_a_second_run_in_the_same_room_repeats_nothing(small: Run) -> None:
    small.run(15)
    again = Run(small.evening, small_script(), seed=4, run="b")
    again.run(30)
    cids = list(Message.objects.order_by("pk").values_list("cid", flat=True))
    assert cids[:6] == [f"{PREFIX}e{at}" for at in range(6)]
    assert len(set(again.bodies())) == len(again.bodies())


def test_a_quiet_step_asks_the_database_once(
    small: Run, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small.run(120)
    now = small.evening.now
    small.company.step(now)
    with django_assert_num_queries(1):
        small.company.step(now)
