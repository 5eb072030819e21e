"""The only name that peers see: what may not be one, and three that are free.

Pure: whoever asks says which names are taken and which belong to staff.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, Literal

from chat.core.triage import judge
from chat.core.triage.letters import fold
from chat.core.triage.names import unusual
from chat.core.triage.spelling import Spelling
from chat.core.triage.words import FIRST_NAMES, pairs

SHORTEST: Final = 2
LONGEST: Final = 20
MOST_DIGITS: Final = 2
MOST_MARKS: Final = 1
MOST_ARABIC_MARKS: Final = 2
ALIKE: Final = 0.8
LETTERS_FOR_FIGURES: Final = str.maketrans("013457", "oieast")
SUGGESTIONS: Final = 3

Why = Literal[
    "",
    "empty",
    "short",
    "long",
    "invisible",
    "marks",
    "mixed",
    "handle",
    "number",
    "link",
    "staff",
    "full_name",
    "unkind",
    "grim",
    "taken",
]

_GROUPS: Final = {name: frozenset(words.split()) for name, words in pairs("nicknames").items()}
_RESERVED: Final = _GROUPS["staff"] | _GROUPS["helplines"]
_SPELLINGS: Final = {
    name: Spelling(words, words, {})
    for name, words in (
        ("grim", _GROUPS["grim"]),
        ("unkind", _GROUPS["unkind"]),
        ("reserved", _RESERVED),
    )
}
_JOINERS: Final = "\u200c\u200d"
_UNKIND: Final = frozenset({"bullying", "sexual", "substance"})
_GRAVE: Final = frozenset({"risk", "graphic", "encourage", "method"})


@dataclass(frozen=True)
class NicknameContext:
    """``taken`` are the nicknames of the cohort, ``staff`` the names of its adults."""

    taken: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


@dataclass(frozen=True)
class NicknameVerdict:
    """Whether a nickname may be used; ``why`` is a code that stands in `SAY`."""

    why: Why = ""

    @property
    def ok(self) -> bool:
        """Whether it may be used."""
        return not self.why


NOTHING_KNOWN: Final = NicknameContext()

SAY: Final[dict[Why, str]] = {
    "empty": "There is no name in it yet. A word or two is enough.",
    "short": "That is very short. Two letters or more, please.",
    "long": "That is a bit long. Twenty letters at most.",
    "invisible": "There is something in it that cannot be seen. Try it with plain letters.",
    "marks": "There are too many marks on one letter. Try it with fewer.",
    "mixed": "It mixes letters that look alike. Try it in one alphabet.",
    "handle": "It looks like a name from another app. Try a word or two instead.",
    "number": "It has a lot of numbers in it. Try it without.",
    "link": "It looks like an address. Try a word or two instead.",
    "staff": "It could be taken for somebody who works here. Try another one.",
    "full_name": "It looks like a real name. Here, nobody needs to know yours.",
    "unkind": "It could hurt somebody. Try another one.",
    "grim": "It could be hard for others to read each week. Try a gentler one.",
    "taken": "Somebody in your group has that one, or one very like it. Try another one.",
}


def judge_nickname(name: str, context: NicknameContext = NOTHING_KNOWN) -> NicknameVerdict:
    """Whether somebody may be called so. Linear in its length; cut off what is far too long."""
    shown = unicodedata.normalize("NFC", name).strip()
    for why in _reasons(shown, context):
        return NicknameVerdict(why)
    return NicknameVerdict()


def suggest(taken: Iterable[str], dice: random.Random) -> list[str]:
    """Three nicknames that nobody has."""
    had = {_bare(it) for it in taken}
    halves = sorted(_GROUPS["first_halves"]), sorted(_GROUPS["second_halves"])
    free = [f"{a} {b}" for a in halves[0] for b in halves[1] if _bare(a + b) not in had]
    return dice.sample(free, SUGGESTIONS)


def gives_away(nickname: str, own_name: str) -> bool:
    """Whether a nickname shows the person's own name, spelled out, shortened or turned round."""
    bare = _bare(nickname).translate(LETTERS_FOR_FIGURES)
    parts = [_bare(part) for part in own_name.replace("-", " ").split() if len(_bare(part)) > 1]
    if not bare or not parts:
        return False
    whole = "".join(parts)
    if any(len(part) >= 3 and (part in bare or part[::-1] in bare) for part in parts):
        return True
    if len(parts) > 1 and bare in (parts[0][0] + parts[-1], parts[-1] + parts[0][0]):
        return True
    return any(len(it) >= 4 and _alike(bare, it) for it in (*parts, whole))


