"""The demo's scripted people: the room stays open, and real people take their places."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chat import policy, protocol
from chat.access import room_for
from chat.actions import members, presence
from chat.log import find_member
from chat.models import Member, Message, Room
from config.demo.company import Guests, Scripted
from config.demo.world import World, make_world
from people.models import Account, YoungPerson


class Demo:
    """The demo world, second by second."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.world: World = make_world(self.now)
        self.guests = Guests()
        self.scripted = Scripted(self.now, self.guests)

    @property
    def room(self) -> Room:
        return Room.objects.get(pk=self.world.room.pk)

    def young(self, nickname: str) -> YoungPerson:
        return next(seat.person for seat in self.world.seats if seat.nickname == nickname)

    def account(self, username: str) -> Account:
        return next(it for it in self.world.staff if it.username == username)

    def run(self, seconds: int, *desks: str) -> None:
        """Let time pass: these desks beat by themselves, and the ticks look after the room."""
        for second in range(seconds):
            self.now += timedelta(seconds=1)
            if second % 5 == 2:
                for username in desks:
                    presence.hear(self.room.pk, self.account(username).pk, self.now)
            self.scripted.step(self.now)
            presence.tend(self.room.pk, self.now)

    def said(self, nickname: str) -> int:
        return Message.objects.filter(author__seat__nickname=nickname).count()

    def states(self) -> list[str]:
        """Every state that the room was in since it was made, as its log has them."""
        entries = self.room.streams.get(name="room").entries.filter(kind="room").order_by("pk")
        return [entry.data["state"] for entry in entries]


@pytest.fixture
def demo(db: None) -> Demo:
    return Demo()


def heard(demo: Demo, username: str) -> datetime | None:
    return Member.objects.get(room=demo.room, account__username=username).heard_at


def test_eight_talk_and_two_adults_keep_the_room_open(demo: Demo) -> None:
    demo.run(40)
    assert demo.room.state == Room.State.OPEN
    assert demo.states() == []
    inside = Member.objects.filter(room=demo.room, inside=True)
    assert inside.filter(seat__isnull=False).count() == 8
    assert inside.filter(account__isnull=False).count() == 2
    assert Message.objects.filter(room=demo.room).count() > 15


def test_it_asks_the_database_little(demo: Demo) -> None:
    with CaptureQueriesContext(connection) as asked:
        for _ in range(60):
            demo.now += timedelta(seconds=1)
            demo.scripted.step(demo.now)
    assert len(asked) / 60 < 8


def test_the_scripted_adults_decide_nothing(demo: Demo) -> None:
    demo.run(60)
    assert Message.objects.filter(decided_by__isnull=False).count() == 0
    assert Message.objects.filter(claimed_by__isnull=False).count() == 0
    assert Message.objects.filter(alert__taken_by__isnull=False).count() == 0


def test_a_real_young_person_silences_the_one_in_their_place(demo: Demo) -> None:
    demo.run(5)
    demo.guests.add(demo.young("otter"))
    demo.run(1)
    before = demo.said("otter")
    demo.run(60)
    assert demo.said("otter") == before
    names = Message.objects.filter(body__icontains="otter").exclude(author__seat=None)
    assert names.exists()  # somebody said hello


def test_whoever_was_there_first_keeps_their_place(db: None) -> None:
    now = timezone.now()
    world = make_world(now)
    guests = Guests()
    guests.add(world.seats[3].person)
    Scripted(now, guests)
    assert not Message.objects.filter(author__seat=world.seats[3]).exists()
    assert not Member.objects.get(seat=world.seats[3]).inside


def test_a_scripted_beat_goes_on_until_the_real_desk_has_one(demo: Demo) -> None:
    demo.run(10)
    demo.guests.add(demo.account("maya"))
    demo.run(120)  # signed in, but the desk is not open yet
    assert demo.states() == []
    demo.run(60, "maya")
    assert demo.states() == []
    assert demo.room.state == Room.State.OPEN
    last = demo.scripted.beats.last[demo.account("maya").pk]
    assert last is not None
    assert demo.now - last > timedelta(seconds=50), "the real desk keeps its own"


def test_a_room_pauses_when_the_real_desk_goes(demo: Demo) -> None:
    demo.run(10)
    demo.guests.add(demo.account("maya"))
    demo.run(30, "maya")
    demo.run(20)
    assert demo.room.state == Room.State.PAUSED
    said = Message.objects.count()
    demo.run(30)
    assert Message.objects.count() == said
    demo.run(10, "maya")
    assert demo.room.state == Room.State.OPEN


def test_a_scripted_adult_comes_back_when_the_real_desk_stays_away(demo: Demo) -> None:
    demo.run(10)
    demo.guests.add(demo.account("maya"))
    demo.run(30, "maya")
    demo.run(30)
    assert demo.room.state == Room.State.PAUSED
    demo.run(45)
    assert demo.room.state == Room.State.OPEN


def test_a_facilitator_who_is_here_says_their_own_words(demo: Demo) -> None:
    demo.guests.add(demo.account("maya"))
    demo.guests.add(demo.account("jo"))
    demo.run(1)
    before = Message.objects.filter(author__account__isnull=False).count()
    demo.run(120, "maya", "jo")
    assert Message.objects.filter(author__account__isnull=False).count() == before


def test_the_next_run_goes_on_where_this_one_was(demo: Demo) -> None:
    demo.run(30)
    said = set(Message.objects.values_list("body", flat=True)) - {""}
    count = Message.objects.count()
    demo.now += timedelta(minutes=10)
    demo.scripted = Scripted(demo.now, Guests())
    assert Message.objects.count() == count
    demo.run(30)
    assert demo.room.state == Room.State.OPEN
    more = Message.objects.order_by("pk")[count:]
    assert more
    assert said.isdisjoint(message.body for message in more if message.body)


def test_a_room_that_was_paused_by_hand_is_open_in_the_next_run(demo: Demo) -> None:
    access = room_for(demo.account("maya"), demo.room.pk, demo.now)
    policy.carry_out(access, protocol.Pause(cid="pause"), demo.now)
    assert demo.room.state == Room.State.PAUSED
    demo.scripted = Scripted(demo.now + timedelta(minutes=30), Guests())
    assert demo.room.state == Room.State.OPEN


def test_whoever_may_not_come_back_is_left_out(demo: Demo) -> None:
    demo.run(5)
    member = find_member(room_for(demo.young("otter"), demo.room.pk, demo.now))
    assert member is not None
    members.put_out(demo.room.pk, member.pk, how="removed", now=demo.now)
    Member.objects.filter(pk=member.pk).update(barred=True)
    before = demo.said("otter")
    demo.scripted = Scripted(demo.now, Guests())
    demo.run(40)
    assert demo.said("otter") == before
