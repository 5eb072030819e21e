"""A line as the rules read it: plain words, in order, each knowing where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from chat.core.triage.letters import fold, origins
from chat.core.triage.line import Line
from chat.core.triage.spelling import LONGEST_WORD, Spelling
from chat.core.triage.words import EMOJI, FILLERS, ILL_AFTER, ONE_BEFORE, TWO_AFTER

NICKNAME: Final = "nickname"
FEWEST_SINGLES: Final = 3
MOST_LOOSE: Final = 4
_EDGE: Final = ".,!?;:\"'()[]{}<>~-=/\\|^*_`#…"
_PIECE: Final = re.compile(r"[a-z0-9']+|[^\x00-\x7f]+")
_FIGURE: Final = re.compile(r"[0-9]")
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")
_CHUNK: Final = re.compile(r"\S+")
_LAUGH: Final = re.compile(
    r"\b(?:l+o+l+\w*|l+m+f?a+o+\w*|r+o+f+l+|(?:ha|he){2,}h?|jk|joking)\b|[😂🤣😆😹💀☠]"
)


@dataclass
class Reading:
    """``line`` holds the plain words; in ``named`` the room's nicknames are one word."""

    text: str
    folded: str
    line: Line
    named: Line | None = None
    _from: list[tuple[int, int]] = field(default_factory=list, repr=False)

    @property
    def words(self) -> list[str]:
        """The plain words."""
        return self.line.words

    @property
    def has_figures(self) -> bool:
        """Whether any figure stands in the line."""
        return _FIGURE.search(self.folded) is not None

    @property
    def laughs(self) -> bool:
        """Whether the line is said with a laugh."""
        return _LAUGH.search(self.folded) is not None

    def piece(self, start: int, end: int) -> str:
        """The author's own characters behind ``line.text[start:end]``."""
        if not self._from:
            return ""
        last = len(self._from) - 1
        first_word = min(max(self.line.text.count(" ", 0, start + 1) - 1, 0), last)
        last_word = min(max(self.line.text.count(" ", 0, max(end - 1, 0)) - 1, first_word), last)
        return self._chunks(self._from[first_word][0], self._from[last_word][1])

    def folded_piece(self, start: int, end: int) -> str:
        """The author's own characters behind ``folded[start:end]``."""
        if self.text.isascii():
            return self.text[start:end]
        return self.text[self._origins[start] : self._origins[end - 1] + 1] if end > start else ""

    @cached_property
    def _origins(self) -> list[int]:
        return origins(self.text)

    def _chunks(self, first: int, last: int) -> str:
        return self.folded_piece(self._chunk_spans[first][0], self._chunk_spans[last][1])

    @cached_property
    def _chunk_spans(self) -> list[tuple[int, int]]:
        return [found.span() for found in _CHUNK.finditer(self.folded)]


def read(text: str, spelling: Spelling, nicknames: tuple[str, ...] = ()) -> Reading:
    """Read a line. Linear in its length."""
    folded = fold(text)
    pieces: list[tuple[str, int]] = []
    for index, chunk in enumerate(folded.split()):
        if chunk in spelling.known:
            pieces.append((chunk, index))
        else:
            pieces += [(piece, index) for piece in _pieces(chunk, spelling)]
    singles = sum(len(piece) == 1 for piece, _ in pieces)
    spans = [(piece, index, index) for piece, index in pieces]
    if singles >= FEWEST_SINGLES:
        spans = _join_singles(spans, spelling)
    words, places = _plain(spans, spelling)
    line = Line(words)
    return Reading(text, folded, line, _named(line, nicknames), places)


def _pieces(chunk: str, spelling: Spelling) -> list[str]:
    """The words in one piece of text between spaces."""
    core = chunk.strip(_EDGE)
    if core in spelling.known or core.isalnum():
        return [core]
    whole = core.replace("'", "")
    if whole in spelling.known:
        return [whole]
    if core.isascii() and core:
        joined = _BETWEEN.sub("", core)
        if joined in spelling.grave:
            return [joined]
        hidden = spelling.word_behind_mask(core) or spelling.word_drawn(core)
        if hidden:
            return [hidden]
    return [piece for part in _PIECE.findall(core or chunk) for piece in _part(part)]


