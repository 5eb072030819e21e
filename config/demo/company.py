"""The demo room's scripted people: eight who talk, two adults who are there, deciding nothing."""

from __future__ import annotations

import atexit
import secrets
import threading
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from chat import protocol
from chat.actions import presence
from chat.models import Member, Room
from chat.practice.company import Company
from chat.practice.inside import Inside
from chat.practice.news import CameIn
from chat.practice.player import Player
from chat.practice.script import ADULTS, load_script
from chat.refusals import Refused
from config.demo.world import COHORT, FACILITATORS, SEATS, STAFF, TONIGHT
from config.logs import get_logger
from courses.models import Seat
from people.models import Account, YoungPerson

log = get_logger("waymark.demo")

SCRIPT: Final = "week-three"
SEED: Final = 3
NAMES: Final = (
    *(nickname for nickname, *_drawn in SEATS),
    *(name for username, name, _role in STAFF if username in FACILITATORS),
)
BEAT: Final = timedelta(seconds=protocol.BEAT_SECONDS)
BACK_AFTER: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = 1.0
SHORTEST_WAIT: Final = 0.3  # a handful of queries a second at most
AFTER_A_FAULT: Final = 5.0
PATIENCE: Final = 2.0

Person = YoungPerson | Account


class Guests:
    """The real people who took a place since the program started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: set[str] = set()

    def add(self, person: Person) -> None:
        """This person's place is played by nobody any more."""
        with self._lock:
            self._names.add(_name_of(person))

    def __contains__(self, person: Person) -> bool:
        with self._lock:
            return _name_of(person) in self._names


_guests: Final = Guests()


def somebody_came(person: Person) -> None:
    """A real person has this place now: the scripted one falls silent."""
    _guests.add(person)


def start_scripted() -> None:
    """Begin to talk in the demo room, in a thread that ends with the program."""
    stop = threading.Event()
    thread = threading.Thread(target=_play, args=[stop], name="scripted", daemon=True)

    def end() -> None:
        stop.set()
        thread.join(PATIENCE)

    atexit.register(end)
    thread.start()


def _play(stop: threading.Event) -> None:
    """Play until told to stop; a fault of the database is a pause, not the end."""
    scripted: Scripted | None = None
    try:
        while not stop.is_set():
            try:
                scripted = scripted or Scripted(timezone.now(), _guests)
                wait = scripted.step(timezone.now())
            except DatabaseError:
                log.exception("scripted people wait", kind="database")
                close_old_connections()
                wait = AFTER_A_FAULT
            stop.wait(wait)
    finally:
        connections.close_all()


class Scripted:
    """The scripted people of tonight's room."""

    def __init__(self, now: datetime, guests: Guests) -> None:
        self.guests = guests
        room = Room.objects.get(session__cohort__name=COHORT, session__number=TONIGHT)
        self.cast = cast()
        self.door = Inside(room.pk, self.cast)
        adults = [person.pk for person in self.cast.values() if isinstance(person, Account)]
        self.beats = Beats(room.pk, adults)
        self.gone: set[int] = set()
        keys = self.door.said()
        player = Player(
            load_script(SCRIPT),
            self.cast,
            seed=SEED,
            names=NAMES,
            said=frozenset(keys),
            run=secrets.token_hex(3),
        )
        self.company = Company(player, self.door, now, keys)
        self._make_way(now)
        before = player.before()
        self._arrive(now, early=now + timedelta(seconds=before[0][0] if before else 0))
        self.company.begin(before)

    def step(self, now: datetime) -> float:
        """Do what is due; how many seconds to wait."""
        self.beats.beat(now)
        self._make_way(now)
        wait = self.company.step(now)
        return min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)

    def _arrive(self, now: datetime, early: datetime) -> None:
        """Everybody whose place is free comes in, the adults first, and the room is opened."""
        for who in (*ADULTS, *sorted(set(self.cast) - set(ADULTS))):
            if who not in self.gone and not self.door.enter(who, early):
                self.gone.add(who)
                self.company.player.silence(who)
        self.beats.beat(now)
        try:
            self.door.open(ADULTS[0], now)
        except Refused as refused:
            log.info("the demo room stays shut", code=refused.code)

    def _make_way(self, now: datetime) -> None:
        """Whoever has a real person in their place falls silent, for good in this run."""
        for who, person in self.cast.items():
            if who not in self.gone and person in self.guests:
                self.gone.add(who)
                young = isinstance(person, YoungPerson)
                self.company.hear(CameIn(NAMES[who - 1], who, greet=young), now)


class Beats:
    """The heartbeats of scripted adults, each until a real desk keeps its own."""

    def __init__(self, room_id: str, accounts: list[int]) -> None:
        self.room_id = room_id
        self.last: dict[int, datetime | None] = dict.fromkeys(accounts)
        self.next: datetime | None = None

    def beat(self, now: datetime) -> None:
        """Keep the room open, every five seconds.

        A beat newer than our last is a real desk's: only then does ours rest, so that the room is
        never without an adult between the two. It comes back when the real desk has been silent
        for `BACK_AFTER`: whoever closed a desk finds a room that first paused and then goes on.
        """
        if self.next is not None and now < self.next:
            return
        self.next = now + BEAT
        rows = Member.objects.filter(room=self.room_id, account__in=list(self.last))
        for account, heard in rows.values_list("account", "heard_at"):
            ours = self.last[account]
            real = ours is not None and heard is not None and heard > ours
            if not real or (heard is not None and now - heard > BACK_AFTER):
                presence.hear(self.room_id, account, now)
                self.last[account] = now


def cast() -> dict[int, Person]:
    """Who plays which place of a script: the seats that are taken, then the two adults."""
    seats = Seat.objects.filter(cohort__name=COHORT, ended_at=None).select_related("person")
    people: dict[str, Person] = {seat.nickname: seat.person for seat in seats}
    people |= {it.username: it for it in Account.objects.filter(username__in=FACILITATORS)}
    places = [*(it[0] for it in SEATS), *FACILITATORS]
    return {who: people[name] for who, name in enumerate(places, start=1) if name in people}


def _name_of(person: Person) -> str:
    return f"{type(person).__name__}:{person.pk}"
