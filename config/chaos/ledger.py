"""What was promised and what was seen, against the log: every number here must be zero."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from config.phones import Frame, Phone


@dataclass
class Log:
    """The log as the database has it: what stands at each place, and where each canary may stand.

    ``places``: (stream, seq) to message key or None. ``shown``: message key to its place in the
    room, or None. ``copies``: (author, cid) to how many messages.
    """

    places: dict[tuple[str, int], str | None]
    shown: dict[str, int | None]
    copies: dict[tuple[int, str], int]
    tops: dict[str, int]


@dataclass
class Seen:
    """One phone and whose it was: ``staff`` read everything, ``own`` canaries are its author's."""

    phone: Phone
    staff: bool = False
    own: frozenset[str] = frozenset()


@dataclass
class Account:
    """The sums of a run."""

    acknowledged: int = 0
    deliveries: int = 0
    lost: int = 0
    duplicated: int = 0
    gaps: int = 0
    inversions: int = 0
    leaks: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def violations(self) -> int:
        """How often a promise was broken."""
        return self.lost + self.duplicated + self.gaps + self.inversions + self.leaks


def read_log(database: Path, room_id: str) -> Log:
    """Read the log of one room from the database file itself."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as base:
        entries = base.execute(
            "SELECT s.name, e.seq, m.key FROM chat_entry e JOIN chat_stream s ON s.id = e.stream_id"
            " LEFT JOIN chat_message m ON m.id = e.message_id WHERE s.room_id = ?",
            [room_id],
        )
        places = {(name, seq): key for name, seq, key in entries}
        messages = list(
            base.execute(
                "SELECT key, room_seq, author_id, cid FROM chat_message WHERE room_id = ?",
                [room_id],
            )
        )
        tops = dict(base.execute("SELECT name, top FROM chat_stream WHERE room_id = ?", [room_id]))
    base.close()
    copies: dict[tuple[int, str], int] = {}
    for _key, _seq, author, cid in messages:
        copies[author, cid] = copies.get((author, cid), 0) + 1
    return Log(places, {key: seq for key, seq, *_ in messages}, copies, tops)


def balance(log: Log, seen: list[Seen], canaries: dict[str, str]) -> Account:
    """Compare; ``canaries`` are the words of held messages, each with the key of its message."""
    account = Account()
    _check_log(log, account)
    for one in seen:
        _check_answers(log, one.phone, account)
        _check_order(log, one.phone, account)
        _check_arrival(log, one.phone, account)
        if not one.staff:
            _check_leaks(log, one, canaries, account)
    return account


def _check_log(log: Log, account: Account) -> None:
    for name, top in log.tops.items():
        missing = [n for n in range(1, top + 1) if (name, n) not in log.places]
        account.gaps += len(missing)
        account.said += [f"the log has no {name} {n}" for n in missing]
    for copy, count in log.copies.items():
        account.duplicated += count - 1
        if count > 1:
            account.said.append(f"{copy} stands {count} times")


def _check_answers(log: Log, phone: Phone, account: Account) -> None:
    for answer in phone.answers.values():
        if answer["t"] != "ok":
            continue
        account.acknowledged += 1
        if log.places.get((answer["stream"], answer["seq"])) != answer["id"]:
            account.lost += 1
            account.said.append(f"{phone.name}: {answer} is not in the log")


def _check_order(log: Log, phone: Phone, account: Account) -> None:
    seen: set[tuple[str, int]] = set()
    account.said += [f"{phone.name}: {fault}" for fault in phone.faults]
    account.gaps += len(phone.faults)
    for stream, entry in phone.applied:
        place = (stream, entry["n"])
        account.deliveries += 1
        if place in seen:
            account.duplicated += 1
            account.said.append(f"{phone.name}: {place} twice")
        seen.add(place)
        if entry["k"] in ("message", "own", "line") and log.places.get(place) != entry["id"]:
            account.inversions += 1
            account.said.append(f"{phone.name}: {place} is {entry['id']}, not so in the log")


def _check_arrival(log: Log, phone: Phone, account: Account) -> None:
    """After healing everybody has everything; who left has nothing later."""
    if phone.left:
        return
    for name, have in phone.have.items():
        missing = log.tops.get(name, 0) - have
        if missing > 0:
            account.lost += missing
            account.said.append(f"{phone.name}: {missing} of {name} never came")


def _check_leaks(log: Log, one: Seen, canaries: dict[str, str], account: Account) -> None:
    """Held words are somebody else's until their place in the room, and only there."""
    theirs = {word: key for word, key in canaries.items() if word not in one.own}
    for stream, entry in one.phone.applied:
        for word in _found(theirs, entry):
            approved = log.shown.get(theirs[word])
            if stream != "room" or approved is None or entry["n"] < approved:
                _leak(account, one.phone, word)
    for shot in one.phone.snapshots:
        for word in _found(theirs, shot):
            approved = log.shown.get(theirs[word])
            if approved is None or shot["tops"]["room"] < approved:
                _leak(account, one.phone, word)


def _found(words: dict[str, str], frame: Frame) -> list[str]:
    text = json.dumps(frame)
    return [word for word in words if word in text]


def _leak(account: Account, phone: Phone, word: str) -> None:
    account.leaks += 1
    account.said.append(f"{phone.name} read {word} before it was approved")
