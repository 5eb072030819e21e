"""The word list and the reading of what somebody typed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from people import phrases
from people.phrases import WORDS, Phrase, new_phrase, phrase_of, words_in

EIGHT = WORDS[:8]


@pytest.mark.promise("I3")
def test_there_are_2048_plain_words_so_that_six_are_66_bits() -> None:
    assert len(WORDS) == len(set(WORDS)) == phrases.WORD_COUNT == 2048
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    assert {len(word) for word in WORDS} <= set(range(3, 9))
    assert list(WORDS) == sorted(WORDS)


def test_no_two_words_are_one_slip_apart() -> None:
    known = set(WORDS)
    assert [(word, slip) for word in WORDS for slip in _slips(word) if slip in known] == []


def _slips(word: str) -> set[str]:
    """Every word one letter left out, put in, changed or swapped away."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    changed = {a + c + b[1:] for a, b in cuts if b for c in letters}
    put_in = {a + c + b for a, b in cuts for c in letters}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return (left_out | changed | put_in | swapped) - {word}


def test_no_word_touches_the_topic_or_a_hard_thing() -> None:
    hard = (Path(__file__).parent / "hard_words.txt").read_text().split()
    assert set(WORDS) & set(hard) == set()


def test_a_phrase_has_eight_words_drawn_from_the_whole_list() -> None:
    drawn = [new_phrase() for _ in range(500)]
    assert {len(phrase.words) for phrase in drawn} == {8}
    assert len({str(phrase) for phrase in drawn}) == 500
    counted = Counter(word for phrase in drawn for word in phrase.words)
    assert len(counted) > 1600, "a fair draw of 4,000 reaches 1,757 of 2,048 words on average"
    assert max(counted.values()) < 16


def test_two_words_locate_and_six_prove() -> None:
    phrase = Phrase(EIGHT)
    assert phrase.locator == " ".join(EIGHT[:2])
    assert phrase.secret == " ".join(EIGHT[2:])


@pytest.mark.promise("I4")
def test_a_phrase_does_not_show_in_a_traceback() -> None:
    shown = repr(Phrase(EIGHT))
    assert not any(word in shown for word in EIGHT)


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(EIGHT),
        " ".join(EIGHT).upper(),
        ", ".join(word.title() for word in EIGHT),
        "\n".join(EIGHT),
        "\r\n".join(f"{n}. {word}" for n, word in enumerate(EIGHT, start=1)),
        "   ".join(EIGHT) + "  \n",
        "\u00a0".join(EIGHT),
        "-".join(EIGHT),
        "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in " ".join(EIGHT)),
    ],
)
def test_typing_is_forgiven(typed: str) -> None:
    assert phrase_of(words_in(typed)) == Phrase(EIGHT)


@pytest.mark.parametrize("typed", ["", "   ", "1 2 3", "€ 🙂", " ".join(EIGHT[:7]), "x" * 10_000])
def test_anything_else_is_no_phrase(typed: str) -> None:
    assert phrase_of(words_in(typed)) is None


def test_a_word_that_is_in_no_phrase_is_named() -> None:
    assert phrases.unknown_words([*EIGHT[:7], "zzzz"]) == ["zzzz"]


def test_the_list_is_in_no_order_but_the_alphabet() -> None:
    assert all(one < two for one, two in pairwise(WORDS))
