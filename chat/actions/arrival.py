"""Coming in from the lobby: the agreement, the check-in, and telling the counsellors of it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from chat import policy, protocol
from chat.access import Access, NotHere
from chat.actions import members
from chat.lobby import MOODS
from chat.refusals import Refused
from courses import actions

LOW = 2


def arrive(access: Access, *, mood: int | None, words: str, now: datetime) -> None:
    """Keep what the lobby asked. A low mood, or words, also go to the private line.

    Nobody may have to go and look for them: in the line they are judged, and raise an alert like
    any other words of danger (G1). Raises `NotHere` for staff.
    """
    seat, session = access.seat, access.room.session
    if seat is None:
        raise NotHere
    if seat.agreed_version < session.cohort.programme.version:
        actions.agree(seat, session.cohort.programme)
    if mood is None:
        return
    actions.check_in(seat, session, mood=mood, words=words)
    if words or mood <= LOW:
        _tell(access, mood, words, now)


def _tell(access: Access, mood: int, words: str, now: datetime) -> None:
    """The same check-in, sent twice, stands in the line once."""
    body = _("How I am tonight: %(mood)s.") % {"mood": dict(MOODS)[mood]}
    body = f"{body}\n{words}" if words else body
    cid = "check-in-" + hashlib.sha256(body.encode()).hexdigest()[:16]
    try:
        members.enter(access, now)
        policy.carry_out(access, protocol.Send(cid=cid, body=body, to="line"), now)
    except (Refused, NotHere):
        pass  # the check-in itself is kept, and shown to the staff of this session
