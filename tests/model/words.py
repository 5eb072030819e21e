"""What the promises say of writing and taking back: every reason to refuse, and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.model.world import ADULTS_NEEDED, Alert, Person, Told, World, Written

WITHHELD = ("declined", "sent_back")
MAY_TAKE = ("counsellor", "lead", "deputy")
FACILITATE = ("volunteer", *MAY_TAKE)


@dataclass
class Plan:
    """What must happen. With several reasons ``against`` any of them may be the one that is told.

    ``then`` gets the level that triage gave to the words, if there are any.
    """

    against: set[str]
    then: Callable[[str], None]
    care: bool = False


@dataclass
class Words:
    """What people write in a world, and take back."""

    world: World

    # ------------------------------------------------------------ writing

    def send(self, who: Person, stay: int | None, new: Written, kind: str) -> Plan:
        """Words for the room, or for the line of ``new.line``."""
        world = self.world
        against = self._words_fit(kind) | world.outside(who, stay)
        if who.role == "coordinator":
            against.add("not_allowed")
        earlier = self.same_cid(who.name, new.cid)
        if earlier is not None:
            # A re-send is only ever refused because of who asks, or for other words (L2).
            against -= {"empty", "too_long"}
            against |= {"same_cid"} if earlier.asked != new.asked else set()
            return Plan(against, lambda level: None)
        against |= (
            self._into_line(who, new) if new.asked[0] == "line" else self._into_room(who, new)
        )
        in_room = new.asked[0] == "room"
        shut = bool(against & {"not_open", "paused", "closed", "muted"})
        return Plan(
            against,
            lambda level: self._written(who, new, level),
            care=kind == "alert" and in_room and shut and not against & {"left", "not_allowed"},
        )

    def same_cid(self, author: str, cid: str) -> Written | None:
        """The message that this author already sent with this cid."""
        return next((m for m in self.world.messages if (m.author, m.cid) == (author, cid)), None)

    def _words_fit(self, kind: str) -> set[str]:
        return {"empty": {"empty"}, "long": {"too_long"}}.get(kind, set())

    def _into_room(self, who: Person, new: Written) -> set[str]:
        world, against = self.world, self.world.busy(who.name, 10)
        if world.state == "closed":
            against.add("closed")
        if who.young:
            against |= {"not_open"} if world.state == "lobby" else set()
            if world.state == "paused" or world.adults() < ADULTS_NEEDED:
                against.add("paused")
            if who.muted_until is not None and who.muted_until > world.now:
                against.add("muted")
        _to, _seat, answered, replaced, _body = new.asked
        if isinstance(answered, Written) and not answered.ever_in_room:
            against.add("missing")
        if isinstance(replaced, Written) and not self._replaceable(who, replaced):
            against.add("missing")
        return against

    def _replaceable(self, who: Person, old: Written) -> bool:
        return old.author == who.name and old.state in WITHHELD and not old.replaced

    def _into_line(self, who: Person, new: Written) -> set[str]:
        against = self.world.busy(who.name, 30)
        if new.line is None:
            against.add("missing")
        return against if self.world.line_open() else against | {"closed"}

    def _written(self, who: Person, new: Written, level: str) -> None:
        new.level = level
        self.world.messages.append(new)
        if new.asked[0] == "line":
            self._in_line(who, new)
        elif who.young and level != "publish":
            self._held(who, new)
        else:
            self._published(new)
        replaced = new.asked[3]
        if isinstance(replaced, Written):
            replaced.replaced = True
            if who.young:
                self.world.write(who.name, "outcome", replaced, "replaced")

    def _held(self, who: Person, new: Written) -> None:
        new.state = "held"
        self._to_desk(new, "held")
        if new.level == "alert":
            self._alert(new)
        new.first = ("held", who.name, self.world.write(who.name, "own", new))

    def _published(self, new: Written) -> None:
        new.ever_in_room = True
        new.first = ("published", "room", self.world.write("room", "message", new))
        if new.level != "publish":
            self._to_desk(new, "published")

    def _in_line(self, who: Person, new: Written, *, alert: bool = True) -> None:
        assert new.line is not None
        if new.level != "publish":
            self._to_desk(new, "published")
        if new.level == "alert" and who.young and alert:
            self._alert(new)
        new.first = ("published", new.line, self.world.write(new.line, "line", new))

    def _to_desk(self, message: Written, state: str) -> None:
        if not message.on_desk:
            message.on_desk = True
            self.world.write("desk", "item", message, state)

    def _alert(self, message: Written) -> None:
        message.has_alert = True
        self.world.alerts.append(Alert(message, self.world.now, self.world.now))
        self.world.write("desk", "alert", message)

    # ------------------------------------------------------------ taking back

    def withdraw(
        self, who: Person, stay: int | None, old: Written | None, copy: Written | None
    ) -> Plan:
        """One's own words out of the room; ``copy`` is what then stands in the private line."""
        against = self._staff_only(who, stay, young=True)
        if old is None or old.author != who.name or old.line is not None:
            return Plan(against | {"missing"}, lambda level: None)
        if old.state == "withdrawn":
            return Plan(against, lambda level: None)
        if old.state == "removed":
            against.add("decided")
        if copy is not None:
            against |= set() if who.young else {"not_allowed"}
            against |= set() if self.world.line_open() else {"closed"}
        return Plan(against, lambda level: self._withdrawn(who, old, copy, level))

    def _withdrawn(self, who: Person, old: Written, copy: Written | None, level: str) -> None:
        self._out_of_room(old, "withdrawn")
        self.world.write("desk", "decided", old, "withdrawn", None)
        if copy is not None:
            copy.level = level
            self.world.messages.append(copy)
            self._in_line(who, copy, alert=not old.has_alert)

    def _out_of_room(self, old: Written, state: str) -> None:
        was, old.state = old.state, state
        if was == "published":
            self.world.write("room", "gone", old, state)
        self._to_desk(old, was)
        if self.world.people[old.author].young:
            self.world.write(old.author, "outcome", old, state)

    def _staff_only(self, who: Person, stay: int | None, *, young: bool = False) -> set[str]:
        allowed = who.role in FACILITATE or (young and who.young)
        return self.world.outside(who, stay) | (set() if allowed else {"not_allowed"})


def asked(
    to: str,
    body: str,
    seat: str | None = None,
    reply_to: Written | None = None,
    replaces: Written | None = None,
) -> Told:
    """What a send asks for: two sends with one cid are the same when these are."""
    return (to, seat, reply_to, replaces, body)
