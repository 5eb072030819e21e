"""Names of people, schools and places: an unusual word in a place where such a name stands."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from chat.core.triage.reading import Reading
from chat.core.triage.verdict import Context
from chat.core.triage.words import EVERYDAY, FIRST_NAMES, group

_SCHOOLS: Final = group("schools")
_SCHOOL_MIDDLES: Final = group("school_middles")
_STREETS: Final = group("streets")
_STREETS_LIVED_IN: Final = group("streets_lived_in")
_TITLES: Final = group("titles")
_PLAIN_TITLES: Final = group("plain_titles")
_FAMED: Final = group("famed")
_SAINTS: Final = group("saints")
_CLAIMS: Final = group("claims")
_SMALL: Final = group("small_places")
_AREAS: Final = group("postcode_areas")

_SAYS_WHO: Final = re.compile(
    r"(?<= )(?:i am|it is|this is|name is|called|my names?|name|known as|named|\A)"
    r" (\S+) (\S+)(?: (\S+))? "
)
_ABOUT: Final = re.compile(
    r"(?:\A|(?<= )(?:knows?|met|called|named|with|is|cousin|to|by|sees?|ask|like|from))"
    r" (\S+) (\S+) "
)
_LIVES: Final = re.compile(
    r"(?<= )(?:live in|am from|am in|moved to|am near|lives in|living in|come from|in|near"
    r"|from a village called|grew up in) (\S+)(?: (\S+))? "
)
_CAPITALS: Final = re.compile(r"\b([A-Z][a-z]{1,15}) ([A-Z][a-z]{2,20})\b")
_POSTCODE: Final = re.compile(r"\b([a-z]{1,2})\d[a-z\d]? ?(\d[a-z]{2})\b")
_OUTWARD: Final = re.compile(r"\bpost ?code\b.{0,20}?\b[a-z]{1,2}\d{1,2}[a-z]?\b")
_NUMBERED: Final = re.compile(
    r"\b(?:flat |number |no )?\d{1,3}[a-d]? [a-z']{2,20}(?: [a-z']{2,20})? (?:road|street|lane"
    r"|avenue|close|drive|court|crescent|gardens|terrace|grove|way|rd|st|ave|place|hill|mews)\b"
)
_ORDINALS: Final = re.compile(r"\d(?:st|nd|rd|th|am|pm|hr|km|cm|mm|kg|gb|mb|ft|mg|ml)$")


def unusual(word: str | None) -> bool:
    """Whether a word is so rare in talk that it may be a name of its own."""
    if word is None or len(word) < 3 or not (word.isalpha() and word.isascii()):
        return False
    if word in EVERYDAY or (word.endswith("s") and word[:-1] in EVERYDAY):
        return False
    return not (len(word) > 6 and word.endswith(("ing", "ed", "ly", "er")))


def find_full_name(reading: Reading, context: Context) -> str | None:
    """A first name with a surname behind it."""
    if FIRST_NAMES.isdisjoint(reading.words):
        return None
    for found in (*_SAYS_WHO.finditer(reading.line.text), *_ABOUT.finditer(reading.line.text)):
        first, second, *third = found.groups()
        middle = bool(third) and second in FIRST_NAMES and _surname(third[0])
        if first in FIRST_NAMES and (_surname(second) or middle):
            return reading.piece(found.start(1), found.end(2))
    for found in _CAPITALS.finditer(reading.text):
        if found.group(1).lower() in FIRST_NAMES and _surname(found.group(2).lower()):
            return found.group()
    return None


def find_school(reading: Reading, context: Context) -> str | None:
    """A school by its name, or a saint that somebody goes to."""
    words = reading.words
    if not _SAINTS.isdisjoint(words):
        for before, saint, name in zip(words, words[1:], words[2:], strict=False):
            if saint in _SAINTS and before in ("to", "at", "from") and unusual(name):
                return f"{saint} {name}"
    if _SCHOOLS.isdisjoint(words):
        return None
    for at, word in enumerate(words):
        if word in _SCHOOLS and _is_named(words[max(0, at - 2) : at]):
            return " ".join(words[max(0, at - 2) : at + 1])
    return None


def find_place(reading: Reading, context: Context) -> str | None:
    """A postcode, a street, or a small place that somebody says they live in."""
    text = reading.folded
    if not reading.has_figures:
        return _street(reading.words) or _lived_in(reading)
    for found in _POSTCODE.finditer(text):
        if found.group(1) in _AREAS and not _ORDINALS.search(found.group(2)):
            return reading.folded_piece(*found.span())
    numbered = _OUTWARD.search(text) or _NUMBERED.search(text)
    if numbered:
        return reading.folded_piece(*numbered.span())
    return _street(reading.words) or _lived_in(reading)


def find_adult(reading: Reading, context: Context) -> str | None:
    """A teacher, doctor or other adult by name."""
    if _TITLES.isdisjoint(reading.words):
        return None
    for title, name in pairwise(reading.words):
        first_name = title in _PLAIN_TITLES and name in FIRST_NAMES
        if title in _TITLES and name not in _FAMED and (unusual(name) or first_name):
            return f"{title} {name}"
    return None


def _surname(word: str | None) -> bool:
    return unusual(word) and word not in FIRST_NAMES


def _is_named(before: list[str]) -> bool:
    """Whether the words before “school” make a name: “harrowmere”, “marlowe park”."""
    if not before or before[-1] in FIRST_NAMES:
        return False
    return unusual(before[-1]) or (before[-1] in _SCHOOL_MIDDLES and unusual(before[0]))


def _street(words: list[str]) -> str | None:
    lives = not _CLAIMS.isdisjoint(words)
    for before, word in pairwise(words):
        street = word in _STREETS or (lives and word in _STREETS_LIVED_IN)
        if street and unusual(before):
            return f"{before} {word}"
    return None


def _lived_in(reading: Reading) -> str | None:
    for found in _LIVES.finditer(reading.line.text):
        lead = reading.line.text[found.start() : found.start(1)].split()
        first, second = found.groups()
        if first in _SMALL and unusual(second):
            return reading.piece(found.start(1), found.end(2))
        if _surname(first) and not _CLAIMS.isdisjoint(lead):
            return reading.piece(found.start(1), found.end(1))
    return None
