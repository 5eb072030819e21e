"""Who sees what of a message: the table, and that rendering follows it in every cell."""

from __future__ import annotations

import pytest

from chat import protocol
from chat.core.visibility import SEEN, STATES, VIEWERS, Sight, State, Viewer, visible_as
from tests.evening import HOLD, Evening

TABLE: dict[State, tuple[Sight, Sight, Sight]] = {
    "published": ("full", "full", "full"),
    "held": ("nothing", "waiting", "full"),
    "declined": ("nothing", "explained", "full"),
    "sent_back": ("nothing", "explained", "full"),
    "removed": ("gone", "gone", "full"),
    "withdrawn": ("gone", "gone", "full"),
}


def bring_to(evening: Evening, state: State) -> str:
    words = "something ordinary" if state in ("published", "removed", "withdrawn") else HOLD
    sent = evening.send("Robin", words)
    if state in ("declined", "sent_back"):
        evening.decide("Maya", sent.id, "decline" if state == "declined" else "send_back")
    if state == "removed":
        evening.act("Maya", protocol.Remove(cid="r", id=sent.id, reason="detail"))
    if state == "withdrawn":
        evening.act("Robin", protocol.Withdraw(cid="w", id=sent.id))
    return sent.id


def seen(evening: Evening, key: str, viewer: Viewer) -> Sight:
    shot = evening.snapshot({"peer": "Sky", "author": "Robin", "staff": "Jo"}[viewer])
    if shot.desk is not None:
        items = [item for item in shot.desk.items if item.id == key]
        words = [m.body for m in shot.messages if m.id == key] + [item.body for item in items]
        return "full" if any(words) else "nothing"
    for item in shot.own.items if shot.own else ():
        if item.id == key and item.body is not None:
            return "waiting" if item.state == "held" else "explained"
    for message in shot.messages:
        if message.id == key:
            return "gone" if message.gone else "full"
    return "nothing"


@pytest.mark.promise("H1", "H3")
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_each_cell(evening: Evening, state: State, viewer: Viewer) -> None:
    expected = TABLE[state][VIEWERS.index(viewer)]
    assert visible_as(state, viewer) == expected
    assert seen(evening, bring_to(evening, state), viewer) == expected


def test_the_table_is_complete() -> None:
    assert set(SEEN) == set(STATES) == set(TABLE)
    assert all(set(row) == set(VIEWERS) for row in SEEN.values())
