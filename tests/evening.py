"""One evening for the tests: a cohort with named people, a room, and short verbs to act in it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from chat import log, policy, protocol
from chat.access import Access, Person, room_for
from chat.actions import members, presence
from chat.held import HeldText
from chat.models import Member, Message, Room
from chat.snapshot import rendered, snapshot
from courses.models import Cohort, Place, Programme, Seat, Session, Shift, Week
from people.models import Account, Role, YoungPerson

START = datetime(2026, 11, 17, 19, 0, tzinfo=UTC)
YOUNG = ("Robin", "Sky", "Ash", "Wren", "Fern", "Jay", "Moss", "Lark")
SHAPES = ("stone", "leaf", "shell", "moon", "feather", "acorn", "cloud", "wave")
COLOURS = ("moss", "sea", "plum", "clay", "sky", "rose", "sand", "slate")
STAFF = {
    "Maya": Role.COUNSELLOR,
    "Jo": Role.VOLUNTEER,
    "Noor": Role.COORDINATOR,
    "Ines": Role.LEAD,
    "Dev": Role.DEPUTY,
    "Olu": Role.OPERATOR,
}

HOLD = "add me on insta, i am skyblue dot fern"
ALERT = "goodbye everyone, i want to die tonight"


@dataclass
class Evening:
    """People by name, one room, one clock that only moves when a test says so."""

    room: Room
    people: dict[str, Person]
    now: datetime = START
    stays: dict[str, int] = field(default_factory=dict)
    _cids: itertools.count[int] = field(default_factory=itertools.count)

    # -------------------------------------------------------------- who

    def access(self, name: str) -> Access:
        return room_for(self.people[name], self.room.pk, self.now)

    def member(self, name: str) -> Member:
        found = log.find_member(self.access(name))
        assert found is not None
        return found

    def enter(self, *names: str) -> None:
        for name in names:
            self.stays[name] = members.enter(self.access(name), self.now).stay

    def hear(self, *names: str) -> None:
        for name in names:
            person = self.people[name]
            assert isinstance(person, Account)
            presence.hear(self.room.pk, person.pk, self.now)

    def put_out(self, name: str, how: protocol.LeftHow = "exit") -> None:
        members.put_out(self.room.pk, self.member(name).pk, how=how, now=self.now)

    # -------------------------------------------------------------- acts

    def act(self, name: str, frame: protocol.Act) -> protocol.Ok | protocol.Done:
        return policy.carry_out(self.access(name), frame, self.now, self.stays.get(name))

    def cid(self) -> str:
        return f"c{next(self._cids)}"

    def send(self, name: str, body: str, **fields: object) -> protocol.Ok:
        frame = protocol.Send(cid=str(fields.pop("cid", self.cid())), body=body, **fields)  # type: ignore[arg-type]
        answer = self.act(name, frame)
        assert isinstance(answer, protocol.Ok)
        return answer

    def decide(self, name: str, key: str, decision: protocol.Decision, **fields: object) -> None:
        words = HeldText.objects.get(message__key=key)
        fields.setdefault("sha", words.sha)
        if decision == "decline":
            fields.setdefault("reason", "contact")
        self.act(name, protocol.Decide(cid=self.cid(), id=key, decision=decision, **fields))  # type: ignore[arg-type]

    def open(self) -> None:
        self.enter("Maya", "Jo")
        self.hear("Maya", "Jo")
        self.act("Maya", protocol.Open(cid=self.cid()))

    def wait(self, **span: float) -> None:
        """Let time pass while the adults stay."""
        self.now += timedelta(**span)
        present = [n for n in ("Maya", "Jo", "Ines") if n in self.stays]
        self.hear(*present)

    # -------------------------------------------------------------- what is there

    def message(self, key: str) -> Message:
        return Message.objects.get(key=key)

    def snapshot(self, name: str) -> protocol.Snapshot:
        return snapshot(self.access(name), self.now)

    def stream(self, name: str, above: int = 0) -> list[protocol.AnyEntry]:
        return rendered(name, log.entries_since(self.room.pk, {name: above}))

    def seat(self, name: str) -> str:
        return log.seat_stream(self.member(name))


def make_evening(*, seats: int = 8, opened: bool = True) -> Evening:
    """A cohort in week three and its room, open and with everybody in it unless said otherwise."""
    programme = Programme.objects.create(
        title="Seven evenings", agreement="We are kind.\nWe listen."
    )
    for number in range(1, 8):
        Week.objects.create(programme=programme, number=number, title=f"Evening {number}")
    cohort = Cohort.objects.create(programme=programme, name="Tuesdays")
    people: dict[str, Person] = {}
    for index in range(seats):
        people[YOUNG[index]] = _take_seat(cohort, index)
    session = Session.objects.create(
        cohort=cohort, number=3, date=date(2026, 11, 17), time=time(19, 0), zone="Europe/London"
    )
    for name, role in STAFF.items():
        people[name] = _make_account(name, role)
    for name, post in (("Maya", Shift.Post.LEADS), ("Jo", Shift.Post.SUPPORTS)):
        Shift.objects.create(session=session, account_id=people[name].pk, post=post)
    room = Room.objects.create(session=session)
    evening = Evening(Room.objects.select_related("session").get(pk=room.pk), people)
    if opened:
        evening.open()
        evening.enter(*YOUNG[:seats])
    return evening


def _take_seat(cohort: Cohort, index: int) -> YoungPerson:
    person = YoungPerson.objects.create(locator=f"{YOUNG[index]} {cohort.pk}", proof="-")
    place = Place.objects.create(cohort=cohort, number=index + 1)
    Seat.objects.create(
        cohort=cohort,
        place=place,
        person=person,
        nickname=YOUNG[index],
        token=SHAPES[index],
        colour=COLOURS[index],
    )
    return person


def _make_account(name: str, role: Role) -> Account:
    return Account.objects.create(
        username=f"{name.lower()}-{Account.objects.count()}",
        name=name,
        role=role,
        checks_until=date(2027, 6, 1),
    )
