"""A line of plain words, and where patterns stand in it.

A pattern is looked for only around its anchors, so that a long line costs as much a word as a
short one.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from chat.core.triage.patterns import END_OF_LINE, Pattern

SHORT: Final = 120


class Line:
    """``text`` is the words with a space before the first and after each, and an end of line."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.text = f" {' '.join(words)} {END_OF_LINE}" if words else f" {END_OF_LINE}"
        self.distinct = frozenset(words)

    def search(self, pattern: Pattern) -> re.Match[str] | None:
        """The first place where a pattern stands."""
        if not self._may_hold(pattern):
            return None
        if len(self.text) <= SHORT:
            return pattern.regex.search(self.text)
        for start, end in self._windows(pattern, self._in_order(pattern)):
            found = pattern.regex.search(self.text, start, end)
            if found:
                return found
        return None

    def touches(self, pattern: Pattern, span: tuple[int, int]) -> bool:
        """Whether a pattern stands somewhere that shares or borders on this piece."""
        if not self._may_hold(pattern):
            return False
        start, end = self._around(span, pattern.width)
        for found in pattern.regex.finditer(self.text, start, end):
            if found.start() <= span[1] and found.end() >= span[0]:
                return True
        return False

    def _may_hold(self, pattern: Pattern) -> bool:
        for words in pattern.needs:  # noqa: SIM110  a generator costs more than the search
            if words.isdisjoint(self.distinct):
                return False
        return True

    def _in_order(self, pattern: Pattern) -> int:
        """Where the last word of the pattern stands with the others near enough before it.

        Works on all places at once: a bit for each word of the line.
        """
        alive = 0
        masks, distinct = self._masks, self.distinct
        for words, steps in pattern.chain:
            here = 0
            for word in words & distinct:
                here |= masks[word]
            if alive:
                alive <<= 1
                for step in steps:
                    alive |= alive << step
                here &= alive
            if not here:
                return 0
            alive = here
        return alive

    def _windows(self, pattern: Pattern, places: int) -> list[tuple[int, int]]:
        """Stretches of the text around each place, joined where they overlap."""
        windows: list[tuple[int, int]] = []
        while places:
            at = (places & -places).bit_length() - 1
            places &= places - 1
            start, end = self._stretch(at - pattern.width, at + pattern.width)
            if windows and start <= windows[-1][1]:
                windows[-1] = (windows[-1][0], end)
            else:
                windows.append((start, end))
        return windows

    def _around(self, span: tuple[int, int], width: int) -> tuple[int, int]:
        if len(self.text) <= SHORT:
            return 0, len(self.text)
        first = self.text.count(" ", 0, span[0] + 1) - 1
        last = self.text.count(" ", 0, span[1])
        return self._stretch(first - width, last + width)

    def _stretch(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from the first to the last stand in the text."""
        starts = self._starts
        end = starts[last + 1] + 1 if last + 1 < len(starts) else len(self.text)
        return starts[max(first, 0)] if first < len(starts) else len(self.text), end

    @cached_property
    def _masks(self) -> dict[str, int]:
        masks: dict[str, int] = {}
        for at, word in enumerate(self.words):
            masks[word] = masks.get(word, 0) | 1 << at
        return masks

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return starts
