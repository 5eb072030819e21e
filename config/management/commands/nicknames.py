"""`manage.py nicknames FILE`: scores labelled nicknames. The last line is JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.core.nicknames import judge_nickname


class Command(BaseCommand):
    """Judge every nickname of a file and print those that were judged otherwise."""

    help = "Score nicknames on a labelled file (fields nickname, expect: ok or reject)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, one JSON object a line."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run. Refuses a file that cannot be read."""
        wrong: list[str] = []
        count = 0
        for row in _rows(options["file"]):
            count += 1
            verdict = judge_nickname(row["nickname"])
            if verdict.ok != (row["expect"] == "ok"):
                wrong.append(str(row.get("id", row["nickname"])))
                self.stdout.write(f"{row['nickname']}: {verdict.why or 'ok'}, not {row['expect']}")
        accuracy = round(1 - len(wrong) / count, 4) if count else 1.0
        self.stdout.write(json.dumps({"n": count, "accuracy": accuracy, "wrong": wrong}))


def _rows(file: Path) -> list[dict[str, Any]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        if any(row["expect"] not in ("ok", "reject") or "nickname" not in row for row in rows):
            raise ValueError("a line is no example")
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise CommandError(f"{file}: {problem}") from None
    return rows