def _reasons(shown: str, context: NicknameContext) -> Iterable[Why]:
    """Why not, the plainest first."""
    letters = [char for char in shown if unicodedata.category(char)[0] == "L"]
    if not shown or not letters:
        yield "empty"
        return
    if len(shown) > LONGEST:
        yield "long"
        return
    if len(letters) < SHORTEST:
        yield "short"
    if _hides_something(shown):
        yield "invisible"
    if _has_piled_marks(shown):
        yield "marks"
    if len(_scripts(letters) - {"other"}) > 1:
        yield "mixed"
    yield from _about_words(shown, context)


def _about_words(shown: str, context: NicknameContext) -> Iterable[Why]:
    words, bare = fold(shown).replace("-", " ").split(), _bare(shown)
    reasons = {reason.kind for reason in judge(shown).reasons}
    if sum(char.isdigit() for char in fold(shown)) > MOST_DIGITS:
        yield "number"
    if "link" in reasons:
        yield "link"
    if any(sign in shown for sign in _GROUPS["handle_signs"]):
        yield "handle"
    if _is_grim(words, bare) or reasons & _GRAVE:
        yield "grim"
    if reasons & _UNKIND or _says("unkind", words, bare):
        yield "unkind"
    if _is_staff(words, bare, context.staff):
        yield "staff"
    if _is_full_name(words) or "identity" in reasons:
        yield "full_name"
    if "contact" in reasons:
        yield "handle"
    if any(bare == _bare(it) for it in context.taken):
        yield "taken"


def _hides_something(shown: str) -> bool:
    for before, char, after in zip(" " + shown, shown, shown[1:] + " ", strict=False):
        if char in _JOINERS and ord(before) > 0x500 and ord(after) > 0x500:
            continue  # scripts and pictures that need one to be drawn right
        if unicodedata.category(char) in ("Cf", "Cc", "Co", "Cn", "Zl", "Zp") and not _is_tag(char):
            return True
        if char in "\u115f\u1160\u3164\uffa0\u2800" or (char.isspace() and char != " "):
            return True
    return "  " in shown


def _is_tag(char: str) -> bool:
    return 0xE0020 <= ord(char) <= 0xE007F


def _has_piled_marks(shown: str) -> bool:
    pile = 0
    for char in shown:
        if unicodedata.category(char) in ("Mn", "Me") and char not in "\ufe0e\ufe0f\u20e3":
            pile += 1
        else:
            pile = 0
        arabic = "\u0600" <= char <= "\u06ff"
        if pile > (MOST_ARABIC_MARKS if arabic else MOST_MARKS):
            return True
    return False


def _scripts(letters: Iterable[str]) -> set[str]:
    """The alphabets whose letters can be taken for each other; what is drawn in style is other."""
    found = set()
    for char in letters:
        name = unicodedata.name(char, "")
        script = name.partition(" ")[0]
        plain = script in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
        found.add(script if plain else "STYLED" if _is_styled(name, char) else "other")
    return found | ({"LATIN"} if "STYLED" in found else set())


def _is_styled(name: str, char: str) -> bool:
    return name.startswith(("MATHEMATICAL", "FULLWIDTH", "CIRCLED")) and fold(char).isascii()


def _says(group: str, words: list[str], bare: str) -> bool:
    """Whether a word of a group is in it, disguised or with a title glued to it."""
    spelling = _SPELLINGS[group]
    for word in (*words, bare):
        for core in (word, *(word.removesuffix(it) for it in _GROUPS["titles"])):
            meant = spelling.word_behind(core) if len(core) > 2 else (core,)
            if spelling.known.intersection(meant):
                return True
    return False


def _is_grim(words: list[str], bare: str) -> bool:
    return _says("grim", words, bare) or any(len(it) >= 5 and it in bare for it in _GROUPS["grim"])


def _is_staff(words: list[str], bare: str, staff: tuple[str, ...]) -> bool:
    if _says("reserved", words, bare) or any(len(it) >= 5 and it in bare for it in _RESERVED):
        return True
    names = [_bare(it) for it in staff]
    parts = {_bare(word) for word in words} | {bare}
    return any(name in parts or (len(name) >= 4 and _alike(bare, name)) for name in names)


def _is_full_name(words: list[str]) -> bool:
    for first, second in pairwise(words):
        surname = second in _GROUPS["surnames"] or (unusual(second) and second not in FIRST_NAMES)
        if first in FIRST_NAMES and surname:
            return True
    return False


def _bare(name: str) -> str:
    return "".join(char for char in fold(name) if char.isalnum())


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= ALIKE
