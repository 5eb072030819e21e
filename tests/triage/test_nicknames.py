"""What may be a nickname, what gives a person away, and three that are free."""

from __future__ import annotations

import json
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from chat.core.nicknames import SAY, NicknameContext, gives_away, judge_nickname, suggest

EXAMPLES = Path(__file__).parent / "examples" / "nicknames.jsonl"


def test_examples_are_judged_as_labelled() -> None:
    out = StringIO()
    call_command("nicknames", EXAMPLES, stdout=out)
    figures = json.loads(out.getvalue().splitlines()[-1])
    assert figures["n"] >= 140
    assert figures["accuracy"] >= 0.97, figures["wrong"]


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "names.jsonl"
    file.write_text('{"nickname": "fern"}')
    with pytest.raises(CommandError):
        call_command("nicknames", file)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        ("\U0001f98a", "empty"),
        ("a", "short"),
        ("this one is much too long", "long"),
        ("fo\u200bx", "invisible"),
        ("f\u0334\u0322ox", "marks"),
        ("\u043etter", "mixed"),
        ("fox_7", "handle"),
        ("fox 123", "number"),
        ("fox.org", "link"),
        ("m0derator", "staff"),
        ("freya wrenshall", "full_name"),
        ("stupid cow", "unkind"),
        ("scar queen", "grim"),
    ],
)
def test_each_reason_has_its_kind_sentence(name: str, why: str) -> None:
    assert judge_nickname(name).why == why
    assert SAY[judge_nickname(name).why].endswith(".")


def test_nobody_is_called_like_somebody_here() -> None:
    context = NicknameContext(taken=("Paper Kite",), staff=("Maya", "Tomasz"))
    assert judge_nickname("paperkite", context).why == "taken"
    assert judge_nickname("maya", context).why == "staff"
    assert judge_nickname("M\u0430ya", context).why == "mixed"
    assert judge_nickname("tomaszz", context).why == "staff"
    assert judge_nickname("papaya", context).ok


@given(st.text(max_size=40))
def test_no_text_breaks_it(name: str) -> None:
    assert judge_nickname(name).why in ("", *SAY)


def test_three_are_suggested_that_are_free_and_may_be_used() -> None:
    names = suggest(["Quiet Otter"], random.Random(1))
    assert len(set(names)) == 3
    assert "quiet otter" not in names
    assert all(judge_nickname(name).ok for name in names)


@pytest.mark.parametrize(
    ("nickname", "own"),
    [
        ("freyaw", "Freya Wrenshall"),
        ("wrenshall", "Freya Wrenshall"),
        ("FW-wrenshal", "Freya Wrenshall"),
        ("ayerf", "Freya Wrenshall"),
        ("fr3ya", "Freya Wrenshall"),
        ("fwrenshall", "Freya Wrenshall"),
        ("anna maria", "Anna-Maria Nowak"),
    ],
)
def test_a_nickname_that_shows_the_own_name_is_seen(nickname: str, own: str) -> None:
    assert gives_away(nickname, own)


@pytest.mark.parametrize("nickname", ["otter", "paper kite", "wren", "fern"])
def test_another_one_does_not(nickname: str) -> None:
    assert not gives_away(nickname, "Freya Wrenshall")
