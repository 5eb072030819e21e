"""The ledger can find what it looks for: each fault is put into a good record, and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from config.chaos.ledger import FAULTS, Seen, balance
from config.chaos.log import Log, Written
from config.phones import Frame, Phone

PLAIN, HELD, SECRET, REMOVED = (f"vel{'ba' * 4}{last}" for last in ("da", "do", "du", "di"))
LINE = "velkakakakaka"


@dataclass
class Record:
    """A good evening of Robin and Sky, to be spoilt."""

    log: Log
    robin: Phone
    sky: Phone

    def counts(self) -> dict[str, int]:
        """The faults that are found."""
        account = balance(self.log, [Seen(self.robin), Seen(self.sky)])
        return {name: account.counts[name] for name in FAULTS if account.counts[name]}


def entry(n: int, kind: str, key: str = "", **more: object) -> Frame:
    return {"k": kind, "n": n, "at": "", "id": key, **more}


def message(n: int, key: str, body: str | None) -> Frame:
    return entry(n, "message", key, who="r", body=body)


def entries(stream: str, *them: Frame) -> Frame:
    return {"t": "entries", "s": stream, "e": list(them)}


def snapshot(who: str, room: int, *messages: Frame, seat: int = 0) -> Frame:
    tops = {"room": room, f"seat:{who}": seat}
    return {
        "t": "snapshot", "epoch": "e", "me": {"who": who}, "tops": tops, "messages": list(messages),
    }  # fmt: skip


def ok(cid: str, key: str, stream: str, seq: int) -> Frame:
    return {"t": "ok", "cid": cid, "id": key, "state": "published", "stream": stream, "seq": seq}


def good() -> Record:
    """Robin says a line, has one held and approved, one held; one is removed; Sky reads along."""
    log = Log()
    for key, body, level in (
        ("plain", PLAIN, "publish"),
        ("held", HELD, "hold"),
        ("secret", SECRET, "alert"),
        ("removed", REMOVED, "publish"),
    ):
        log.add(Written(key, body, "r", f"cid-{key}", level))
    log.add(Written("line", LINE, "s", "cid-line", line="s"))
    log.write("room", 1, "joined", member={"who": "r"})
    log.write("room", 2, "message", "plain")
    log.write("seat:r", 1, "own", "held")
    log.write("seat:r", 2, "own", "secret")
    log.write("desk", 1, "alert", "secret", alert="a")
    log.write("room", 3, "message", "removed")
    log.write("room", 4, "message", "held")
    log.write("desk", 2, "decided", "held", state="published", by="m")
    log.write("room", 5, "gone", "removed")
    log.write("seat:s", 1, "line", "line")
    return Record(log, _robin(), _sky())


def _robin() -> Phone:
    phone = Phone("", "", "", "Robin")
    phone.take(snapshot("r", 1))
    for key, stream, seq in (
        ("plain", "room", 2),
        ("held", "seat:r", 1),
        ("secret", "seat:r", 2),
        ("removed", "room", 3),
    ):
        phone.compose(key, cid=f"cid-{key}")
        phone.take(ok(f"cid-{key}", key, stream, seq))
    phone.take(entries("seat:r", entry(1, "own", "held", body=HELD)))
    phone.take(entries("seat:r", entry(2, "own", "secret", body=SECRET)))
    phone.take(entries("room", message(2, "plain", PLAIN), message(3, "removed", REMOVED)))
    phone.take(entries("room", message(4, "held", HELD), entry(5, "gone", "removed")))
    return phone


def _sky() -> Phone:
    phone = Phone("", "", "", "Sky")
    phone.take(snapshot("s", 3, message(2, "plain", PLAIN), message(3, "removed", REMOVED)))
    phone.take(entries("room", message(4, "held", HELD), entry(5, "gone", "removed")))
    phone.take(entries("seat:s", entry(1, "line", "line", body=LINE)))
    return phone


def test_a_good_evening_adds_up() -> None:
    record = good()
    assert record.counts() == {}
    account = balance(record.log, [Seen(record.robin), Seen(record.sky)])
    assert (account.counts["acknowledged"], account.counts["deliveries"]) == (4, 9)


SPOILT: dict[str, tuple[str, Callable[[Record], object]]] = {
    "an acknowledged message is not in the log": (
        "lost", lambda r: r.robin.take(ok("cid-x", "x", "room", 9))),
    "an acknowledged message is elsewhere in the log": (
        "lost", lambda r: r.robin.take(ok("cid-y", "plain", "room", 3))),
    "the last entry never came": (
        "lost", lambda r: r.log.write("room", 6, "left", who="x")),
    "a message stands twice": (
        "duplicated", lambda r: r.log.add(Written("again", "", "r", "cid-plain"))),
    "an entry came twice": (
        "duplicated", lambda r: r.sky.take(entries("room", entry(5, "gone", "removed")))),
    "a re-send had another answer": (
        "duplicated", lambda r: r.robin.take(ok("cid-plain", "removed", "room", 3))),
    "the log has a hole": (
        "gaps", lambda r: r.log.tops.update({"seat:x": 1})),
    "an entry was left out": (
        "gaps", lambda r: later(r, entries("room", entry(7, "left", who="x")))),
    "a snapshot lacks a message": (
        "gaps", lambda r: r.sky.take(snapshot("s", 5, message(2, "plain", PLAIN), seat=1))),
    "a snapshot is in another order": (
        "inversions", lambda r: r.sky.take(snapshot(
            "s", 3, message(3, "removed", REMOVED), message(2, "plain", PLAIN), seat=1))),
    "somebody's later line stands before their earlier one": (
        "inversions", lambda r: wrote_backwards(r)),
    "one message came in another's place": (
        "inversions", lambda r: swapped(r)),
    "held words came in the room": (
        "leaks", lambda r: r.sky.take(snapshot(
            "s", 3, message(2, "plain", SECRET), message(3, "removed", REMOVED), seat=1))),
    "held words came before they were approved": (
        "leaks", lambda r: r.sky.take(snapshot(
            "s", 3, message(2, "plain", HELD), message(3, "removed", REMOVED), seat=1))),
    "held words stand in the room without a decision": (
        "leaks", lambda r: setattr(r.log.messages["held"], "approved", False)),
    "removed words came after the removal": (
        "leaks", lambda r: r.sky.take(snapshot("s", 5, message(2, "plain", PLAIN), message(
            3, "removed", REMOVED), message(4, "held", HELD), seat=1))),
    "words of a private line came to another": (
        "leaks", lambda r: r.robin.take({"t": "err", "cid": "", "code": "x", "say": LINE})),
    "held words came with an answer": (
        "leaks", lambda r: r.sky.take({"t": "err", "cid": "", "code": "x", "say": SECRET})),
    "a message came with other words": (
        "changed", lambda r: replaced(r, "other words")),
    "an alert was not raised": (
        "alerts_lost", lambda r: setattr(r.log.messages["secret"], "alerts", 0)),
    "a message was decided twice": (
        "decided_twice", lambda r: setattr(r.log.messages["held"], "decisions", 2)),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_a_broken_promise_is_counted(what: str) -> None:
    kind, spoil = SPOILT[what]
    record = good()
    spoil(record)
    assert kind in record.counts()


def test_an_entry_after_an_exit_is_counted() -> None:
    record = good()
    record.log.write("room", 6, "left", who="s")
    record.log.write("room", 7, "left", who="x")
    record.robin.take(entries("room", entry(6, "left", who="s"), entry(7, "left", who="x")))
    record.sky.take(entries("room", entry(6, "left", who="s")))
    assert balance(record.log, [Seen(record.sky, gone=True)]).violations == 0
    record.sky.take(entries("room", entry(7, "left", who="x")))
    account = balance(record.log, [Seen(record.sky, gone=True)])
    assert account.counts["leaks"] == account.violations == 1


def test_staff_may_read_everything() -> None:
    record = good()
    record.sky.take({"t": "err", "cid": "", "code": "x", "say": SECRET})
    assert balance(record.log, [Seen(record.sky, staff=True)]).counts["leaks"] == 0


def later(record: Record, frame: Frame) -> None:
    """The log goes on, and Sky gets a piece that does not follow."""
    record.log.write("room", 6, "left", who="y")
    record.log.write("room", 7, "left", who="x")
    record.sky.take(frame)


def wrote_backwards(record: Record) -> None:
    """Robin knew that a line stood at 4 and wrote one that stands at 2."""
    record.robin.journal.insert(1, ("told", ok("cid-held", "held", "room", 4)))


def swapped(record: Record) -> None:
    """Robin's phone was given another message at one place."""
    got = next(e for kind, e in record.robin.journal if kind == "room" and e["n"] == 2)
    got["id"], got["body"] = "held", None


def replaced(record: Record, body: str) -> None:
    """Robin's phone was given other words."""
    got = next(e for kind, e in record.robin.journal if kind == "room" and e["n"] == 2)
    got["body"] = body
