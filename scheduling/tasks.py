"""What ticks: each task asks the database what is due and does it; running one twice is harmless.

Tasks take no arguments but opaque ids, so that nothing about anybody lies in a broker (I4).
"""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from chat.actions import alerts, presence
from chat.models import Room
from scheduling import calls

TICK_SECONDS = 5.0


@shared_task(ignore_result=True)
def look_after_rooms() -> None:
    """Pause open rooms without their adults, also those that no process is serving (H5)."""
    now = timezone.now()
    for room_id in Room.objects.exclude(state=Room.State.CLOSED).values_list("pk", flat=True):
        if presence.look(room_id, now)[1]:
            presence.tend(room_id, now)
    calls.call_for_paused_rooms(now)


@shared_task(ignore_result=True)
def escalate_alerts() -> None:
    """Raise every alert that nobody has taken in time, and call for somebody (G1)."""
    for alert_id in alerts.escalate(timezone.now()):
        calls.call_for_alert(alert_id)


SCHEDULE = {
    "look-after-rooms": {"task": look_after_rooms.name, "schedule": TICK_SECONDS},
    "escalate-alerts": {"task": escalate_alerts.name, "schedule": TICK_SECONDS},
}
