"""``manage.py protocol``: write ``frontend/src/protocol.ts``, or see that it is fresh."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.wire import typescript


class Command(BaseCommand):
    """Generates the types of the wire for the front end."""

    help = "Write the TypeScript types of the room's wire."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """``--check`` only compares."""
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        path = settings.BASE_DIR / "frontend" / "src" / "protocol.ts"
        fresh = typescript()
        if options["check"]:
            if not path.exists() or path.read_text() != fresh:
                raise CommandError("protocol.ts is stale: run `python3 manage.py protocol`.")
            return
        path.write_text(fresh)
