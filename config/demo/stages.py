"""The made-up evening at a chosen stage: just open, with words waiting at the desk, or over."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

from chat import policy, protocol
from chat.access import room_for
from chat.held import HeldText
from chat.models import Alert, Message, Room
from config.demo.company import Guests, Scripted
from config.demo.world import COHORT, TONIGHT
from people.models import Account

STAGES: Final = ("live", "held", "ended")
WAITING: Final = timedelta(seconds=70)
WHOLE: Final = timedelta(minutes=12)
STEP: Final = timedelta(seconds=2)
DECIDES: Final = "maya"


def play_to(stage: str, now: datetime) -> None:
    """Let the scripted people talk until the evening has come to this stage, now."""
    if stage == "held":
        _play(now - WAITING, now, decide=False)
    elif stage == "ended":
        _play(now - WHOLE, now, decide=True)
        _carry_out(protocol.Close(cid=_cid()), now)


def _play(start: datetime, end: datetime, *, decide: bool) -> None:
    scripted = Scripted(start, Guests())
    now = start
    while now < end:
        scripted.step(now)
        if decide:
            _decide_all(now)
        now += STEP


def _decide_all(now: datetime) -> None:
    """What a counsellor does with whatever waits: takes an alert, sends the rest back."""
    room = _room()
    for alert in Alert.objects.filter(room=room, taken_by=None):
        _carry_out(protocol.Acknowledge(cid=_cid(), alert=alert.key), now)
    waiting = Message.objects.filter(room=room, state=Message.State.HELD)
    for held in HeldText.objects.filter(message__in=waiting).select_related("message"):
        message = held.message
        danger = message.level == "alert"
        decide = protocol.Decide(
            cid=_cid(),
            id=message.key,
            decision="decline" if danger else "send_back",
            sha=held.sha,
            reason="worrying" if danger else None,
        )
        _carry_out(decide, now)


def _carry_out(frame: protocol.Act, now: datetime) -> None:
    account = Account.objects.get(username=DECIDES)
    policy.carry_out(room_for(account, _room().pk, now), frame, now)


def _room() -> Room:
    return Room.objects.get(session__cohort__name=COHORT, session__number=TONIGHT)


def _cid() -> str:
    return secrets.token_urlsafe(9)
