"""Words that triage knows, kept as text that anybody can read, and read once when it starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
BOOK: Final = FOLDER.parent / "book"


def word_set(name: str) -> frozenset[str]:
    """The words of one file."""
    return frozenset(" ".join(_lines(name)).split())


def pairs(name: str) -> dict[str, str]:
    """What stands left of each sign, word by word, with what it means."""
    found: dict[str, str] = {}
    for line in _lines(name):
        spellings, _, meaning = line.partition("=")
        found.update((spelling, meaning.strip()) for spelling in spellings.split())
    return found


def group(name: str) -> frozenset[str]:
    """One group of words that a finder knows."""
    return frozenset(_GROUPS[name].split())


def look_alikes() -> dict[str, str]:
    """Characters with the letters that they are read as."""
    found: dict[str, str] = {}
    for line in _lines("look_alikes"):
        letters, _, drawn = line.partition(" = ")
        meaning = {"space": " ", "nothing": ""}.get(letters, letters)
        for char in drawn.split():
            found[chr(int(char[2:], 16)) if char.startswith("U+") else char] = meaning
    return found


def words_of_rules() -> frozenset[str]:
    """Every word that the shipped rules spell out."""
    texts = (it.read_text(encoding="utf-8") for it in sorted(BOOK.glob("*.txt")))
    return frozenset(word for text in texts for word in re.findall(r"[a-z]+", text))


def _lines(name: str) -> Iterator[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


_GROUPS: Final = pairs("groups")
PLAIN: Final = pairs("slang")
FILLERS: Final = word_set("fillers")
GRAVE: Final = word_set("grave")
EMOJI: Final = pairs("emoji")
FIRST_NAMES: Final = word_set("names")
FREQUENT: Final = word_set("frequent")
EVERYDAY: Final = word_set("everyday") | words_of_rules() | frozenset(PLAIN)

# “want 2 go” is “want to go”; “1 want” at the start of a thought is “i want”.
TWO_AFTER: Final = frozenset({"want", "going", "need", "have", "got", "try", "trying", "about"})
ONE_BEFORE: Final = frozenset({"want", "need", "will", "am", "do", "can", "hate", "feel", "wish"})
# After these, “ill” is an illness and not “I'll”.
ILL_AFTER: Final = group("ill_after")
