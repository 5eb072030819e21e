"""Key phrases: eight plain words. Two of them locate a person, the other six (66 bits) prove it."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

WORD_COUNT = 2048
LOCATE = 2
PROVE = 6
LONGEST_INPUT = 400

WORDS: tuple[str, ...] = tuple(
    (Path(__file__).parent / "words.txt").read_text(encoding="ascii").split()
)
_KNOWN = frozenset(WORDS)


@dataclass(frozen=True)
class Phrase:
    """A whole key phrase. Only `locator` may be stored; the six words only as a hash (I3)."""

    words: tuple[str, ...]

    @property
    def locator(self) -> str:
        """The two words that find the row."""
        return " ".join(self.words[:LOCATE])

    @property
    def secret(self) -> str:
        """The six words that prove who it is."""
        return " ".join(self.words[LOCATE:])

    def __str__(self) -> str:
        return " ".join(self.words)

    def __repr__(self) -> str:
        return "Phrase(…)"  # a phrase in a traceback or a log would open somebody's seat


def new_phrase() -> Phrase:
    """A phrase nobody can guess: each word drawn on its own from the whole list."""
    return Phrase(tuple(secrets.choice(WORDS) for _ in range(LOCATE + PROVE)))


def words_in(text: str) -> list[str]:
    """The words somebody typed, however they typed them: capitals, commas, numbers, line breaks."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_INPUT]).casefold()
    return re.findall(r"[a-z]+", plain)


def unknown_words(words: list[str]) -> list[str]:
    """Those words that stand in no phrase at all, so that a slip can be shown."""
    return [word for word in words if word not in _KNOWN]


def phrase_of(words: list[str]) -> Phrase | None:
    """The phrase that these words make, or None unless there are eight from the list."""
    if len(words) != LOCATE + PROVE or unknown_words(words):
        return None
    return Phrase(tuple(words))
