"""What must hold after every step; each check names its promise when it fails."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec

from chat import api, log, protocol
from chat.access import NotHere
from chat.actions.messages import sha
from chat.live.tail import read_for, read_new
from chat.models import Alert, Entry, Message, Stream
from chat.refusals import Refused
from chat.snapshot import rendered, snapshot
from courses.models import Seat
from people.models import AuditEntry
from tests.model.canaries import found_in
from tests.model.fold import difference, fold, plain
from tests.model.machine import Broken, Machine, changes
from tests.model.steps import STAFF, YOUNG
from tests.model.world import PLACES, Told, Written

Seen = dict[str, list[dict[str, Any]]]


@dataclass
class Ear:
    """A connection as a tail serves it: what it got, until its stay ended."""

    name: str
    handle: str
    stay: int
    got: dict[str, int]


@dataclass
class Checks:
    """All checks of one run, with what they remember."""

    m: Machine
    streams: Seen = field(default_factory=dict)
    old: dict[str, dict[str, Any]] = field(default_factory=dict)
    ears: list[Ear] = field(default_factory=list)
    tops: dict[str, int] = field(default_factory=dict)
    looked: int = -1
    steps: int = 0

    def look(self, *, deliver: bool = False) -> None:
        """Check everything that can have changed. Raises `Broken`."""
        self.steps += 1
        if deliver:
            self.deliver()
        if changes() == self.looked:
            return
        self.streams = self._read()
        self.log_is_what_happened()
        self.tables_hold_no_words_that_nobody_may_read()
        self.acknowledged_is_there()
        self.alerts_stay_open()
        self.seats_are_enough()
        self.nobody_reads_more_than_they_may()
        self.who_is_out_reads_nothing()
        self.looked = changes()

    # ------------------------------------------------------------ the log

    def _read(self) -> Seen:
        room = self.m.evening.room.pk
        tops = log.tops_of(room)
        rows = log.entries_since(room, dict.fromkeys(tops, 0), 100_000)
        return {
            name: [_builtins(e) for e in rendered(name, [r for r in rows if r.stream.name == name])]
            for name in tops
        }

    def log_is_what_happened(self) -> None:
        """Every stream is 1, 2, 3, … and says what the world says, nothing else (L4, L9, H6)."""
        expected = {self._stream(name): told for name, told in self.m.world.streams.items()}
        tops = dict(Stream.objects.values_list("name", "top"))
        for name in {*expected, *self.streams}:
            entries, told = self.streams.get(name, []), expected.get(name, [])
            places = [entry["n"] for entry in entries]
            if places != list(range(1, len(entries) + 1)) or tops.get(name, 0) != len(entries):
                raise Broken("L4", f"{name} has the places {places} and the top {tops.get(name)}")
            if _kinds(entries) != [what[0] for what in told]:
                more = "L9" if self.m.refused else "H6"
                raise _odd_one(name, _kinds(entries), [str(what[0]) for what in told], more)
            for entry, what in zip(entries, told, strict=True):
                self._says(name, entry, what)

    def _says(self, name: str, entry: dict[str, Any], told: Told) -> None:
        expected = self._expected(str(told[0]), *told[1:])
        shown = {key: entry.get(key) for key in expected}
        if shown != expected:
            raise Broken(_promise_of(entry["k"]), f"{name} says {shown}, it should say {expected}")

    def _expected(self, kind: str, subject: Any, *more: Any) -> dict[str, Any]:
        told: dict[str, Any] = {"k": kind}
        if isinstance(subject, Written):
            told["id"] = self.m.keys[subject]
        if kind == "message":
            shown = subject.state == "published"
            told |= {"body": subject.body if shown else None, "cid": subject.cid}
            told |= {"gone": None if shown else subject.state}
            told |= {"who": self.m.handle(subject.author)}
        elif kind == "own":
            kept = subject.state in ("held", "declined", "sent_back")
            told |= {"body": subject.body if kept else "", "cid": subject.cid}
        elif kind == "line":
            told |= {"body": subject.body, "who": self.m.handle(subject.author)}
        elif kind == "item":
            told |= {"body": subject.body, "sha": sha(subject.body), "level": subject.level}
            told |= {"state": None if more[0] == "held" else more[0]}
        elif kind in ("alert", "acknowledged", "escalated"):
            told = {"k": kind, **self._of_alert(kind, subject, *more)}
        elif kind == "gone":
            told["how"] = more[0]
        elif kind == "outcome":
            told["state"] = more[0]
        elif kind == "decided":
            told |= {"state": more[0], "by": more[1] and self.m.handle(more[1])}
        elif kind == "claimed":
            told["by"] = more[0] and self.m.handle(more[0])
        elif kind == "room":
            told |= {"state": subject, "why": more[0]}
        elif kind in ("left", "how"):
            told["who"] = self.m.handle(subject)
        return told

    def _of_alert(self, kind: str, message: Written, *more: Any) -> dict[str, Any]:
        alert = Alert.objects.get(message__key=self.m.keys[message])
        if kind == "alert":
            return {"id": alert.key, "message": self.m.keys[message], "body": message.body}
        if kind == "acknowledged":
            return {"alert": alert.key, "by": self.m.handle(more[0])}
        return {"alert": alert.key, "step": more[0]}

    def _stream(self, name: str) -> str:
        return "seat:" + self.m.handle(name) if name in YOUNG else name

    # ------------------------------------------------------------ the tables

    def tables_hold_no_words_that_nobody_may_read(self) -> None:
        """Words that the room may not read stand in the one table for them (H1, H3)."""
        rows = {row["key"]: row for row in Message.objects.values("key", "state", "body", "cid")}
        if len(rows) != len(self.m.keys):
            raise Broken("L2", f"{len(rows)} messages are kept of {len(self.m.keys)}")
        for message, key in self.m.keys.items():
            row, shown = rows[key], message.state == "published"
            if row["state"] != message.state:
                raise Broken("H2", f"a message is {row['state']}, it should be {message.state}")
            if row["body"] != (message.body if shown else ""):
                promise = "H1" if message.state in HELD else "H3"
                raise Broken(promise, f"a message that is {message.state} has the words {row}")
        kept = [*Entry.objects.values_list("data", flat=True)]
        kept += AuditEntry.objects.values_list("detail", flat=True)
        if found_in(json.dumps(kept).encode()):
            raise Broken("H1", "somebody's words stand in an entry or in the audit")

    def acknowledged_is_there(self) -> None:
        """What was answered is in the log at its place (L1)."""
        for message, key in self.m.keys.items():
            _state, stream, seq = message.first
            if self.streams[self._stream(stream)][seq - 1].get("id") != key:
                raise Broken("L1", f"message {key} is not at {stream} {seq}")

    def alerts_stay_open(self) -> None:
        """Every alert is there until somebody took it (G1)."""
        rows = Alert.objects.order_by("pk").values_list("message__key", "step", "taken_by__name")
        told = [(self.m.keys[a.message], a.step, a.taken_by) for a in self.m.world.alerts]
        if list(rows) != told:
            raise Broken("G1", f"the alerts are {list(rows)}, they should be {told}")

    def seats_are_enough(self) -> None:
        """Never more seats than chairs (P1)."""
        taken = Seat.objects.filter(cohort=self.m.evening.room.session.cohort, ended_at=None)
        if taken.count() > PLACES or taken.count() != len(self.m.world.seats):
            raise Broken("P1", f"{taken.count()} seats are taken")

    # ------------------------------------------------------------ what people read

    def nobody_reads_more_than_they_may(self) -> None:
        """Snapshots and streams of everybody inside, word for word (H1, H3, L11)."""
        for name, person in self.m.world.people.items():
            if not person.inside or not self.m.world.entitled(person):
                self.old.pop(name, None)
                continue
            if not person.young and name != self._desk():
                continue
            shot = _builtins(snapshot(self.m.access(name), self.m.now))
            self._words(name, shot)
            self._converges(name, shot)

    def _desk(self) -> str:
        """One of the staff inside reads for all: they are shown the same."""
        people = self.m.world.people
        inside = [n for n in STAFF if people[n].inside and self.m.world.entitled(people[n])]
        return inside[0] if inside else ""

    def _words(self, name: str, shot: dict[str, Any]) -> None:
        reads = [self.streams.get(stream, []) for stream in shot["tops"]]
        found = found_in(json.dumps([shot, reads]).encode())
        for message in self.m.keys:
            canary = found_in(message.body.encode()).pop()
            mine = canary in found
            if name in STAFF:
                if not mine:
                    raise Broken("G2", f"the desk does not show {message.body}")
            elif mine and not self._may_read(name, canary):
                promise = "H3" if message.state in ("removed", "withdrawn") else "H1"
                raise Broken(promise, f"{name} reads a message that is {message.state}")

    def _may_read(self, name: str, canary: str) -> bool:
        return any(
            (m.state == "published" if m.line is None else m.line == name)
            or (m.author == name and m.state in HELD)
            for m in self.m.keys
            if canary in m.body
        )

    def _converges(self, name: str, shot: dict[str, Any]) -> None:
        old = self.old.get(name)
        if old is not None:
            for stream in shot["tops"]:
                for entry in self.streams.get(stream, [])[old["tops"].get(stream, 0) :]:
                    fold(old, stream, copy.deepcopy(entry))
            if differs := difference(plain(old), plain(shot)):
                raise Broken("L11", f"{name} folded, or is shown, {differs}")
        if old is None or self.steps % 5 == 0:
            self.old[name] = copy.deepcopy(shot)

    # ------------------------------------------------------------ exclusion

    def who_is_out_reads_nothing(self) -> None:
        """No door gives anything to an ended stay (H4)."""
        room, doors = self.m.evening.room.pk, dict.fromkeys(self.streams, 0)
        for name, lines in self.m.lines.items():
            person = self.m.world.people[name]
            inside = person.inside and self.m.world.entitled(person)
            for line in lines:
                if inside and line.stay == person.stays:
                    continue
                _closed(partial(api._news, line.access, line.stay, doors))
                if not person.inside or line.stay != person.stays:
                    for stream in self.streams:
                        if read_for(room, self.m.handle(name), line.stay, stream, 0, 500):
                            raise Broken("H4", f"{name} reads {stream} after the end of the stay")
            if not inside and lines:
                _closed(partial(snapshot, lines[-1].access, self.m.now))

    def deliver(self) -> None:
        """What a tail hands out since it last read: in order, and nothing after an exclusion."""
        room = self.m.evening.room.pk
        rows, tops, ends = read_new(room, self.tops)
        for ear in list(self.ears):
            last = _last_of(ends, ear)
            for stream in ear.got:
                places = [n for n, _raw in rows.get(stream, []) if n > ear.got[stream]]
                if last is not None:
                    places = [n for n in places if n <= last.get(stream, 0)]
                if places and places[0] != ear.got[stream] + 1:
                    raise Broken("L4", f"{ear.name} gets {stream} {places} after {ear.got}")
                ear.got[stream] = places[-1] if places else ear.got[stream]
            if last is not None:
                self.ears.remove(ear)
                self._ended_in_time(ear)
        self.tops.update(tops)
        self._listen()

    def _ended_in_time(self, ear: Ear) -> None:
        """The last that a connection gets of the room is that its own stay ended."""
        rows = Entry.objects.filter(stream__name="room", kind="left", data__who=ear.handle)
        left = next(row.seq for row in rows if row.data["stay"] == ear.stay)
        if ear.got["room"] != left:
            raise Broken("H4", f"{ear.name} got the room up to {ear.got['room']}, left at {left}")

    def _listen(self) -> None:
        known = {(ear.name, ear.stay) for ear in self.ears}
        for name, person in self.m.world.people.items():
            if person.inside and (name, person.stays) not in known:
                member = log.member_by_handle(self.m.evening.room.pk, self.m.handle(name))
                assert member is not None
                got = {stream: self.tops.get(stream, 0) for stream in log.streams_for(member)}
                self.ears.append(Ear(name, member.handle, member.stay, got))


HELD = ("held", "declined", "sent_back")
ENTRY_PROMISES = {"message": "H1", "own": "H3", "item": "G2", "alert": "G1", "left": "H4"}


def _promise_of(kind: str) -> str:
    return ENTRY_PROMISES.get(kind, "L4")


def _closed(read: Callable[[], object]) -> None:
    try:
        read()
    except (Refused, NotHere):
        return
    raise Broken("H4", "somebody who is out can read")


def _last_of(ends: Any, ear: Ear) -> dict[str, int] | None:
    """Up to where the tail serves a connection whose stay ended."""
    mine = [last for who, stay, last in ends if who == ear.handle and ear.stay <= stay]
    return mine[0] if mine else None


def _builtins(struct: msgspec.Struct) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(protocol.encode(struct))
    return made


def _odd_one(name: str, said: list[str], told: list[str], more: str) -> Broken:
    """Which entry is missing, or (``more``: the promise) is there and should not be."""
    same = next(
        (n for n, (a, b) in enumerate(zip(said, told, strict=False)) if a != b),
        min(len(said), len(told)),
    )
    if len(said) > len(told):
        return Broken(more, f"{name} says {said[same]} at {same + 1} of {told}")
    return Broken(_promise_of(told[same]), f"{name} does not say {told[same]} at {same + 1}")


def _kinds(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["k"] for entry in entries]
