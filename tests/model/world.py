"""What the promises say of one room, as plain Python: no database, no code of the room.

Streams are lists of what each entry must say; a place in a stream is a place in its list.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.model.steps import PEOPLE, STAFF, YOUNG

ADULT_SECONDS = 15
RESUME_SECONDS = 5 * 60
LINE_SECONDS = 60 * 60
REREAD_SECONDS = 24 * 60 * 60
ALERT_STEPS = (60, 180, 600)
ADULTS_NEEDED = 2
PLACES = 8

Told = tuple[object, ...]


@dataclass
class Person:
    """Somebody of the cast. ``stays`` counts how often they came in."""

    name: str
    role: str
    on_rota: bool = False
    inside: bool = False
    stays: int = 0
    heard: float | None = None
    muted_until: float | None = None
    barred: bool = False
    seated: bool = True
    active: bool = True

    @property
    def young(self) -> bool:
        """Whether this is a young person."""
        return self.role == "young"


@dataclass(eq=False)
class Written:
    """One message: who may see its words follows from ``state`` and ``line`` alone."""

    author: str
    asked: Told
    body: str
    at: float
    cid: str
    line: str | None = None
    level: str = "publish"
    state: str = "published"
    replaced: bool = False
    on_desk: bool = False
    has_alert: bool = False
    ever_in_room: bool = False
    first: tuple[str, str, int] = ("", "", 0)


@dataclass(eq=False)
class Alert:
    """Words of danger that a named person must take."""

    message: Written
    made_at: float
    stepped_at: float
    step: int = 0
    taken_by: str | None = None

    def is_due(self, now: float) -> bool:
        """Whether it has waited long enough to be louder: 60 s, 3 min, 10 min, then on and on."""
        if self.taken_by is not None:
            return False
        if self.step < len(ALERT_STEPS):
            return now >= self.made_at + ALERT_STEPS[self.step]
        return now >= self.stepped_at + ALERT_STEPS[-1]


def _cast() -> dict[str, Person]:
    roles = dict(zip(STAFF, ("counsellor", "volunteer", "lead"), strict=True))
    people = {name: Person(name, roles.get(name, "young")) for name in PEOPLE}
    people["Maya"].on_rota = people["Jo"].on_rota = True
    return people


@dataclass
class World:
    """One room and everybody near it. ``now`` counts seconds, and may run backwards (L10)."""

    people: dict[str, Person] = field(default_factory=_cast)
    now: float = 0.0
    state: str = "lobby"
    why: str = ""
    state_at: float | None = None
    messages: list[Written] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    seats: set[int] = field(default_factory=lambda: set(range(1, len(YOUNG) + 1)))
    streams: dict[str, list[Told]] = field(default_factory=dict)

    # ------------------------------------------------------------ the log

    def write(self, stream: str, *told: object) -> int:
        """What the next entry of a stream must say; its place."""
        entries = self.streams.setdefault(stream, [])
        entries.append(told)
        return len(entries)

    # ------------------------------------------------------------ who may be here

    def entitled(self, person: Person) -> bool:
        """Whether this person may come into the room, or stay in it."""
        if self.state == "closed":
            assert self.state_at is not None
            if self.now - self.state_at > REREAD_SECONDS:
                return False
        if person.young:
            return person.seated
        facilitates = person.role in ("counsellor", "volunteer") and person.on_rota
        return person.active and (facilitates or person.role in ("lead", "deputy"))

    def outside(self, person: Person, stay: int | None) -> set[str]:
        """Why an act over a connection of this stay is refused, if it is."""
        current = stay is None or stay == person.stays
        return set() if person.inside and current and self.entitled(person) else {"left"}

    def adults(self) -> int:
        """How many named adults hold the room open now (M1)."""
        return sum(
            not person.young
            and person.inside
            and person.active
            and (person.on_rota or person.role in ("lead", "deputy"))
            and person.heard is not None
            and abs(self.now - person.heard) <= ADULT_SECONDS
            for person in self.people.values()
        )

    def line_open(self) -> bool:
        """Whether the private line takes words."""
        if self.state != "closed" or self.state_at is None:
            return True
        return self.now - self.state_at <= LINE_SECONDS

    def busy(self, author: str, most: int) -> set[str]:
        """Why a further message is too much, if it is."""
        lately = [m for m in self.messages if m.author == author and m.at > self.now - 10]
        return {"too_fast"} if len(lately) >= most else set()

    # ------------------------------------------------------------ what happens to people

    def come_in(self, person: Person) -> None:
        """Begin a new stay."""
        if person.inside:
            return
        person.inside = True
        person.stays += 1
        person.heard = None if person.young else self.now
        self.write("room", "joined", person.name)

    def go_out(self, person: Person, how: str) -> None:
        """End a stay in every stream that the person follows."""
        if not person.inside:
            return
        person.inside, person.heard = False, None
        self.write("room", "left", person.name)
        self.write("desk", "how", person.name, how)
        if person.young:
            self.write(person.name, "left", person.name)

    def turn(self, state: str, why: str) -> None:
        """Open, pause or close the room."""
        self.state, self.why, self.state_at = state, why, self.now
        self.write("room", "room", state, why)

    def tend(self) -> None:
        """What the room does by itself: put strangers out, pause, come back."""
        for person in self.people.values():
            if person.inside and not self.entitled(person):
                self.go_out(person, "over" if person.young else "role")
        enough = self.adults() >= ADULTS_NEEDED
        if self.state == "open" and not enough:
            self.turn("paused", "adults")
        elif self.state == "paused" and self.why == "adults" and enough:
            assert self.state_at is not None
            if self.now - self.state_at <= RESUME_SECONDS:
                self.turn("open", "")

    def escalate(self) -> None:
        """Make every alert that nobody took in time louder."""
        for alert in self.alerts:
            if alert.is_due(self.now):
                alert.step, alert.stepped_at = alert.step + 1, self.now
                self.write("desk", "escalated", alert.message, alert.step)
