"""What everybody was told and saw, against the log: every count of a fault must be zero."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from config.chaos.canaries import found_in
from config.chaos.log import ROOM, Log, Written
from config.phones import Frame, Phone

FAULTS = (
    "lost",
    "duplicated",
    "gaps",
    "inversions",
    "leaks",
    "changed",
    "alerts_lost",
    "decided_twice",
    "tracebacks",
)
WINDOW = 60


@dataclass
class Seen:
    """One phone and whose it was: ``staff`` read everything; ``gone`` once an exit was answered."""

    phone: Phone
    staff: bool = False
    gone: bool = False

    @property
    def who(self) -> str:
        """The handle of its person; empty if it never came in."""
        shots = self.phone.snapshots
        return str(shots[0]["me"]["who"]) if shots else ""


@dataclass
class Account:
    """The sums of a run, and a sentence for each fault."""

    counts: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    @property
    def violations(self) -> int:
        """How often a promise was broken."""
        return sum(self.counts[fault] for fault in FAULTS)

    def fault(self, kind: str, what: str) -> None:
        """Count one."""
        self.counts[kind] += 1
        self.said.append(f"{kind}: {what}")


def balance(log: Log, seen: list[Seen]) -> Account:
    """Compare everything with everything."""
    account = Account()
    _check_log(log, account)
    for one in seen:
        Reading(log, one, account).check()
    _check_answers(log, seen, account)
    return account


def _check_log(log: Log, account: Account) -> None:
    for name, top in log.tops.items():
        for place in range(1, top + 1):
            if (name, place) not in log.entries:
                account.fault("gaps", f"the log has no {name} {place}")
    for whose, count in log.copies.items():
        for _copy in range(count - 1):
            account.fault("duplicated", f"{whose} stands {count} times")
    for message in log.messages.values():
        account.counts["alerts"] += message.alerts
        account.counts["decisions"] += message.decisions
        if message.decisions > 1:
            account.fault("decided_twice", f"{message.key} was decided {message.decisions} times")
        if message.level == "alert" and message.alerts == 0:
            account.fault("alerts_lost", f"{message.key} raised no alert")


def _check_answers(log: Log, seen: list[Seen], account: Account) -> None:
    """Every acknowledged message is in the log at its place, and every answer was the same."""
    answers: dict[tuple[str, str], Frame] = {}
    for one in seen:
        for kind, frame in one.phone.journal:
            if kind != "told" or frame["t"] != "ok":
                continue
            first = answers.setdefault((one.who, frame["cid"]), frame)
            if first != frame:
                account.fault("duplicated", f"{first} was answered again as {frame}")
    for (who, cid), answer in answers.items():
        account.counts["acknowledged"] += 1
        entry = log.entries.get((answer["stream"], answer["seq"]))
        message = log.messages.get(answer["id"])
        if entry is None or message is None or entry["id"] != answer["id"]:
            account.fault("lost", f"{answer} is not in the log")
        elif (message.author, message.cid) != (who, cid):
            account.fault("lost", f"{answer} is somebody else's in the log")


class Reading:
    """One phone's journal, read again from its beginning."""

    def __init__(self, log: Log, one: Seen, account: Account) -> None:
        self.log, self.one, self.account = log, one, account
        self.have: dict[str, int] = {}
        self.had: set[tuple[str, int]] = set()
        self.latest: dict[str, int] = {}
        self.after: dict[str, int] = {}

    def check(self) -> None:
        """Go through everything that happened to it, in order."""
        for kind, what in self.one.phone.journal:
            if kind == "snapshot":
                self._snapshot(what)
            elif kind == "composed":
                self.after[what["cid"]] = self.latest.get(ROOM, 0)
            elif kind == "told":
                self._told(what)
            else:
                self._entry(kind, what)
        self._arrived()

    def _fault(self, kind: str, what: str) -> None:
        self.account.fault(kind, f"{self.one.phone.name} {what}")

    # ------------------------------------------------------------ entries

    def _entry(self, stream: str, entry: Frame) -> None:
        place, expected = (stream, entry["n"]), self.have.get(stream, 0) + 1
        self.account.counts["deliveries"] += 1
        if place in self.had:
            self._fault("duplicated", f"got {place} twice")
        elif entry["n"] < expected:
            self._fault("inversions", f"got {place} when {expected} was next")
        elif entry["n"] > expected:
            self._fault("gaps", f"got {place} when {expected} was next")
        self.had.add(place)
        self.have[stream] = max(expected - 1, entry["n"])
        self._same(place, entry)
        self._may_read(entry, stream, entry["n"])

    def _same(self, place: tuple[str, int], entry: Frame) -> None:
        """An entry is what the log has there, with the words of its author or none."""
        written = self.log.entries.get(place)
        if written is None or written["k"] != entry["k"]:
            self._fault("changed", f"got {entry} at {place}, the log has {written}")
        elif entry["k"] in ("message", "own", "line", "item"):
            message = self.log.messages[written["id"]]
            if entry["id"] != message.key:
                self._fault("inversions", f"got {entry['id']} at {place}, not {message.key}")
            elif not self._same_words(entry, message):
                self._fault("changed", f"read {entry.get('body')!r} in {message.key}")

    def _same_words(self, entry: Frame, message: Written) -> bool:
        """What the author wrote; nothing only where it was taken back or taken away."""
        if entry.get("body"):
            return bool(entry["body"] == message.body)
        return message.gone is not None or entry["k"] == "own"

    def _arrived(self) -> None:
        """After healing everybody has everything; who went has nothing later."""
        phone = self.one.phone
        if self.one.gone:
            left = self._left_at()
            if left is not None and self.have.get(ROOM, 0) > left:
                self._fault("leaks", f"read on to {self.have[ROOM]} after leaving at {left}")
            return
        for name, have in phone.have.items():
            for place in range(have + 1, self.log.tops.get(name, 0) + 1):
                self._fault("lost", f"never got {name} {place}")

    def _left_at(self) -> int | None:
        """Where its only stay ended; None if it came in again, or nobody knows."""
        who, shots = self.one.who, self.one.phone.snapshots
        came = [entry for name, entry in self.one.phone.journal if name == ROOM]
        if not shots or any(_comes(entry, who) for entry in came):
            return None
        start = max((n for n in self._comings(who) if n <= shots[0]["tops"][ROOM]), default=0)
        return min((n for n in self._goings(who) if n > start), default=None)

    def _comings(self, who: str) -> list[int]:
        return [n for n, entry in self.log.of_room("joined") if _comes(entry, who)]

    def _goings(self, who: str) -> list[int]:
        return [n for n, entry in self.log.of_room("left") if entry["who"] == who]

    # ------------------------------------------------------------ snapshots

    def _snapshot(self, shot: Frame) -> None:
        self.account.counts["snapshots"] += 1
        self.have = dict(shot["tops"])
        top = self.have.get(ROOM, 0)
        told = [entry["id"] for n, entry in self.log.of_room("message") if n <= top]
        shown = [message["id"] for message in shot["messages"]]
        if sorted(shown) == sorted(told[-WINDOW:]) and shown != told[-WINDOW:]:
            self._fault("inversions", f"was shown {shown}, the log has {told[-WINDOW:]}")
        elif shown != told[-WINDOW:]:
            self._fault("gaps", f"was shown {shown}, the log has {told[-WINDOW:]}")
        self._may_read(shot, ROOM, top)

    # ------------------------------------------------------------ answers

    def _told(self, answer: Frame) -> None:
        self._may_read(answer, "", 0)
        if answer["t"] == "ok" and answer["stream"] == ROOM:
            if answer["seq"] <= self.after.get(answer["cid"], 0):
                self._fault("inversions", f"wrote {answer} after {self.after[answer['cid']]}")
            self.latest[ROOM] = max(answer["seq"], self.latest.get(ROOM, 0))

    # ------------------------------------------------------------ words

    def _may_read(self, frame: Frame, stream: str, place: int) -> None:
        """Words are for their author, for staff, for their line, or for the room at their place."""
        if self.one.staff:
            return
        for word in found_in(frame):
            keys = self.log.canaries.get(word, [])
            if not any(self._open(key, stream, place) for key in keys):
                self._fault("leaks", f"read {word} in {stream} {place}")

    def _open(self, key: str, stream: str, place: int) -> bool:
        message = self.log.messages[key]
        if self.one.who in (message.author, message.line):
            return True
        if stream != ROOM or message.room is None or message.line is not None:
            return False
        if message.level != "publish" and not message.approved:
            return False
        gone = message.gone is not None and place >= message.gone
        return message.room <= place and not gone


def _comes(entry: Frame, who: str) -> bool:
    return bool(entry["k"] == "joined" and entry["member"]["who"] == who)
