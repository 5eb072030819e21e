"""What a rule is, and the book that finds which rules a line may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from chat.core.triage.line import Line
from chat.core.triage.patterns import Pattern, words_in
from chat.core.triage.reading import Reading
from chat.core.triage.verdict import Context

Level = Literal["hold", "alert"]
Kind = Literal[
    "contact",
    "link",
    "identity",
    "risk",
    "method",
    "encourage",
    "bullying",
    "graphic",
    "substance",
    "sexual",
]
Finder = Callable[[Reading, Context], str | None]


@dataclass(frozen=True)
class Rule:
    """One rule as data. It holds for a line in which a pattern stands and no exception does:
    ``unless`` anywhere in the line, ``near`` only where it touches what the pattern found.

    ``find`` is for what patterns cannot say, numbers for example: it returns the piece of text
    that it is about. ``say`` is the sentence for the desk if it is not in `texts`.
    """

    name: str
    kind: Kind
    level: Level
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    find: Finder | None = None
    say: str = ""


class Book:
    """All rules that are switched on, ready to run."""

    def __init__(self, rules: Iterable[Rule], lists: Mapping[str, str]) -> None:
        """Raises `PatternError`."""
        self.rules = tuple(rules)
        self.finders = [(rank, rule) for rank, rule in enumerate(self.rules) if rule.find]
        self._lists = lists
        self._by_word: dict[str, dict[tuple[int, Pattern], None]] = {}
        self._unless = [[Pattern(it, lists) for it in rule.unless] for rule in self.rules]
        self._near = [[Pattern(it, lists) for it in rule.near] for rule in self.rules]
        for rank, rule in enumerate(self.rules):
            for source in rule.patterns:
                pattern = Pattern(source, lists)
                for word in pattern.anchors:
                    self._by_word.setdefault(word, {})[rank, pattern] = None

    def words(self) -> frozenset[str]:
        """Every whole word that some pattern knows."""
        sources = {it for rule in self.rules for it in (*rule.patterns, *rule.unless, *rule.near)}
        texts = (*sources, *self._lists.values())
        return frozenset(word for text in texts for word in words_in(text))

    def candidates(self, words: Iterable[str]) -> list[tuple[int, Pattern]]:
        """The patterns that these words make worth trying, with the place of their rule."""
        found: dict[tuple[int, Pattern], None] = {}
        for word in words:
            found.update(self._by_word.get(word, {}))
        return list(found)

    def excused(self, rank: int, line: Line, span: tuple[int, int]) -> bool:
        """Whether an exception stands in the line, or touches what was found there."""
        if any(line.search(pattern) for pattern in self._unless[rank]):
            return True
        return any(line.touches(pattern, span) for pattern in self._near[rank])

    def read_all(self) -> None:
        """Compile everything now, so that a mistake shows. Raises `PatternError`."""
        for patterns in (
            *self._unless,
            *self._near,
            *([it for _, it in row] for row in self._by_word.values()),
        ):
            for pattern in patterns:
                pattern.regex.search(" ")
