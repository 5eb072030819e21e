"""Many threads at one room, each with its own connection to a real database file."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from chat import log, policy, protocol
from chat.actions import decisions
from chat.actions.messages import sha
from chat.models import Entry, Member, Message, Stream
from chat.refusals import Refused
from people import audit
from tests.evening import HOLD, START, Evening
from tests.model.faults import replaced

PATIENCE = 60


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Do all of these at the same moment, each in a thread; the results, faults among them."""
    start = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def one(number: int) -> None:
        try:
            start.wait(PATIENCE)
            results[number] = acts[number]()
        except Exception as fault:
            results[number] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[n], daemon=True) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results


def carry(evening: Evening, name: str, frame: protocol.Act, now: datetime = START) -> object:
    """One act over somebody's socket: the answer, or the code of the refusal."""
    try:
        return policy.carry_out(evening.access(name), frame, now, evening.stays[name])
    except Refused as refused:
        return refused.code


def everybody_stays(evening: Evening) -> None:
    """The adults are heard at a moment that fits the clock of every thread."""
    middle = START + timedelta(seconds=12)
    Member.objects.filter(account__isnull=False).update(heard_at=middle)


@dataclass
class Round:
    """What became of one held message that eight people decided at once."""

    results: list[object]
    told: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """What is wrong: more than one decision, or one after the author took it back (H2)."""
        decided = [r for r in self.results[:6] if isinstance(r, protocol.Done)]
        odd = [r for r in self.results if not (r == "decided" or isinstance(r, protocol.Done))]
        said = [f"{len(decided)} decisions won"] if len(decided) > 1 else []
        said += [f"somebody got {result!r}" for result in odd]
        choices = [state for state in self.told if state != "withdrawn"]
        taken_back = self.told[-1:] == ["withdrawn"] or len(self.results) == 6
        if len(choices) != len(decided) or not taken_back:
            said.append(f"the desk was told {self.told} of {len(decided)} decisions")
        return said


def decide_at_once(evening: Evening, number: int, withdrawals: int = 2) -> Round:
    """Two approve, two withhold, two send back and the author withdraws twice, all at once."""
    words = f"{HOLD} {number}"
    held = evening.send("Robin", words)
    acts = []
    for which, decision in enumerate(("approve", "decline", "send_back") * 2):
        name = ("Maya", "Jo", "Ines")[which // 2]
        frame = protocol.Decide(f"d{number}-{which}", held.id, decision, sha(words), "other")  # type: ignore[arg-type]
        acts.append(_later(evening, name, frame))
    for which in range(withdrawals):
        acts.append(_later(evening, "Robin", protocol.Withdraw(f"w{number}-{which}", held.id)))
    results = at_once(acts)
    rows = Entry.objects.filter(kind="decided", message__key=held.id).order_by("seq")
    return Round(results, [row.data["state"] for row in rows])


def _later(evening: Evening, name: str, frame: protocol.Act) -> Callable[[], object]:
    return lambda: carry(evening, name, frame)


def write_at_once(evening: Evening, names: tuple[str, ...], each: int) -> list[object]:
    """Everybody writes so many lines to the room, a little apart by their own clocks."""

    def writer(name: str) -> Callable[[], object]:
        def write() -> object:
            return [
                carry(evening, name, protocol.Send(f"{name}-{n}", f"line {n}"), _moment(n))
                for n in range(each)
            ]

        return write

    return at_once([writer(name) for name in names])


def _moment(number: int) -> datetime:
    return START + timedelta(seconds=1.2 * number)


def faults_of_streams(results: list[object], expected: int) -> list[str]:
    """What is wrong: a send that was not taken, a place that is missing, doubled or somebody's."""
    answers = [a for result in results for a in (result if isinstance(result, list) else [result])]
    oks = [answer for answer in answers if isinstance(answer, protocol.Ok)]
    said = [f"{answer!r}" for answer in answers if not isinstance(answer, protocol.Ok)]
    if len(oks) != expected:
        said.append(f"{len(oks)} of {expected} were taken")
    for stream in Stream.objects.all():
        places = list(stream.entries.order_by("pk").values_list("seq", flat=True))
        if places != list(range(1, stream.top + 1)):
            said.append(f"{stream.name} is {places} up to {stream.top}")
    for ok in oks:
        here = Entry.objects.filter(stream__name=ok.stream, seq=ok.seq, message__key=ok.id)
        if here.count() != 1:
            said.append(f"{ok} is not in the log")
    return said


def copies(name: str) -> list[str]:
    """The cids that stand more than once among somebody's messages."""
    cids = Counter(
        Message.objects.filter(author__seat__nickname=name).values_list("cid", flat=True)
    )
    return [cid for cid, count in cids.items() if count > 1]


# ---------------------------------------------------------------- without the lock


class Unlocked:
    """In place of Django's transactions: none."""

    @staticmethod
    def atomic() -> AbstractContextManager[None]:
        """No transaction, so no lock."""
        return nullcontext()

    @staticmethod
    def on_commit(work: Callable[[], object]) -> None:
        """There is no commit to wait for."""
        work()


@contextmanager
def unlocked() -> Iterator[None]:
    """Every act runs without the room's lock."""
    with (
        replaced(log, "transaction", Unlocked),
        replaced(audit, "record", lambda *who, **what: None),
    ):
        yield


@contextmanager
def decisions_look_before_they_leap(deciders: int) -> Iterator[None]:
    """Each decision reads that the message is held, and writes when all have read."""
    find, everybody = decisions._find, threading.Barrier(deciders)

    def look(hand: log.Hand, key: str) -> Message:
        message = find(hand, key)
        everybody.wait(PATIENCE)
        return message

    def leap(message: Message, hand: Any, state: Message.State, reason: str, note: str) -> None:
        Message.objects.filter(pk=message.pk).update(state=state)
        message.state = state

    with unlocked(), replaced(decisions, "_find", look), replaced(decisions, "_settle", leap):
        yield


@contextmanager
def counters_look_before_they_leap(writers: int) -> Iterator[None]:
    """Each writer reads the counter, and raises it when all have read."""
    everybody = threading.Barrier(writers)

    def raise_counter(room_id: str, name: str) -> tuple[int, int]:
        stream = Stream.objects.get(room_id=room_id, name=name)
        everybody.wait(PATIENCE)
        Stream.objects.filter(pk=stream.pk).update(top=stream.top + 1)
        return stream.pk, stream.top + 1

    with unlocked(), replaced(log, "_raise_counter", raise_counter):
        yield
