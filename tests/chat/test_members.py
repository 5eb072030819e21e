"""Coming in, going out, and rooms that lose their adults."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import Model

from chat import protocol
from chat.access import NotHere, room_for, rooms_of, strangers_in
from chat.actions import members, presence
from chat.actions.alerts import escalate
from chat.models import Alert, Member, Room
from chat.refusals import Refused
from courses.models import Seat, Shift
from people.models import Account
from tests.evening import ALERT, Evening, make_evening


@pytest.mark.promise("H4")
def test_leaving_is_written_to_every_stream_the_person_follows(evening: Evening) -> None:
    seat = evening.seat("Robin")
    evening.put_out("Robin", "exit")
    handle = Member.objects.get(seat__nickname="Robin").handle
    for name in ("room", seat):
        last = evening.stream(name)[-1]
        assert isinstance(last, protocol.Left)
        assert last.who == handle
    told = evening.stream("desk")[-1]
    assert isinstance(told, protocol.How)
    assert told.how == "exit"


@pytest.mark.promise("H6")
def test_every_exclusion_looks_the_same_to_peers(evening: Evening) -> None:
    seen = []
    for how in ("exit", "signed_out", "removed", "expired", "over"):
        evening.enter("Robin")
        evening.put_out("Robin", how)
        entry = evening.stream("room")[-1]
        seen.append(protocol.encode(entry).replace(b'"n":%d' % entry.n, b""))
    assert len(set(seen)) == 1


def test_coming_in_twice_writes_once(evening: Evening) -> None:
    before = evening.snapshot("Sky").tops
    evening.enter("Robin")
    assert evening.snapshot("Sky").tops == before


def test_a_poll_that_goes_on_does_not_undo_an_exit(evening: Evening) -> None:
    evening.put_out("Robin")
    with pytest.raises(Refused):
        members.enter(evening.access("Robin"), evening.now, again=False)


def test_somebody_barred_does_not_come_back(evening: Evening) -> None:
    evening.put_out("Robin", "removed")
    Member.objects.filter(seat__nickname="Robin").update(barred=True)
    with pytest.raises(Refused):
        evening.enter("Robin")


@pytest.mark.parametrize("name", ["Noor", "Olu"])
def test_coordinators_and_operators_have_no_room(evening: Evening, name: str) -> None:
    with pytest.raises(NotHere):
        room_for(evening.people[name], evening.room.pk, evening.now)


def test_a_young_person_of_another_cohort_has_no_room_here(evening: Evening) -> None:
    other = make_evening(seats=1)
    with pytest.raises(NotHere):
        room_for(other.people["Robin"], evening.room.pk, evening.now)
    with pytest.raises(NotHere):
        room_for(None, evening.room.pk, evening.now)


def test_a_closed_room_can_be_read_again_for_a_day(evening: Evening) -> None:
    evening.act("Maya", protocol.Close(cid="z"))
    evening.now += timedelta(hours=23)
    assert evening.access("Robin").room == evening.room
    evening.now += timedelta(hours=2)
    with pytest.raises(NotHere):
        evening.access("Robin")


@pytest.mark.promise("H5")
def test_a_room_without_its_adults_pauses_and_comes_back_by_itself(evening: Evening) -> None:
    evening.now += timedelta(seconds=16)
    assert presence.look(evening.room.pk, evening.now)[1]
    presence.tend(evening.room.pk, evening.now)
    room = Room.objects.get()
    assert (room.state, room.why) == ("paused", "adults")
    evening.hear("Maya")
    presence.tend(evening.room.pk, evening.now)
    assert Room.objects.get().state == "paused", "one adult of two is not enough"
    evening.hear("Jo")
    presence.tend(evening.room.pk, evening.now)
    assert Room.objects.get().state == "open"


@pytest.mark.promise("H5", "L10")
def test_a_clock_that_is_set_back_keeps_no_room_open(evening: Evening) -> None:
    evening.now -= timedelta(hours=1)
    assert presence.adults_in(evening.room, evening.now).here == 0
    evening.hear("Maya", "Jo")
    assert presence.has_adults(evening.room, evening.now)


@pytest.mark.promise("H5")
def test_after_five_minutes_the_room_comes_back_by_hand_only(evening: Evening) -> None:
    evening.now += timedelta(seconds=16)
    presence.tend(evening.room.pk, evening.now)
    evening.now += timedelta(minutes=5, seconds=1)
    evening.hear("Maya", "Jo")
    presence.tend(evening.room.pk, evening.now)
    assert Room.objects.get().state == "paused"
    evening.act("Jo", protocol.Open(cid="o"))
    assert Room.objects.get().state == "open"


def test_a_pause_by_hand_stays(evening: Evening) -> None:
    evening.act("Jo", protocol.Pause(cid="p"))
    presence.tend(evening.room.pk, evening.now)
    assert Room.objects.get().state == "paused"


def test_a_room_does_not_open_without_its_adults(db: None) -> None:
    evening = make_evening(opened=False)
    evening.enter("Maya")
    evening.hear("Maya")
    with pytest.raises(Refused, match="adults_needed"):
        evening.act("Maya", protocol.Open(cid="o"))


def test_the_lead_on_call_counts_as_an_adult(evening: Evening) -> None:
    evening.enter("Ines")
    evening.now += timedelta(seconds=16)
    evening.hear("Ines", "Maya")
    assert presence.adults_in(evening.room, evening.now).here == 2


CHANGES: dict[str, tuple[type[Model], dict[str, object], dict[str, object]]] = {
    "seat ended": (Seat, {"nickname": "Robin"}, {"ended_at": "2026-11-17T19:00Z"}),
    "account shut": (Account, {"name": "Jo"}, {"is_active": False}),
    "checks lapsed": (Account, {"name": "Jo"}, {"checks_until": date(2026, 11, 16)}),
    "checks unknown": (Account, {"name": "Jo"}, {"checks_until": None}),
    "now a coordinator": (Account, {"name": "Jo"}, {"role": "coordinator"}),
}


@pytest.mark.promise("H4")
@pytest.mark.parametrize("change", CHANGES)
def test_who_may_not_stay_is_put_out_at_the_next_look(evening: Evening, change: str) -> None:
    model, whose, values = CHANGES[change]
    model._default_manager.filter(**whose).update(**values)
    presence.tend(evening.room.pk, evening.now)
    gone = Member.objects.get(inside=False, stay__gt=0)
    assert str(gone.seat or gone.account) == next(iter(whose.values()))


@pytest.mark.promise("H4")
def test_a_shift_that_is_taken_away_ends_the_stay(evening: Evening) -> None:
    Shift.objects.filter(account__name="Jo").delete()
    presence.tend(evening.room.pk, evening.now)
    assert not Member.objects.get(account__name="Jo").inside


def test_the_two_ways_to_ask_who_may_stay_agree(evening: Evening) -> None:
    evening.enter("Ines", "Dev")
    Account.objects.filter(name__in=["Jo", "Dev"]).update(checks_until=date(2026, 11, 1))
    Seat.objects.filter(nickname__in=["Sky"]).update(ended_at=evening.now)
    asked = {member.pk for member in strangers_in(evening.room, evening.now)}
    told = set()
    for member in Member.objects.filter(inside=True):
        person = member.seat.person if member.seat else member.account
        assert person is not None
        if not rooms_of(person, evening.now).filter(pk=evening.room.pk).exists():
            told.add(member.pk)
    assert len(asked) == 3
    assert asked == told


@pytest.mark.promise("G1")
def test_an_alert_that_nobody_takes_goes_on_and_on(evening: Evening) -> None:
    evening.send("Robin", ALERT)
    start, steps = evening.now, []
    for second in range(0, 40 * 60, 10):
        if escalate(start + timedelta(seconds=second)):
            steps.append(second)
    assert steps == [60, 180, 600, 1200, 1800]
    assert Alert.objects.get().step == 5


@pytest.mark.promise("G1")
def test_an_alert_that_was_taken_is_quiet(evening: Evening) -> None:
    evening.send("Robin", ALERT)
    evening.act("Maya", protocol.Acknowledge(cid="a", alert=Alert.objects.get().key))
    assert escalate(evening.now + timedelta(hours=1)) == []
