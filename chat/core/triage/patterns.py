"""The small language that rules are written in, and how it becomes something that runs fast.

A pattern is a row of elements between spaces, matched against plain words:

    word            this word                     a|b            either word
    (a b|c)         one of these phrases          {name}         one of a list in `lexicon`
    x?              x or nothing                  ..  ...        up to two, up to six other words
    !x              the next word is not x        <  >           the line begins, ends here (a|>)
    wor*            a word that begins so

Gaps are short and bounded, so a pattern costs the same for each word of a line, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from chat.core.triage.words import FREQUENT

SPACE = " "
BEGIN = "<"
END = ">"
END_OF_LINE = "\n"
GAPS = {"..": 2, "...": 6}
_WORD = re.compile(r"[^\s|(){}?!<>.*]+")
_LIST = re.compile(r"\{\w+\}")
_ELEMENT = re.compile(r"\s*(!?(?:\([^()]*\)|[^\s()])+)")


class PatternError(ValueError):
    """A pattern that cannot be read; the text says why in plain English."""


class Pattern:
    """One pattern. ``anchors``: a line without any of these words cannot match."""

    def __init__(self, source: str, lists: Mapping[str, str]) -> None:
        """The text is read when it is first used: reading all would make every start slow."""
        self.source = source
        self._lists = lists

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """For each element that must be there its words, rarest first: a line needs one of each."""
        needed = [it for it in _elements(self.source) if it[0] not in "!<>." and it[-1] != "?"]
        choices = [words for it in needed if (words := _anchors(it, self._lists))]
        if not choices:
            raise PatternError(f"nothing in “{self.source}” must be there")
        return tuple(sorted(choices, key=_cost))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The words of the element that is least likely to stand in a line for no reason."""
        return self.needs[0]

    @cached_property
    def chain(self) -> tuple[tuple[frozenset[str], tuple[int, ...]], ...]:
        """The words of each element that must be there, in order, with the steps that reach as
        far as they may stand behind those before: a line that breaks it holds no match."""
        links: list[tuple[frozenset[str], tuple[int, ...]]] = []
        reach = 0
        for element in _elements(self.source):
            reach += _most_words(element, self._lists)
            if element[0] in "!<>." or element[-1] == "?":
                continue
            words = _anchors(element, self._lists)
            if words:
                links.append((words, _steps(reach)))
                reach = _most_words(element, self._lists)
        return tuple(links)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern for a line that begins with a space and has one after each word."""
        return re.compile("".join(_element(it, self._lists) for it in _opened(self.source)))

    @cached_property
    def width(self) -> int:
        """The most words that it can stretch over."""
        return sum(_most_words(it, self._lists) for it in _elements(self.source))


def words_in(source: str) -> list[str]:
    """Every whole word that a pattern or a list spells out."""
    return _WORD.findall(_LIST.sub(" ", source))


def _phrases(expression: str, lists: Mapping[str, str]) -> Iterator[str]:
    """Every phrase that an element of alternatives may stand for."""
    for phrase in expression.removeprefix("(").removesuffix(")").split("|"):
        if phrase.startswith("{"):
            yield from _phrases(_list(phrase, lists), lists)
        else:
            yield phrase


def _opened(source: str) -> list[str]:
    """The elements, after the space or the beginning that they stand behind."""
    elements = _elements(source)
    return elements if elements[0] == BEGIN else [SPACE, *elements]


def _elements(source: str) -> list[str]:
    found: list[str] = _ELEMENT.findall(source)
    if "".join(found).replace(" ", "") != source.replace(" ", ""):
        raise PatternError(f"a bracket is open in “{source}”")
    return found


def _element(element: str, lists: Mapping[str, str]) -> str:
    """The regular expression of one element."""
    if element == SPACE:
        return " "
    if element == BEGIN:
        return r"\A "
    if element in GAPS:
        return rf"(?:\S+ ){{0,{GAPS[element]}}}?"
    if element.startswith("!"):
        return f"(?!{_alternatives(element[1:], lists)})"
    if element.endswith("?"):
        return f"(?:{_alternatives(element[:-1], lists)})?"
    return _alternatives(element, lists)


def _alternatives(expression: str, lists: Mapping[str, str]) -> str:
    phrases = sorted(set(_phrases(expression, lists)), key=lambda it: (-len(it), it))
    if not all(map(str.strip, phrases)):
        raise PatternError(f"an empty choice in “{expression}”")
    return "(?:" + "|".join(map(_phrase, phrases)) + ")"


def _phrase(phrase: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\S*") for word in phrase.split())
    return f"(?={END_OF_LINE})" if phrase == END else "".join(f"{word} " for word in words)


def _anchors(expression: str, lists: Mapping[str, str]) -> frozenset[str]:
    """For each phrase its rarest word; nothing if some phrase has no whole word."""
    chosen = set()
    for phrase in _phrases(expression, lists):
        if phrase == END or "*" in phrase:
            return frozenset()
        words = phrase.split()
        chosen.add(words[0] if len(words) == 1 else max(words, key=_rarity))
    return frozenset(chosen)


def _most_words(element: str, lists: Mapping[str, str]) -> int:
    if element in (BEGIN, END) or element.startswith("!"):
        return 0
    if element in GAPS:
        return GAPS[element]
    return max(len(phrase.split()) for phrase in _phrases(element.rstrip("?"), lists))


def _steps(reach: int) -> tuple[int, ...]:
    """Shifts that, one after another, cover every distance from 1 to ``reach``."""
    steps: list[int] = []
    done = 1
    while done < reach:
        steps.append(min(done, reach - done))
        done += steps[-1]
    return tuple(steps)


def _rarity(word: str) -> tuple[bool, int, str]:
    return word not in FREQUENT, len(word), word


def _cost(words: frozenset[str]) -> int:
    return len(words) + 50 * len(words & FREQUENT)


def _list(phrase: str, lists: Mapping[str, str]) -> str:
    name = phrase.strip("{}")
    if name not in lists:
        raise PatternError(f"there is no list called “{name}”")
    return lists[name]