def _part(part: str) -> list[str]:
    if part.isascii():
        bare = part.replace("'", "")
        return [bare] if bare else []
    if part.isalnum():
        return [part]
    return [EMOJI[char] for char in part if char in EMOJI]


def _join_singles(
    spans: list[tuple[str, int, int]], spelling: Spelling
) -> list[tuple[str, int, int]]:
    """Put together what was written letter by letter, where that makes a word."""
    joined: list[tuple[str, int, int]] = []
    start = 0
    while start < len(spans):
        end = start
        while end < len(spans) and len(spans[end][0]) == 1 and spans[end][0].isalnum():
            end += 1
        if end - start >= FEWEST_SINGLES:
            joined += _letters(spans[start:end], spelling)
        else:
            end = max(end, start + 1)
            joined += spans[start:end]
        start = end
    return joined


def _letters(run: list[tuple[str, int, int]], spelling: Spelling) -> list[tuple[str, int, int]]:
    """A row of single letters: the longest known word at each place, else the letters."""
    found: list[tuple[str, int, int]] = []
    letters = "".join(piece for piece, _, _ in run)
    at = 0
    while at < len(run):
        word, size = _longest_word(letters[at : at + LONGEST_WORD], spelling)
        found.append((word, run[at][1], run[at + size - 1][2]))
        at += size
    if len(run) > MOST_LOOSE or run[0][1] == run[-1][1]:
        return _leftovers_joined(found)
    return found if len(found) < len(run) else run


def _leftovers_joined(found: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """What no known word explains may be a name: its letters are put together as they came."""
    joined: list[tuple[str, int, int]] = []
    loose = False
    for word, first, last in found:
        if loose and len(word) == 1:
            joined[-1] = (joined[-1][0] + word, joined[-1][1], last)
        else:
            joined.append((word, first, last))
        loose = len(word) == 1
    return joined


def _longest_word(letters: str, spelling: Spelling) -> tuple[str, int]:
    """The longest known word that these letters begin with and its length, or their first one."""
    if len(letters) > 2 and spelling.begins_word(letters[:3]) and not letters[:3].isdigit():
        for size in range(len(letters), 2, -1):
            word = spelling.word_drawn(letters[:size])
            if word:
                return word, size
    return letters[0], 1


def _plain(
    spans: list[tuple[str, int, int]], spelling: Spelling
) -> tuple[list[str], list[tuple[int, int]]]:
    """Everyday spelling for slang and disguises; fillers go."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    strange = ""
    for piece, first, last in spans:
        if piece in FILLERS:
            continue
        known = piece in spelling.known
        meant: tuple[str, ...] = (piece,) if known else spelling.word_behind(piece)
        if not known and meant == (piece,):
            if strange and strange + piece in spelling.grave:
                words[-1] = strange + piece
                places[-1] = (places[-1][0], last)
                strange = ""
                continue
            strange = piece
        else:
            strange = ""
        for word in meant:
            if word in FILLERS:
                continue
            if word == "2" and words and words[-1] in TWO_AFTER:
                word = "to"
            if words and words[-1] == "1" and word in ONE_BEFORE:
                words[-1] = "i"
            if word == "ill" and (not words or words[-1] not in ILL_AFTER):
                word = "il"
            for plain in spelling.plain.get(word, word).split():
                words.append(plain)
                places.append((first, last))
    return words, places


def _named(line: Line, nicknames: tuple[str, ...]) -> Line | None:
    """The line with every nickname of the room replaced by one word, if there is one in it."""
    text = named = f" {' '.join(line.words)} "
    for nickname in nicknames:
        name = " ".join(_PIECE.findall(fold(nickname)))
        if name and f" {name} " in named:
            named = named.replace(f" {name} ", f" {NICKNAME} ")
    return Line(named.split()) if named != text else None
