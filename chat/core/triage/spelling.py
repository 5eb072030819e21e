"""Words behind disguises: numbers for letters, stars, stretched, glued, misspelt.

A disguise is only taken off when a word that the rules know stands behind it, so that names, times
and ordinary slips stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from chat.core.triage.words import group

LONGEST_GLUED: Final = 40
LONGEST_WORD: Final = 14
SHORTEST_DISGUISED: Final = 3
SHORTEST_MISSPELT: Final = 6

_SHAPES: Final = str.maketrans("l1!|03@45$7+896(", "iiiioeaasstibgbc")
_SHAPES_T: Final = str.maketrans("l1!|03@45$7+896(", "iiiioeaassttbgbc")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_DOUBLED: Final = re.compile(r"(.)\1")
_MASKS: Final = re.compile(r"[*#%?~_.-]+")
_GLUE: Final = group("glue")


class Spelling:
    """The words that rules know, and the ways back to them."""

    def __init__(
        self, known: Iterable[str], grave: Iterable[str], plain: Mapping[str, str]
    ) -> None:
        """``grave`` words are looked for behind slips too; ``plain`` says what slang means."""
        self.known = frozenset(known) | frozenset(plain)
        self.grave = frozenset(grave)
        self.plain = plain
        self._shapes = {
            _shape(it): it for it in sorted(self.known) if len(it) >= SHORTEST_DISGUISED
        }
        self._grave_shapes = {_shape(it): it for it in self.grave if len(it) > SHORTEST_DISGUISED}
        self._shapes.update(self._grave_shapes)
        self._beginnings = frozenset(shape[:3] for shape in self._shapes)
        self._slips = _slips(self.grave)
        self._masked: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self.grave):
            self._masked.setdefault((word[0], len(word)), []).append(word)

    def word_behind(self, piece: str) -> tuple[str, ...]:
        """The words that a strange piece stands for; the piece itself if it is no disguise."""
        if len(piece) < SHORTEST_DISGUISED or piece.isdigit():
            return (piece,)
        word = self.word_drawn(piece) or self._unstretched(piece)
        if word is None and piece.isalpha():
            word = self._without_slip(piece)
        return (word,) if word else self._unglued(piece) or (piece,)

    def word_drawn(self, piece: str) -> str | None:
        """The known word that a piece is, or is drawn like with figures and signs for letters."""
        if piece in self.known:
            return piece
        if piece.isalpha():
            return self._grave_shapes.get(piece.translate(_SHAPES))
        return self._shapes.get(piece.translate(_SHAPES)) or self._shapes.get(
            piece.translate(_SHAPES_T)
        )

    def begins_word(self, three: str) -> bool:
        """Whether some known word may begin with these three characters, drawn anyhow."""
        return three.translate(_SHAPES) in self._beginnings

    def word_behind_mask(self, piece: str) -> str | None:
        """A grave word of which some letters were starred out."""
        if not _MASKS.search(piece[1:-1]):
            return None
        for word in self._masked.get((piece[0], len(piece)), ()):
            if all(a == b or not a.isalnum() for a, b in zip(piece, word, strict=True)):
                return word
        return None

    def _unstretched(self, piece: str) -> str | None:
        if _STRETCHED.search(piece):
            for times in (r"\1\1", r"\1"):
                word = _STRETCHED.sub(times, piece)
                if word in self.known:
                    return word
            piece = _STRETCHED.sub(r"\1", piece)
        word = _DOUBLED.sub(r"\1", piece)
        return word if word in self.grave else None

    def _without_slip(self, piece: str) -> str | None:
        """A long grave word with one letter missing, added, swapped or wrong."""
        if not SHORTEST_MISSPELT - 1 <= len(piece) <= LONGEST_WORD:
            return None
        word = self._slips.get(piece)
        if word:
            return word
        for index in range(1, len(piece)):
            shorter = piece[:index] + piece[index + 1 :]
            word = shorter if shorter in self.grave else self._slips.get(shorter)
            if word and len(word) >= SHORTEST_MISSPELT:
                return word
        return None

    def _unglued(self, piece: str) -> tuple[str, ...]:
        """The known words that were written without spaces, if a grave one is among them."""
        size = len(piece)
        if not 6 <= size <= LONGEST_GLUED:
            return ()
        fewest: list[tuple[int, int] | None] = [(0, 0)] + [None] * size
        for end in range(1, size + 1):
            for start in range(max(0, end - LONGEST_WORD), end):
                before = fewest[start]
                part = piece[start:end]
                if before is None or not (part in _GLUE or part in self.grave):
                    continue
                now = fewest[end]
                if now is None or before[0] + 1 < now[0]:
                    fewest[end] = (before[0] + 1, start)
        words: list[str] = []
        end = size
        while end and (step := fewest[end]):
            words.append(piece[step[1] : end])
            end = step[1]
        return tuple(reversed(words)) if words and self.grave.intersection(words) else ()


def _shape(word: str) -> str:
    return word.translate(_SHAPES)


def _slips(words: Iterable[str]) -> dict[str, str]:
    return {
        word[:index] + word[index + 1 :]: word
        for word in sorted(words)
        if len(word) >= SHORTEST_MISSPELT
        for index in range(1, len(word))
    }
