"""`manage.py triage FILE`: what it prints, and that its last line is JSON."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

LINES = [
    {"id": "a", "text": "i want to die", "expect": "alert", "labels": ["risk"]},
    {"id": "b", "text": "whats ur snap", "expect": "hold", "labels": ["contact"]},
    {"id": "c", "text": "the rain has stopped", "expect": "hold", "labels": ["contact"]},
    {"id": "d", "text": "hello", "expect": "publish", "labels": []},
    {
        "id": "e",
        "text": "otter is a freak",
        "expect": "hold",
        "labels": ["bullying"],
        "author": "otter",
    },
]


def test_it_scores_a_file(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(map(json.dumps, LINES)))
    out = StringIO()
    call_command("triage", file, stdout=out)
    *shown, last = out.getvalue().splitlines()
    figures = json.loads(last)
    assert figures.pop("ms_median") <= figures.pop("ms_max")
    assert figures == {
        "kinds": {
            "bullying": {"n": 1, "recall": 1.0, "misses": []},
            "contact": {"n": 2, "recall": 0.5, "misses": ["c"]},
            "risk": {"n": 1, "recall": 1.0, "misses": []},
        },
        "alert_recall": 1.0,
        "false_hold_rate": 0.0,
        "reason_accuracy": 1.0,
    }
    assert "    missed c: the rain has stopped" in shown


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("triage", tmp_path / "nothing.jsonl")
