"""`manage.py seed`: a made-up world at a chosen stage."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.demo import prepare
from config.demo.stages import STAGES, play_to


class Command(BaseCommand):
    """Make the cast and tonight's room; print who there is and their links."""

    help = "Make a made-up world: live (the room is open), held (words wait), ended (it is over)."

    def add_arguments(self, parser: CommandParser) -> None:
        """One choice of stage, and where the links point."""
        parser.add_argument("--stage", choices=STAGES, default="live")
        parser.add_argument("--base-url", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; refuses on data that was not made for the demo."""
        if not settings.DEMO:
            raise CommandError("Only on a data folder that was made with --demo.")
        lines = prepare(options["base_url"])
        play_to(options["stage"], timezone.now())
        self.stdout.write("\n".join(lines))
