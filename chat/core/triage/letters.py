"""One letter for every way to draw it: folds case, widths, styles, look-alikes, marks, invisibles.

Folding works a character at a time, so it is linear, and folding what was folded changes nothing.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from chat.core.triage.words import look_alikes

_SINGLE: Final = look_alikes()
_LETTER_BLOCKS: Final = (0x1F150, 0x1F170, 0x1F1E6)
_INVISIBLE: Final = frozenset({"Mn", "Me", "Cf", "Cc"})


class _Fold(dict[int, str]):
    """A table for `str.translate` that works out each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_until_stable(chr(code))
        self[code] = folded
        return folded


def fold(text: str) -> str:
    """The text in plain small letters where its letters can be read as such. Idempotent."""
    return text.lower() if text.isascii() and text.isprintable() else text.translate(_TABLE)


def origins(text: str) -> list[int]:
    """For every character of ``fold(text)`` the index in ``text`` that it came from."""
    return [index for index, char in enumerate(text) for _ in fold(char)]


def _fold_until_stable(char: str) -> str:
    before, now = "", char
    while before != now:
        before, now = now, "".join(map(_fold_once, now))
    return now


def _fold_once(char: str) -> str:
    known = _SINGLE.get(char)
    if known is not None:
        return known
    code = ord(char)
    for block in _LETTER_BLOCKS:
        if block <= code < block + 26:
            return chr(ord("a") + code - block)
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category in _INVISIBLE:
        return ""
    if category.startswith("Z"):
        return " "
    return unicodedata.normalize("NFKD", char.casefold())


_TABLE: Final = _Fold()
