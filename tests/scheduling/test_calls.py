"""The ticks of tonight: rooms without adults, alerts that nobody takes, and the mail to on-call."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from chat.models import Alert, Room
from courses.models import Shift
from people.models import Account
from scheduling import tasks
from tests.evening import ALERT, Evening, make_evening

TOPIC = ("waymark", "harm", "alert", "room", "course", "session")


@pytest.fixture
def evening(db: None) -> Evening:
    evening = make_evening(opened=False)
    evening.now = timezone.now()
    Account.objects.filter(name="Ines").update(email="ines@example.org")
    evening.enter("Maya", "Jo", "Robin")
    evening.open()
    return evening


@pytest.mark.promise("H5")
def test_a_room_that_lost_its_adults_pauses_and_somebody_is_called_once(evening: Evening) -> None:
    tasks.look_after_rooms()
    assert Room.objects.get().state == "open"
    evening.now -= timedelta(seconds=30)
    evening.hear("Maya", "Jo")
    tasks.look_after_rooms()
    tasks.look_after_rooms()
    assert Room.objects.get().state == "paused"
    assert [message.to for message in mail.outbox] == [["ines@example.org"]]


@pytest.mark.promise("G1")
def test_an_alert_that_nobody_took_calls_at_every_step(evening: Evening) -> None:
    evening.send("Robin", ALERT)
    tasks.escalate_alerts()
    assert mail.outbox == []
    Alert.objects.update(made_at=timezone.now() - timedelta(seconds=61))
    tasks.escalate_alerts()
    tasks.escalate_alerts()
    assert len(mail.outbox) == 1


@pytest.mark.promise("J5")
def test_a_call_says_nothing_about_why(evening: Evening) -> None:
    evening.send("Robin", ALERT)
    Alert.objects.update(made_at=timezone.now() - timedelta(seconds=61))
    tasks.escalate_alerts()
    text = f"{mail.outbox[0].subject} {mail.outbox[0].body}".casefold()
    assert [word for word in (*TOPIC, "robin") if word in text] == []


def test_who_is_on_call_for_the_session_comes_before_the_leads(evening: Evening) -> None:
    dev = Account.objects.get(name="Dev")
    Account.objects.filter(pk=dev.pk).update(email="dev@example.org")
    Shift.objects.create(session=evening.room.session, account=dev, post=Shift.Post.ON_CALL)
    evening.send("Robin", ALERT)
    Alert.objects.update(made_at=timezone.now() - timedelta(seconds=61))
    tasks.escalate_alerts()
    assert mail.outbox[0].to == ["dev@example.org"]
