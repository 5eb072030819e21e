"""Alerts: raised with the message that caused them, open until a named person takes them (G1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from chat import log, protocol
from chat.models import Alert, Message
from chat.protocol import DESK
from chat.refusals import Refused
from people import audit
from people.models import Role

MAY_TAKE = frozenset({Role.COUNSELLOR, Role.LEAD, Role.DEPUTY})
STEPS = (timedelta(seconds=60), timedelta(minutes=3), timedelta(minutes=10))


def raise_alert(pen: log.Pen, message: Message) -> None:
    """Say on the desk that somebody may be in danger, in the message's own transaction."""
    alert = Alert(room=pen.room, message=message, made_at=pen.now, stepped_at=pen.now)
    alert.desk_seq = pen.write(DESK, "alert", message, alert=alert.key)
    alert.save()


def acknowledge(hand: log.Hand, frame: protocol.Acknowledge) -> None:
    """Take an alert by name. Refused ``missing``, ``decided`` when somebody has it."""
    found = Alert.objects.filter(room=hand.room, key=frame.alert)
    alert = found.first()
    if alert is None:
        raise Refused("missing")
    account = hand.access.account
    if found.filter(taken_by=None).update(taken_by=account, taken_at=hand.now) != 1:
        raise Refused("decided")
    hand.write(DESK, "acknowledged", alert=alert.key, by=hand.member.handle)
    audit.record(hand.access.person, "alert.take", alert.key)


def escalate(now: datetime) -> list[int]:
    """Raise the step of every open alert whose time has come; the ids of those raised.

    After 60 s, 3 min and 10 min from its start, then every 10 min without end.
    """
    return [alert.pk for alert in _waiting() if _step_up(alert, now)]


def is_due(alert: Alert, now: datetime) -> bool:
    """Whether nobody took this alert in the time of its present step."""
    if alert.step < len(STEPS):
        return now >= alert.made_at + STEPS[alert.step]
    return now >= alert.stepped_at + STEPS[-1]


def _waiting() -> list[Alert]:
    return list(Alert.objects.filter(taken_by=None).only("made_at", "stepped_at", "step", "room"))


def _step_up(alert: Alert, now: datetime) -> bool:
    if not is_due(alert, now):
        return False
    with log.writing(alert.room_id, now) as pen:
        same = Q(pk=alert.pk, step=alert.step, taken_by=None)
        raised = Alert.objects.filter(same).update(step=alert.step + 1, stepped_at=now)
        if raised:
            pen.write(DESK, "escalated", alert=alert.key, step=alert.step + 1)
    return bool(raised)
