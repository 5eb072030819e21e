"""The verbs with which people write, and take their words back."""

from __future__ import annotations

from contextlib import nullcontext

from chat import protocol
from chat.models import Message
from tests.model.canaries import words
from tests.model.faults import rule_that_raises
from tests.model.machine import Broken, Machine
from tests.model.steps import DOORS, KINDS, YOUNG
from tests.model.words import asked
from tests.model.world import Person, Written

BACK = ("declined", "sent_back")


class Writing:
    """Sends of every kind, on the real room and in the world."""

    def __init__(self, machine: Machine) -> None:
        self.m = machine
        self.sent: dict[str, tuple[protocol.Send, str]] = {}

    def send(self, who: int, kind: int, door: int) -> None:
        """Words for the room."""
        self._write(self.m.named(who), KINDS[kind], DOORS[door])

    def line(self, who: int, kind: int, seat: int, door: int) -> None:
        """Words for a private line: one's own, or of whoever staff name."""
        author = self.m.named(who)
        name = author.name if author.young else (*YOUNG, None)[seat]
        if name is not None and not self.m.world.people[name].stays:
            name = None
        self._write(author, KINDS[kind], DOORS[door], to="line", line=name)

    def reply(self, who: int, kind: int, message: int) -> None:
        """Words for the room that answer a message."""
        self._write(self.m.named(who), KINDS[kind], reply_to=self.m.message(message))

    def edit(self, who: int, kind: int, message: int) -> None:
        """Words for the room that stand for a message that came back."""
        author = self.m.named(who)
        came_back = [m for m in self.m.keys if m.author == author.name and m.state in BACK]
        old = came_back[message % len(came_back)] if came_back else self.m.message(message)
        self._write(author, KINDS[kind], replaces=old)

    def stale(self, who: int, kind: int) -> None:
        """Words over the socket of a stay before the last."""
        author = self.m.named(who)
        if len(self.m.lines.get(author.name, [])) > 1:
            self._write(author, KINDS[kind], "socket", stay=-2)

    def burst(self, who: int, to: int) -> None:
        """Many messages at once."""
        author, room = self.m.named(who), to == 0
        for _one in range(11):
            line = None if room else author.name if author.young else YOUNG[0]
            if line is not None and not self.m.world.people[line].stays:
                line = None
            self._write(author, "plain", to="room" if room else "line", line=line)

    def again(self, who: int, message: int, same: int, door: int) -> None:
        """A message of one's own with its cid once more, or its cid with other words."""
        author = self.m.named(who)
        mine = [m for m in self.m.keys if m.author == author.name and m.cid in self.sent]
        if not mine:
            return
        old = mine[-1 - message % len(mine)]
        frame, kind = self.sent[old.cid]
        body = frame.body if same else words("plain", self.m.new_canary())
        again = protocol.Send(frame.cid, body, frame.to, frame.seat, frame.reply_to, frame.replaces)
        told = (*old.asked[:4], body)
        new = Written(author.name, told, body, self.m.world.now, old.cid, old.line)
        self._send(author, again, new, kind if same else "plain", DOORS[door], -1)

    def _write(
        self,
        author: Person,
        kind: str,
        door: str = "http",
        *,
        stay: int = -1,
        to: str = "room",
        line: str | None = None,
        reply_to: Written | None = None,
        replaces: Written | None = None,
    ) -> None:
        body, cid = words(kind, self.m.new_canary()), self.m.new_cid()
        seat = None if author.young or to == "room" else self.m.handle(line) if line else "nobody"
        frame = protocol.Send(
            cid,
            body,
            to,  # type: ignore[arg-type]
            seat,
            self.m.key(reply_to) if reply_to else None,
            self.m.key(replaces) if replaces else None,
        )
        told = asked(to, body, seat, reply_to, replaces)
        new = Written(author.name, told, body, self.m.world.now, cid, line)
        self._send(author, frame, new, kind, door, stay)

    def _send(
        self, author: Person, frame: protocol.Send, new: Written, kind: str, door: str, stay: int
    ) -> None:
        known = self.m.lines.get(author.name)
        number = known[stay].stay if door == "socket" and known else None
        earlier = self.m.acts.same_cid(author.name, new.cid)
        plan = self.m.acts.send(author, number, new, kind)
        with rule_that_raises() if kind == "raises" else nullcontext():
            answer = self.m.attempt(
                plan,
                lambda: self.m.act(author.name, frame, door, stay),
                lambda: self._level(author.name, new, kind),
            )
        if answer is not None:
            kept = earlier or new
            self.m.keys.setdefault(kept, answer.id)
            self.sent[new.cid] = (frame, kind)
            self._same_answer(answer, kept)

    def _level(self, author: str, new: Written, kind: str) -> str:
        level = self.m.level_of(author, new.cid)
        expected = {"held": ("hold", "alert"), "alert": ("alert",), "raises": ("hold",)}.get(kind)
        if expected and level not in expected:
            raise Broken("H5", f"{kind} words were judged {level}")
        return level

    def _same_answer(self, answer: protocol.Ok, kept: Written) -> None:
        state, stream, seq = kept.first
        if stream in YOUNG:
            stream = "seat:" + self.m.handle(stream)
        told = (answer.cid, answer.id, answer.state, answer.stream, answer.seq)
        if told != (kept.cid, self.m.key(kept), state, stream, seq):
            raise Broken("L2", f"{told} was answered for a message at {stream} {seq}")

    def withdraw(self, who: int, message: int, to_line: int, door: int) -> None:
        """One's own words out of the room."""
        author = self.m.named(who)
        mine = [m for m in self.m.keys if m.author == author.name]
        old = mine[-1 - message % len(mine)] if mine else self.m.message(message)
        cid, copy = self.m.new_cid(), None
        if to_line and old is not None:
            copy = Written(author.name, (), old.body, self.m.world.now, cid, author.name)
        frame = protocol.Withdraw(cid, self.m.key(old), bool(to_line))
        known = self.m.lines.get(author.name)
        stay = known[-1].stay if DOORS[door] == "socket" and known else None
        plan = self.m.acts.withdraw(author, stay, old, copy)
        moves = copy is not None and old is not None and old.state != "withdrawn"
        done = self.m.attempt(
            plan,
            lambda: self.m.act(author.name, frame, DOORS[door]),
            lambda: self.m.level_of(author.name, cid) if moves else "publish",
        )
        if done is not None and moves and copy is not None:
            kept = Message.objects.get(author__handle=self.m.handle(author.name), cid=cid)
            self.m.keys[copy] = kept.key
