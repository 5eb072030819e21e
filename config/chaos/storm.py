"""When the server is struck: at any moment, in a burst, at an answer, while starting."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from config.chaos.desk import Facilitator
from config.chaos.house import House
from config.chaos.ledger import FAULTS, Account, Seen, balance
from config.chaos.log import read_log, read_tops
from config.chaos.people import Person, Young

FACILITATE = ("counsellor", "volunteer")
ROUNDS = 6


class Storm:
    """One run: a house, its people, and a seed."""

    def __init__(self, folder: Path, faults: int, seed: int) -> None:
        self.house = House(folder)
        self.faults = faults
        self.seed = seed
        self.random = Random(seed)  # noqa: S311  (a seed makes a run that can be had again)
        self.people: list[Person] = []
        self.begun = time.monotonic()

    async def evening(self) -> Account:
        """Ten people take part while the house falls down; then peace, then the sums."""
        await self._start()
        self._invite()
        parts = [asyncio.create_task(person.take_part()) for person in self.people]
        try:
            await asyncio.sleep(2)
            while self.house.kills < self.faults:
                await self._strike()
                say(f"{self.house.kills} of {self.faults} kills, {self._seconds()} s")
            await asyncio.sleep(3)
        finally:
            for person in self.people:
                person.over.set()
            await asyncio.gather(*parts)
        try:
            await self._heal()
        finally:
            self.house.stop()
        return self._balance()

    def sums(self, account: Account) -> dict[str, object]:
        """What the last line says."""
        counts = account.counts
        first = ("acknowledged", "deliveries", *FAULTS, "alerts", "decisions", "snapshots")
        starts = sorted(self.house.starts)
        return {
            "kills": self.house.kills,
            "sends": sum(person.sends for person in self.people),
            **{name: counts[name] for name in first},
            "start_seconds": round(starts[len(starts) // 2], 2),
            "seconds": self._seconds(),
            "seed": self.seed,
        }

    # ------------------------------------------------------------ strikes

    async def _strike(self) -> None:
        strike = self.random.choice(
            (self._any_time, self._any_time, self._in_a_burst, self._in_a_burst,
             self._at_an_answer, self._at_once, self._while_starting)
        )  # fmt: skip
        await strike()
        self.house.kill()
        await self._start()

    async def _any_time(self) -> None:
        await asyncio.sleep(self.random.uniform(0.3, 4))

    async def _at_once(self) -> None:
        """While everybody is coming back."""
        await asyncio.sleep(self.random.uniform(0, 0.4))

    async def _in_a_burst(self) -> None:
        await asyncio.sleep(self.random.uniform(0.5, 2))
        young = [person for person in self.people if isinstance(person, Young)]
        bursts = [asyncio.create_task(person.burst(3)) for person in young if person.lives]
        await asyncio.sleep(self.random.uniform(0, 0.2))
        self._leave_to_end(bursts)

    async def _at_an_answer(self) -> None:
        """In the moment in which somebody hears that their words are kept."""
        await asyncio.sleep(self.random.uniform(0.3, 1.5))
        for person in self.people:
            person.answered.clear()
        waiting = [asyncio.create_task(person.answered.wait()) for person in self.people]
        await asyncio.wait(waiting, timeout=3, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()

    async def _while_starting(self) -> None:
        """A server that was killed is killed again before it serves."""
        await asyncio.sleep(self.random.uniform(0.3, 2))
        if self.house.kills + 2 > self.faults:
            return
        self.house.kill()
        self.house.begin()
        await asyncio.sleep(self.random.uniform(0.1, 1.2) * min(self.house.starts))

    def _leave_to_end(self, tasks: list[asyncio.Task[None]]) -> None:
        self._ending = tasks

    async def _start(self) -> None:
        await asyncio.to_thread(self.house.start)

    # ------------------------------------------------------------ people

    def _invite(self) -> None:
        sheet = self.house.sheet
        for number, one in enumerate(sheet["people"]):
            about = (one["nickname"], one["sign_in_url"], sheet, self.seed * 100 + number)
            if one["role"] in FACILITATE:
                self.people.append(Facilitator(*about))
            elif one["seat"]:
                self.people.append(Young(*about, by_http=0.7 if number < 2 else 0.0))

    # ------------------------------------------------------------ peace

    async def _heal(self) -> None:
        """Everybody sends what they have left, and comes back until nothing moves any more."""
        everything_sent = asyncio.Event()
        desk = [p for p in self.people if isinstance(p, Facilitator)]
        held = [asyncio.create_task(one.hold_open(everything_sent)) for one in desk]
        young = [person for person in self.people if isinstance(person, Young)]
        await asyncio.gather(*(person.come_home(until_sent=True) for person in young))
        everything_sent.set()
        await asyncio.gather(*held)
        database, room = self.house.folder / "waymark.sqlite3", self.house.sheet["room"]["id"]
        for _round in range(ROUNDS):
            before = read_tops(database, room)
            await asyncio.gather(*(person.catch_up(before) for person in self.people))
            if read_tops(database, room) == before:
                return

    def _balance(self) -> Account:
        room = self.house.sheet["room"]["id"]
        log = read_log(self.house.folder / "waymark.sqlite3", room)
        seen: list[Seen] = [life for person in self.people for life in person.lives]
        account = balance(log, seen)
        for _one in range(self.house.tracebacks):
            account.fault("tracebacks", "the server did not handle a fault, see its log")
        for person in self.people:
            for cid in person.phone.outbox:
                account.fault("lost", f"{person.name} could not send {cid} after healing")
        return account

    def _seconds(self) -> float:
        return round(time.monotonic() - self.begun, 1)


def say(text: str) -> None:
    """Progress, apart from the answer."""
    with suppress(BrokenPipeError):
        print(f"chaos: {text}", file=sys.stderr, flush=True)
