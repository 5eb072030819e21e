"""``manage.py chaos``: kills the server under ten phones again and again, and counts the damage."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Last line JSON; exit 1 when a promise of the log was broken."""

    help = "Kill the server N times under ten phones; every count of a fault must be 0."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How many kills, and the seed of everything that is drawn."""
        parser.add_argument("--faults", type=int, default=20)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, print the sums, exit."""
        from config.chaos.storm import Storm, say

        with tempfile.TemporaryDirectory(prefix="waymark-chaos-") as folder:
            storm = Storm(Path(folder) / "data", options["faults"], options["seed"])
            account = asyncio.run(storm.evening())
            for line in account.said[:20]:
                say(line)
            if account.counts["tracebacks"]:
                say(storm.house.log.read_text()[-4000:])
        print(json.dumps(storm.sums(account)), flush=True)
        sys.exit(bool(account.violations or not account.counts["acknowledged"]))
