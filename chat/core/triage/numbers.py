"""Telephone numbers in figures, words, pieces, emoji; not times, dates, counting or helplines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from chat.core.triage.reading import Reading
from chat.core.triage.verdict import Context
from chat.core.triage.words import group, pairs

LONG: Final = 9
LONG_FROM_ZERO: Final = 7
LONG_WITH_CUE: Final = 6
MOST_BETWEEN: Final = 3

HELPLINES: Final = tuple(sorted(group("helplines")))
_WORDS: Final = pairs("digits")
_SOFT: Final = group("soft_digits")
_JOINERS: Final = group("number_joiners")
_TIMES: Final = {"double": 2, "dubble": 2, "triple": 3, "treble": 3}
_DRAWN: Final = re.compile(r"[0-9oil]+")
_TOKEN: Final = re.compile(r"\d+|[a-z]+|[^\sa-z\d]")
_CUE: Final = re.compile(
    r"\b(?:number|num|nmbr|digits|ring|call|phone|mob|mobile|text|txt|whatsapp|bell|contact|tel)\b"
)
_DATE: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


@dataclass
class Run:
    """A row of figures and number words; ``groups`` are the digits as they came."""

    start: int
    end: int = 0
    groups: list[str] = field(default_factory=list)

    @property
    def digits(self) -> str:
        """All digits of the row."""
        return "".join(self.groups)


def find_number(reading: Reading, context: Context) -> str | None:
    """A number that somebody could call, unless it belongs to a helpline."""
    if not _worth_trying(reading):
        return None
    text = reading.folded
    helplines = (*HELPLINES, *("".join(filter(str.isdigit, line)) for line in context.helplines))
    for run in _runs(text):
        plain = _of_helpline(run.digits, helplines) or _DATE.fullmatch(text[run.start : run.end])
        if not plain and _could_be_called(run, text):
            return reading.folded_piece(run.start, run.end)
    return None


def _worth_trying(reading: Reading) -> bool:
    drawn = _DRAWN.findall(reading.folded) if reading.has_figures else ()
    figures = sum(len(it) for it in drawn if not it.isalpha())
    if figures >= LONG_WITH_CUE:
        return True
    spoken = sum(word in _WORDS or word in _TIMES for word in reading.words)
    return figures + spoken >= LONG_WITH_CUE


def _runs(text: str) -> list[Run]:
    """The rows of digits in a folded text."""
    runs: list[Run] = []
    run: Run | None = None
    times, between = 1, 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        digits = _digits(word, inside=run is not None)
        if digits or word in _TIMES:
            if run is None:
                run = Run(token.start())
                runs.append(run)
            if digits == "00" and word == "hundred" and run.groups:
                run.groups[-1] += digits
            elif digits:
                run.groups.append(digits * times)
            times = _TIMES.get(word, 1)
            run.end, between = token.end(), 0
        elif run and between < MOST_BETWEEN and (not word.isalnum() or word in _JOINERS):
            between += 1
        else:
            run, times, between = None, 1, 0
    return runs


def _digits(word: str, *, inside: bool) -> str | None:
    """The digits that a word stands for; letters drawn like digits count only among digits."""
    if word.isdigit():
        return word
    if word == "hundred":
        return "00" if inside else None
    if word in _SOFT and not inside and word != "o":
        return None
    return _WORDS.get(word)


def _could_be_called(run: Run, text: str) -> bool:
    digits, size = run.digits, len(run.digits)
    if size < LONG_WITH_CUE or (len(set(digits)) <= 2 and digits[0] != "0"):
        return False
    if _is_counting(run.groups) or _are_years(run.groups):
        return False
    if size >= LONG:
        return size > LONG or digits[0] == "0" or any(len(it) > 1 for it in run.groups)
    if size >= LONG_FROM_ZERO and digits.startswith(("0", "44")):
        return True
    from_zero = digits.startswith(("0", "7")) or size >= LONG_FROM_ZERO
    return from_zero and _CUE.search(text) is not None


def _is_counting(groups: list[str]) -> bool:
    """Counting up or down, as people do to steady themselves."""
    if len(groups) < 4 or any(len(it) > 3 for it in groups):
        return False
    return len({int(later) - int(sooner) for sooner, later in pairwise(groups)}) == 1


def _are_years(groups: list[str]) -> bool:
    return all(len(it) == 4 and it[:2] in ("19", "20") for it in groups)


def _of_helpline(digits: str, helplines: tuple[str, ...]) -> bool:
    return any(it and it in digits and len(digits) - len(it) <= 3 for it in helplines)
