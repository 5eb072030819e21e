"""`manage.py triage FILE`: scores a labelled file. The last line is JSON; nothing follows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.core.triage.scoring import Example, Score, read_examples, score


class Command(BaseCommand):
    """Judge every line of a file and print per kind how many were seen, and which were missed."""

    help = "Score triage on a labelled file (fields text, expect, labels, optional author)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, one JSON object a line."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run. Refuses a file that cannot be read."""
        try:
            examples = read_examples(options["file"].read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise CommandError(f"{options['file']}: {problem}") from None
        result = score(examples)
        self._print(result, {it.id: it for it in examples})
        self.stdout.write(json.dumps(result.as_data()))

    def _print(self, result: Score, by_id: dict[str, Example]) -> None:
        for name, kind in sorted(result.kinds.items()):
            self.stdout.write(f"{name:<10} n {kind.n:>4}  recall {kind.recall:.3f}")
            for missed in kind.misses:
                self.stdout.write(f"    missed {missed}: {by_id[missed].text}")
        for held in result.false_holds:
            self.stdout.write(f"held for nothing {held}: {by_id[held].text}")
        self.stdout.write(
            f"alerts {result.alert_recall:.3f}  false holds {result.false_hold_rate:.3f}"
            f"  reasons {result.reason_accuracy:.3f}"
            f"  ms {result.ms_median:.3f} (worst {result.ms_max:.3f})"
        )
