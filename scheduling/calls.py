"""Calling the adults who are on call: a short, neutral mail; what it is about is on the desk."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.mail import send_mail
from django.db.models import F, Q
from django.utils.translation import gettext as _

from chat.access import LEADS
from chat.models import Alert, Room
from courses.models import Shift
from people.models import Account

logger = logging.getLogger(__name__)


def call_for_paused_rooms(now: datetime) -> None:
    """Call once for each room that paused because its adults are gone."""
    waiting = Room.objects.filter(state=Room.State.PAUSED, why="adults")
    for room in waiting.exclude(called_at__gte=F("state_at")):
        claimed = Room.objects.filter(pk=room.pk, called_at=room.called_at).update(called_at=now)
        if claimed:
            call(on_call_for(room))


def call_for_alert(alert_id: int) -> None:
    """Call for an alert that nobody has taken; every step calls again."""
    alert = Alert.objects.select_related("room__session").get(pk=alert_id)
    call(on_call_for(alert.room))


def on_call_for(room: Room) -> list[Account]:
    """Who is called for this room: those on call for its session, or else lead and deputy."""
    active = Account.objects.filter(is_active=True)
    post = Q(shifts__session=room.session_id, shifts__post=Shift.Post.ON_CALL)
    return list(active.filter(post).distinct()) or list(active.filter(role__in=LEADS))


def call(accounts: list[Account]) -> None:
    """Send the mail. A relay that fails is noted; the desk and the next step go on calling."""
    addresses = [account.email for account in accounts if account.email]
    if not addresses:
        logger.error("call.nobody")
        return
    try:
        send_mail(
            _("You are needed"), _("Please sign in and look at your evenings."), None, addresses
        )
    except OSError:
        logger.exception("call.relay")
