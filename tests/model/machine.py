"""Runs a schedule on the real room and on `World` at once, and compares them after every step."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar

from django.db import DatabaseError, connection, transaction

from chat import policy, protocol
from chat.access import Access, NotHere, Person, room_for
from chat.models import Member, Message
from chat.refusals import Refused
from tests.evening import START, Evening
from tests.model.acts import Acts
from tests.model.canaries import CANARY, canaries
from tests.model.faults import full_disk
from tests.model.steps import PEOPLE
from tests.model.words import Plan
from tests.model.world import Alert, World, Written

T = TypeVar("T")

# What is broken when the room accepts something that it had to refuse with this code.
PROMISE = {
    "left": "H4",
    "paused": "H5",
    "decided": "H2",
    "changed": "H2",
    "same_cid": "L2",
    "missing": "H1",
    "alert_open": "G1",
}


class Broken(AssertionError):
    """A promise does not hold. ``promise`` is its id."""

    def __init__(self, promise: str, what: str) -> None:
        super().__init__(f"{promise}: {what}")
        self.promise = promise


@dataclass
class Line:
    """The socket of one stay, as it was when it said hello."""

    access: Access
    stay: int


@dataclass
class Machine:
    """One run of a schedule."""

    evening: Evening
    world: World = field(default_factory=World)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    keys: dict[Written, str] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)
    disk: int | None = None
    refused: bool = False
    _canaries: Iterator[str] = field(default_factory=canaries)
    _cids: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.acts = Acts(self.world)

    # ------------------------------------------------------------ doors

    @property
    def now(self) -> Any:
        """The room's clock."""
        return START + timedelta(seconds=self.world.now)

    def person(self, name: str) -> Person:
        """Somebody as the database knows them now."""
        person = self.evening.people[name]
        return type(person)._default_manager.get(pk=person.pk)

    def access(self, name: str) -> Access:
        """Somebody's way into the room now. Raises `NotHere`."""
        return room_for(self.person(name), self.evening.room.pk, self.now)

    def act(self, name: str, frame: protocol.Act, door: str = "http", stay: int = -1) -> Any:
        """Carry a frame out, by the socket of a stay (the latest unless named) or by HTTP."""
        if door == "socket" and self.lines.get(name):
            line = self.lines[name][stay]
            return policy.carry_out(line.access, frame, self.now, line.stay)
        return policy.carry_out(self.access(name), frame, self.now)

    def attempt(
        self, plan: Plan, act: Callable[[], T], level: Callable[[], str] = lambda: "publish"
    ) -> T | None:
        """Do something for real; it must be refused for a reason of the plan, or follow it."""
        number, self.disk, self.refused = self.disk, None, False
        with full_disk(number) as disk:
            try:
                answer = act()
            except (Refused, NotHere, DatabaseError) as fault:
                self._refused(plan, fault, struck=disk.struck)
                return None
        if disk.struck:
            raise Broken("L9", "accepted although the disk was full")
        if plan.against:
            promise = next((PROMISE[c] for c in sorted(plan.against) if c in PROMISE), "W2")
            raise Broken(promise, f"accepted, but it had to be refused: {sorted(plan.against)}")
        plan.then(level())
        return answer

    def _refused(self, plan: Plan, fault: Exception, *, struck: bool) -> None:
        self.refused = True
        code = fault.code if isinstance(fault, Refused) else "left"
        if isinstance(fault, DatabaseError) or code == "unavailable":
            if not struck:
                raise Broken("L9", f"failed for no reason: {fault}")
            return
        if code not in plan.against:
            raise Broken("L9", f"refused with {code}, not one of {sorted(plan.against)}")
        if isinstance(fault, Refused):
            if CANARY.search(fault.say):
                raise Broken("H1", "somebody's words stand in a refusal")
            if fault.care != plan.care:
                raise Broken("H5", f"care is {fault.care} with the refusal {code}")

    # ------------------------------------------------------------ what there is

    def named(self, index: int) -> Any:
        """Somebody of the cast, in the world."""
        return self.world.people[PEOPLE[index % len(PEOPLE)]]

    def message(self, index: int) -> Written | None:
        """A message that was kept, counted from the newest."""
        known = [m for m in self.world.messages if m in self.keys]
        return known[-1 - index % len(known)] if known else None

    def alert(self, index: int) -> Alert | None:
        """An alert, counted from the newest."""
        return self.world.alerts[-1 - index % len(self.world.alerts)] if self.world.alerts else None

    def key(self, message: Written | None) -> str:
        """The id of a message on the wire."""
        return self.keys[message] if message is not None else "nothing"

    def handle(self, name: str) -> str:
        """The handle of somebody who came in at least once."""
        if name not in self.handles:
            person = self.evening.people[name]
            whose = (
                {"account": person} if name in ("Maya", "Jo", "Ines") else {"seat__person": person}
            )
            found = Member.objects.filter(room=self.evening.room, **whose).first()
            if found is None:
                return "nobody"
            self.handles[name] = found.handle
        return self.handles[name]

    def level_of(self, author: str, cid: str) -> str:
        """What triage said of a message that was kept."""
        found = Message.objects.get(author__handle=self.handle(author), cid=cid)
        return found.level

    def new_cid(self) -> str:
        """A cid that nobody used."""
        return f"cid-{next(self._cids)}"

    def new_canary(self) -> str:
        """A word that nobody wrote."""
        return next(self._canaries)


@contextmanager
def undone(evening: Evening) -> Iterator[Evening]:
    """The evening for one schedule: whatever it writes is rolled back."""
    with transaction.atomic():
        yield replace(evening, now=START, stays={}, _cids=itertools.count())
        transaction.set_rollback(True)


def changes() -> int:
    """How many rows this connection ever changed: when it stands still, nothing was written."""
    connection.ensure_connection()
    return int(connection.connection.total_changes)
