"""What the database has in the end, read from its file without a line of the program's own code."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from config.chaos.canaries import found_in

ROOM = "room"
DECISIONS = ("published", "declined", "sent_back")


@dataclass
class Written:
    """One message. ``body`` is what its author wrote; ``room`` and ``gone`` are places."""

    key: str
    body: str
    author: str
    cid: str
    level: str = "publish"
    line: str | None = None
    room: int | None = None
    gone: int | None = None
    alerts: int = 0
    decisions: int = 0
    approved: bool = False


@dataclass
class Log:
    """The log of one room: entries by stream and place, messages by key, counters by stream."""

    entries: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, Written] = field(default_factory=dict)
    tops: dict[str, int] = field(default_factory=dict)
    copies: dict[tuple[str, str], int] = field(default_factory=dict)
    canaries: dict[str, list[str]] = field(default_factory=dict)
    _of_room: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)

    def add(self, message: Written) -> None:
        """Take in one message."""
        self.messages[message.key] = message
        whose = (message.author, message.cid)
        self.copies[whose] = self.copies.get(whose, 0) + 1
        for word in found_in(message.body):
            self.canaries.setdefault(word, []).append(message.key)

    def write(self, stream: str, seq: int, kind: str, message: str = "", **data: Any) -> None:
        """Take in one entry."""
        self.entries[stream, seq] = {"k": kind, "id": message, **data}
        self.tops[stream] = max(seq, self.tops.get(stream, 0))
        written = self.messages.get(message)
        if written is None:
            return
        if (stream, kind) == (ROOM, "message"):
            written.room = seq
        elif (stream, kind) == (ROOM, "gone"):
            written.gone = seq
        elif kind == "alert":
            written.alerts += 1
        elif kind == "decided" and data.get("by") and data.get("state") in DECISIONS:
            written.decisions += 1
            written.approved |= data["state"] == "published"

    def of_room(self, kind: str) -> list[tuple[int, dict[str, Any]]]:
        """The entries of one kind in the room, with their places, in order."""
        if kind not in self._of_room:
            room = [(n, e) for (name, n), e in self.entries.items() if name == ROOM]
            self._of_room[kind] = sorted(
                ((n, e) for n, e in room if e["k"] == kind), key=itemgetter(0)
            )
        return self._of_room[kind]


def read_log(database: Path, room_id: str) -> Log:
    """Read one room from the database file."""
    base = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    log = Log()
    try:
        for row in base.execute(MESSAGES, [room_id]):
            log.add(Written(*row))
        for stream, seq, kind, key, data in base.execute(ENTRIES, [room_id]):
            log.write(stream, seq, kind, key or "", **json.loads(data))
        log.tops.update(base.execute(TOPS, [room_id]).fetchall())
    finally:
        base.close()
    return log


def read_tops(database: Path, room_id: str) -> dict[str, int]:
    """The counters alone."""
    base = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return dict(base.execute(TOPS, [room_id]).fetchall())
    finally:
        base.close()


MESSAGES = """
    SELECT m.key, coalesce(h.body, m.body), a.handle, m.cid, m.level, l.handle
    FROM chat_message m JOIN chat_member a ON a.id = m.author_id
    LEFT JOIN chat_member l ON l.id = m.line_id
    LEFT JOIN chat_heldtext h ON h.message_id = m.id
    WHERE m.room_id = ? ORDER BY m.id"""
ENTRIES = """
    SELECT s.name, e.seq, e.kind, m.key, e.data
    FROM chat_entry e JOIN chat_stream s ON s.id = e.stream_id
    LEFT JOIN chat_message m ON m.id = e.message_id
    WHERE s.room_id = ? ORDER BY e.id"""
TOPS = "SELECT name, top FROM chat_stream WHERE room_id = ?"
