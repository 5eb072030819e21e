"""What the promises say of the desk's acts and the room's: reasons to refuse, and the change."""

from __future__ import annotations

from collections.abc import Callable

from tests.model.words import MAY_TAKE, Plan, Words
from tests.model.world import ADULTS_NEEDED, Alert, Person, Written

STATES = {"approve": "published", "decline": "declined", "send_back": "sent_back"}


class Acts(Words):
    """Every act in a world."""

    def claim(self, who: Person, old: Written | None, *, drop: bool) -> Plan:
        """Say that one reads it, or give it back."""
        by = None if drop else who.name

        def then(message: Written) -> None:
            self.world.write("desk", "claimed", message, by)

        return self._on_held(who, old, set(), then)

    def decide(
        self, who: Person, old: Written | None, decision: str, *, same: bool, reason: bool
    ) -> Plan:
        """Exactly one of these ever succeeds for a message (H2)."""
        against = set() if same else {"changed"}
        if old is not None and old.level == "alert" and who.role not in MAY_TAKE:
            against.add("not_allowed")
        if decision == "approve" and self._alert_waits(old):
            against.add("alert_open")
        if decision == "decline" and not reason:
            against.add("reason_needed")
        if decision == "approve" and self.world.state == "closed":
            against.add("closed")
        return self._on_held(who, old, against, lambda m: self._decided(who, m, STATES[decision]))

    def _alert_waits(self, old: Written | None) -> bool:
        return any(a.message is old and a.taken_by is None for a in self.world.alerts)

    def _decided(self, who: Person, old: Written, state: str) -> None:
        old.state = state
        if state == "published":
            old.ever_in_room = True
            self.world.write("room", "message", old)
        self.world.write(old.author, "outcome", old, state)
        self.world.write("desk", "decided", old, state, who.name)

    def _on_held(
        self, who: Person, old: Written | None, against: set[str], then: Callable[[Written], None]
    ) -> Plan:
        against |= self._staff_only(who, None)
        if old is None or old.line is not None:
            return Plan(against | {"missing"}, lambda level: None)
        if old.state != "held":
            return Plan(against | {"decided"}, lambda level: None)
        return Plan(against, lambda level: then(old))

    def remove(self, who: Person, old: Written | None) -> Plan:
        """Off every screen."""
        against = self._staff_only(who, None)
        if old is None or old.line is not None:
            return Plan(against | {"missing"}, lambda level: None)
        if old.state != "published":
            against.add("decided")

        def then(level: str) -> None:
            self._out_of_room(old, "removed")
            self.world.write("desk", "decided", old, "removed", who.name)

        return Plan(against, then)

    def acknowledge(self, who: Person, alert: Alert | None) -> Plan:
        """Take an alert by name."""
        against = self._staff_only(who, None) | (set() if who.role in MAY_TAKE else {"not_allowed"})
        if alert is None:
            return Plan(against | {"missing"}, lambda level: None)
        if alert.taken_by is not None:
            against.add("decided")

        def then(level: str) -> None:
            alert.taken_by = who.name
            self.world.write("desk", "acknowledged", alert.message, who.name)

        return Plan(against, then)

    def mute(self, who: Person, whom: Person, seconds: float) -> Plan:
        """Let a young person only read for a while; 0 ends it."""
        against = self._staff_only(who, None) | (set() if whom.young else {"missing"})

        def then(level: str) -> None:
            whom.muted_until = self.world.now + seconds if seconds else None
            self.world.write(whom.name, "muted", whom.name, whom.muted_until)

        return Plan(against, then)

    # ------------------------------------------------------------ the room

    def turn(self, who: Person, state: str) -> Plan:
        """Open, pause or close."""
        world, against = self.world, self._staff_only(who, None)
        if world.state == "closed":
            against.add("closed")
        if state == "open" and world.adults() < ADULTS_NEEDED:
            against.add("adults_needed")
        if state == "paused" and world.state == "lobby":
            against.add("not_open")
        if state == "closed" and any(alert.taken_by is None for alert in world.alerts):
            against.add("alert_open")
        why = "" if state == "open" else "staff"

        def then(level: str) -> None:
            if (world.state, world.why) != (state, why):
                world.turn(state, why)

        return Plan(against, then)
