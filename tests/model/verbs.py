"""The verbs of a schedule: each does one thing to the real room and to the world."""

from __future__ import annotations

import hashlib

from django.db import IntegrityError, transaction

from chat import protocol
from chat.actions import alerts, members, presence
from chat.models import Alert as AlertRow
from chat.models import Member
from courses.models import Place, Seat
from people.models import Account, YoungPerson
from tests.model.machine import Broken, Line
from tests.model.steps import DECISIONS, ROLES, SPANS, STAFF, YOUNG, Step
from tests.model.words import Plan
from tests.model.world import PLACES, Person, Written
from tests.model.writing import Writing


class Verbs(Writing):
    """Everything that a step can ask for."""

    def run(self, step: Step) -> None:
        """Do one step. Raises `Broken`."""
        verb, *numbers = step
        getattr(self, str(verb))(*numbers)

    # ------------------------------------------------------------ the desk

    def claim(self, who: int, message: int, drop: int) -> None:
        """Say that one reads it."""
        old, by = self._waiting(message), self.m.named(who)
        plan = self.m.acts.claim(by, old, drop=bool(drop))
        frame = protocol.Claim(self.m.new_cid(), self.m.key(old), bool(drop))
        self.m.attempt(plan, lambda: self.m.act(by.name, frame, "socket"))

    def decide(self, who: int, message: int, decision: int, sha: int, reason: int) -> None:
        """Approve, withhold or send back; one in four names other words than are there."""
        old, by, choice = self._waiting(message), self.m.named(who), DECISIONS[decision]
        plan = self.m.acts.decide(by, old, choice, same=sha > 0, reason=bool(reason))
        shown = _sha(old.body if old is not None and sha else "other words")
        frame = protocol.Decide(
            self.m.new_cid(),
            self.m.key(old),
            choice,  # type: ignore[arg-type]
            shown,
            "contact" if reason else None,
            "a note",
        )
        self.m.attempt(plan, lambda: self.m.act(by.name, frame, "socket"))

    def _waiting(self, index: int) -> Written | None:
        """Mostly a held message; sometimes any."""
        held = [m for m in self.m.keys if m.state == "held"]
        return held[index % len(held)] if held and index % 3 else self.m.message(index)

    def remove(self, who: int, message: int) -> None:
        """Off every screen."""
        old, by = self.m.message(message), self.m.named(who)
        frame = protocol.Remove(self.m.new_cid(), self.m.key(old), "unkind", "a note")
        self.m.attempt(self.m.acts.remove(by, old), lambda: self.m.act(by.name, frame, "socket"))

    def acknowledge(self, who: int, alert: int) -> None:
        """Take an alert."""
        found, by = self.m.alert(alert), self.m.named(who)
        key = "nothing"
        if found is not None:
            key = AlertRow.objects.get(message__key=self.m.key(found.message)).key
        frame = protocol.Acknowledge(self.m.new_cid(), key)
        self.m.attempt(
            self.m.acts.acknowledge(by, found), lambda: self.m.act(by.name, frame, "socket")
        )

    # ------------------------------------------------------------ the room

    def mute(self, who: int, whom: int, minutes: int) -> None:
        """Let somebody only read for five minutes, or end it."""
        by, target = self.m.named(who), self.m.named(whom)
        plan = self.m.acts.mute(by, target, 300 * minutes)
        if not target.stays:
            plan.against.add("missing")
        frame = protocol.Mute(self.m.new_cid(), self.m.handle(target.name), 5 * minutes)
        self.m.attempt(plan, lambda: self.m.act(by.name, frame, "socket"))

    def open(self, who: int) -> None:
        """Open the room."""
        self._turn(who, "open", protocol.Open(self.m.new_cid()))

    def pause(self, who: int) -> None:
        """Pause the room."""
        self._turn(who, "paused", protocol.Pause(self.m.new_cid()))

    def close(self, who: int) -> None:
        """End the evening."""
        self._turn(who, "closed", protocol.Close(self.m.new_cid()))

    def _turn(self, who: int, state: str, frame: protocol.Act) -> None:
        by = self.m.named(who)
        self.m.attempt(self.m.acts.turn(by, state), lambda: self.m.act(by.name, frame, "socket"))

    # ------------------------------------------------------------ time

    def wait(self, span: int) -> None:
        """Time passes while the adults who are inside stay heard."""
        self.m.world.now += SPANS[span]
        for number in range(len(STAFF)):
            self.hear(number)

    def silence(self, span: int) -> None:
        """Time passes and nobody is heard."""
        self.m.world.now += SPANS[span]

    def clock_back(self, span: int) -> None:
        """A machine's clock is set back (L10)."""
        self.m.world.now -= min(SPANS[span], 61)

    def hear(self, who: int) -> None:
        """An adult's heartbeat."""
        person, account = self.m.world.people[STAFF[who]], self.m.person(STAFF[who])
        assert isinstance(account, Account)
        presence.hear(self.m.evening.room.pk, account.pk, self.m.now)
        if person.inside:
            person.heard = self.m.world.now

    def tend(self) -> None:
        """The room looks after itself."""
        presence.tend(self.m.evening.room.pk, self.m.now)
        self.m.world.tend()

    def escalate(self) -> None:
        """Alerts that wait grow louder."""
        alerts.escalate(self.m.now)
        self.m.world.escalate()

    def disk_full(self, writes: int) -> None:
        """The next act finds a disk that is full after so many writes."""
        self.m.disk = writes

    # ------------------------------------------------------------ coming and going

    def enter(self, who: int) -> None:
        """Come in, as a socket does at its hello."""
        person = self.m.named(who)

        def come_in() -> Line:
            access = self.m.access(person.name)
            return Line(access, members.enter(access, self.m.now).stay)

        against = set() if self.m.world.entitled(person) else {"left"}
        if person.barred and not person.inside:
            against.add("left")
        plan = Plan(against, lambda level: self.m.world.come_in(person))
        line = self.m.attempt(plan, come_in)
        if line is not None and line.stay not in [
            known.stay for known in self.m.lines.get(person.name, [])
        ]:
            self.m.lines.setdefault(person.name, []).append(line)

    def poll(self, who: int) -> None:
        """A poll over HTTP that goes on: it never brings anybody in."""
        person = self.m.named(who)
        against = self.m.world.outside(person, None)
        self.m.attempt(
            Plan(against, lambda level: None),
            lambda: members.enter(self.m.access(person.name), self.m.now, again=False),
        )

    def exit(self, who: int) -> None:
        """Leave by exit."""
        self._leave(self.m.named(who), "exit")

    def sign_out(self, who: int) -> None:
        """Leave by signing out."""
        self._leave(self.m.named(who), "signed_out")

    def _leave(self, person: Person, how: str) -> None:
        plan = Plan(set(), lambda level: self.m.world.go_out(person, how))
        self.m.attempt(
            plan,
            lambda: members.leave_everywhere(self.m.person(person.name), how=how) or True,  # type: ignore[arg-type, func-returns-value]
        )

    def bar(self, who: int) -> None:
        """A young person is removed from the room for good."""
        person = self.m.world.people[YOUNG[who]]
        found = Member.objects.filter(handle=self.m.handle(person.name)).first()
        if found is None:
            return
        members.put_out(self.m.evening.room.pk, found.pk, how="removed", now=self.m.now)
        Member.objects.filter(pk=found.pk).update(barred=True)
        person.barred = True
        self.m.world.go_out(person, "removed")

    def end_seat(self, who: int) -> None:
        """A young person's seat ends."""
        young = self.m.person(YOUNG[who])
        assert isinstance(young, YoungPerson)
        Seat.objects.filter(person=young, ended_at=None).update(ended_at=self.m.now)
        self.m.world.people[YOUNG[who]].seated = False
        self.m.world.seats.discard(who + 1)

    def lapse(self, who: int) -> None:
        """An account is shut, or opened again."""
        person = self.m.world.people[STAFF[who]]
        person.active = not person.active
        Account.objects.filter(pk=self.m.person(person.name).pk).update(is_active=person.active)

    def role(self, who: int, role: int) -> None:
        """An account gets another role."""
        person = self.m.world.people[STAFF[who]]
        person.role = ROLES[role]
        Account.objects.filter(pk=self.m.person(person.name).pk).update(role=person.role)

    def take_seat(self, number: int) -> None:
        """Somebody new tries to sit down on a chair from 0 to 9."""
        cohort = self.m.evening.room.session.cohort
        free = 1 <= number <= PLACES and number not in self.m.world.seats
        nickname = f"new {self.m.new_cid()}"
        try:
            with transaction.atomic():
                place, _made = Place.objects.get_or_create(cohort=cohort, number=number)
                person = YoungPerson.objects.create(locator=nickname, proof="-")
                Seat.objects.create(
                    place=place, cohort=cohort, person=person, nickname=nickname, token="x"
                )
        except IntegrityError:
            if free:
                raise Broken("P1", f"chair {number} was free and refused") from None
            return
        if not free:
            raise Broken("P1", f"chair {number} was given twice, or does not exist")
        self.m.world.seats.add(number)

    def deliver(self) -> None:
        """Nothing happens but that the tails read: see `tests.model.checks`."""


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
