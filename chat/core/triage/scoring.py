"""How good triage is on labelled lines: what it misses, what it holds for nothing, how fast."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from chat.core.triage.judging import judge
from chat.core.triage.verdict import Context, Verdict

TIMES = 5


@dataclass(frozen=True)
class Example:
    """One labelled line. ``labels`` are kinds; ``author`` is a nickname, or empty if unknown."""

    id: str
    text: str
    expect: Literal["publish", "hold", "alert"]
    labels: tuple[str, ...] = ()
    author: str = ""


@dataclass
class KindScore:
    """One kind: how many lines, how many were stopped, and the ids of those that were not."""

    n: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of lines that were held or alerted."""
        return _share(self.n - len(self.misses), self.n)


@dataclass
class Score:
    """The figures for a file."""

    kinds: dict[str, KindScore] = field(default_factory=dict)
    alerts: int = 0
    alerts_missed: list[str] = field(default_factory=list)
    ordinary: int = 0
    false_holds: list[str] = field(default_factory=list)
    hits: int = 0
    wrong_reasons: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def alert_recall(self) -> float:
        """The share of lines that should alert and did."""
        return _share(self.alerts - len(self.alerts_missed), self.alerts)

    @property
    def false_hold_rate(self) -> float:
        """The share of ordinary lines that were stopped."""
        return 1 - _share(self.ordinary - len(self.false_holds), self.ordinary)

    @property
    def reason_accuracy(self) -> float:
        """The share of stopped lines whose first reason is of a kind among the labels."""
        return _share(self.hits - len(self.wrong_reasons), self.hits)

    @property
    def ms_median(self) -> float:
        """Milliseconds for the middle line, each at its best of five."""
        return statistics.median(self.times) if self.times else 0.0

    @property
    def ms_max(self) -> float:
        """Milliseconds for the slowest line at its best of five."""
        return max(self.times, default=0.0)

    def as_data(self) -> dict[str, Any]:
        """The figures as plain data, for the last line of the command."""
        return {
            "kinds": {
                name: {"n": it.n, "recall": round(it.recall, 4), "misses": it.misses}
                for name, it in sorted(self.kinds.items())
            },
            "alert_recall": round(self.alert_recall, 4),
            "false_hold_rate": round(self.false_hold_rate, 4),
            "reason_accuracy": round(self.reason_accuracy, 4),
            "ms_median": round(self.ms_median, 4),
            "ms_max": round(self.ms_max, 4),
        }


def read_examples(text: str) -> list[Example]:
    """Examples from JSON lines. Raises ValueError with the number of a line that is none."""
    examples = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if row["expect"] not in ("publish", "hold", "alert"):
                raise ValueError
            examples.append(
                Example(
                    id=str(row.get("id", number)),
                    text=str(row["text"]),
                    expect=row["expect"],
                    labels=tuple(row.get("labels", ())),
                    author=str(row.get("author", "")),
                )
            )
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"line {number} is no example") from None
    return examples


def score(examples: Sequence[Example]) -> Score:
    """Judge all of them. Each is judged five times, and its best time counts."""
    result = Score()
    for example in examples:
        verdict = _timed(example, result.times)
        stopped = verdict.outcome != "publish"
        if example.expect == "publish":
            result.ordinary += 1
            result.false_holds += [example.id] * stopped
        else:
            _count(result, example, verdict)
    return result


def _count(result: Score, example: Example, verdict: Verdict) -> None:
    stopped = verdict.outcome != "publish"
    for label in example.labels:
        kind = result.kinds.setdefault(label, KindScore())
        kind.n += 1
        kind.misses += [example.id] * (not stopped)
    if example.expect == "alert":
        result.alerts += 1
        result.alerts_missed += [example.id] * (verdict.outcome != "alert")
    if stopped:
        result.hits += 1
        wrong = not verdict.reasons or verdict.reasons[0].kind not in example.labels
        result.wrong_reasons += [example.id] * wrong


def _timed(example: Example, times: list[float]) -> Verdict:
    context = Context(author=example.author)
    best = float("inf")
    for _ in range(TIMES):
        start = time.perf_counter()
        verdict = judge(example.text, context)
        best = min(best, time.perf_counter() - start)
    times.append(best * 1000)
    return verdict


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
