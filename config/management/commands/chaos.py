"""``manage.py chaos``: kills the server under ten phones again and again, and counts the damage."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.chaos.house import House
from config.chaos.ledger import Account, Seen, balance, read_log
from config.chaos.people import Facilitator, Person, Young
from people.models import Role

LEADS = (Role.COUNSELLOR, Role.VOLUNTEER)


class Command(BaseCommand):
    """Last line JSON; exit 1 when a promise of the log was broken."""

    help = "Kill the server N times under ten phones; every count but the first four must be 0."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """How many kills, and the seed of everything that is drawn."""
        parser.add_argument("--faults", type=int, default=20)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, print the sums, exit."""
        with tempfile.TemporaryDirectory(prefix="waymark-chaos-") as folder:
            run = Run(Path(folder) / "data", options["faults"], options["seed"])
            account = asyncio.run(run.evening())
        for line in account.said[:20]:
            sys.stderr.write(f"chaos: {line}\n")
        self.stdout.write(json.dumps(run.sums(account)))
        if account.violations or not account.acknowledged:
            sys.exit(1)


class Run:
    """One run: a house, its people, and a seed."""

    def __init__(self, folder: Path, faults: int, seed: int) -> None:
        folder.parent.mkdir(exist_ok=True)
        self.house = House(folder)
        self.faults = faults
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311  a seed makes a run that can be had again
        self.people: list[Person] = []
        self.starts: list[float] = []

    async def evening(self) -> Account:
        """Ten people take part while the house falls down; then peace, then the sums."""
        await self._start()
        self._invite()
        parts = [asyncio.create_task(person.take_part()) for person in self.people]
        try:
            for number in range(self.faults):
                await asyncio.sleep(self.random.uniform(0.4, 3.5))
                self.house.kill()
                sys.stderr.write(f"chaos: kill {number + 1} of {self.faults}\n")
                await self._start()
            await asyncio.sleep(3)
        finally:
            for person in self.people:
                person.over.set()
            await asyncio.gather(*parts)
        try:
            return await self._heal()
        finally:
            self.house.stop()

    def sums(self, account: Account) -> dict[str, object]:
        """What the last line says."""
        return {
            "kills": self.house.kills,
            "sends": sum(person.sends for person in self.people),
            "acknowledged": account.acknowledged,
            "deliveries": account.deliveries,
            "lost": account.lost,
            "duplicated": account.duplicated,
            "gaps": account.gaps,
            "inversions": account.inversions,
            "leaks": account.leaks,
            "seed": self.seed,
            "start_seconds_median": round(sorted(self.starts)[len(self.starts) // 2], 2),
        }

    async def _start(self) -> None:
        began = time.monotonic()
        await asyncio.to_thread(self.house.start)
        self.starts.append(time.monotonic() - began)

    def _invite(self) -> None:
        sheet = self.house.sheet
        where = (sheet["room"]["ws_url"], sheet["base_url"])
        for number, one in enumerate(sheet["people"]):
            kind = Facilitator if one["role"] in LEADS else Young if one["seat"] else None
            if kind is not None:
                link = one["sign_in_url"]
                self.people.append(kind(one["nickname"], link, *where, self.seed * 100 + number))
        for person in self.people[:2]:
            if isinstance(person, Young):
                person.by_http = True

    async def _heal(self) -> Account:
        """Everybody comes back until nothing moves any more; then compare with the log."""
        room_id = self.house.sheet["room"]["id"]
        database = self.house.folder / "waymark.sqlite3"
        for _round in range(6):
            before = read_log(database, room_id).tops
            await asyncio.gather(*(person.catch_up(before) for person in self.people))
            if read_log(database, room_id).tops == before:
                break
        return balance(read_log(database, room_id), self._seen(), self._canaries())

    def _seen(self) -> list[Seen]:
        return [
            Seen(phone, isinstance(person, Facilitator), frozenset(person.canaries))
            for person in self.people
            for phone in person.lives
        ]

    def _canaries(self) -> dict[str, str]:
        """Each canary with the key of the message that bears it, as its author was told."""
        found: dict[str, str] = {}
        for person in self.people:
            for phone in person.lives:
                for cid, answer in phone.answers.items():
                    for word in person.canaries:
                        if word in phone.bodies.get(cid, ""):
                            found[word] = answer["id"]
        for person in self.people:
            for word in person.canaries:
                found.setdefault(word, "never answered")
        return found
