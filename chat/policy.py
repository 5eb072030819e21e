"""Who may send which frame, and what it does: the one table behind both doors (W2).

The socket and plain HTTP call `carry_out`; neither holds a rule of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error as DatabaseError

from chat import log, protocol
from chat.access import Access, NotHere
from chat.actions import alerts, decisions, members, messages, rooms
from chat.refusals import Refused
from people.models import Role

YOUNG = frozenset({"young"})
STAFF = frozenset({Role.VOLUNTEER, Role.COUNSELLOR, Role.LEAD, Role.DEPUTY})
SENIOR = frozenset(alerts.MAY_TAKE)


@dataclass(frozen=True)
class Rule:
    """Which roles may send a frame, and the action it calls."""

    roles: frozenset[str]
    action: Callable[[log.Hand, Any], None] | None


RULES: dict[type[protocol.Act], Rule] = {
    protocol.Send: Rule(YOUNG | STAFF, None),
    protocol.Withdraw: Rule(YOUNG | STAFF, messages.withdraw),
    protocol.Open: Rule(STAFF, rooms.open_room),
    protocol.Pause: Rule(STAFF, rooms.pause_room),
    protocol.Close: Rule(STAFF, rooms.close_room),
    protocol.Claim: Rule(STAFF, decisions.claim),
    protocol.Decide: Rule(STAFF, decisions.decide),
    protocol.Remove: Rule(STAFF, decisions.remove),
    protocol.Mute: Rule(STAFF, members.mute),
    protocol.Acknowledge: Rule(SENIOR, alerts.acknowledge),
}


def carry_out(
    access: Access, frame: protocol.Act, now: datetime, stay: int | None = None
) -> protocol.Ok | protocol.Done:
    """Do what a frame asks, for this person, now. Raises `Refused`; then nothing has changed.

    ``stay`` is the stay of the connection it came by; over HTTP there is none.
    """
    rule = RULES[type(frame)]
    if access.role not in rule.roles:
        raise Refused("not_allowed")
    try:
        return _act(access, frame, rule, now, stay)
    except NotHere:
        raise Refused("left") from None
    except DatabaseError:
        # Full disk, lost database: say so, so that the words stay with whoever typed them (L9).
        raise Refused("unavailable") from None


def _act(
    access: Access, frame: protocol.Act, rule: Rule, now: datetime, stay: int | None
) -> protocol.Ok | protocol.Done:
    if isinstance(frame, protocol.Send):
        return messages.send(access, frame, now, stay)
    assert rule.action is not None
    with log.acting(access, stay, now) as hand:
        if hand.access.role not in rule.roles:
            raise Refused("not_allowed")
        rule.action(hand, frame)
    return protocol.Done(frame.cid)
