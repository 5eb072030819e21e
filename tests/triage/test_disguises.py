"""Whatever a line is dressed in, it is judged as what it says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat.core.triage import Verdict, judge
from chat.core.triage.letters import fold, origins
from chat.core.triage.scoring import read_examples
from chat.core.triage.words import look_alikes

TUNED = read_examples(
    (Path(__file__).parent / "examples" / "tuned.jsonl").read_text(encoding="utf-8")
)
STOPPED = [it.text for it in TUNED if judge(it.text).outcome != "publish"]
GRAVITY = {"publish": 0, "hold": 1, "alert": 2}
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u0301\u0336\ufe0f\u180e\u202e"
DRAWN: dict[str, list[str]] = {}
for _char, _letter in look_alikes().items():
    DRAWN.setdefault(_letter, []).append(_char)


def gravity(verdict: Verdict) -> int:
    return GRAVITY[verdict.outcome]


@given(st.text(max_size=300))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=100))
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    assert len(origins(text)) == len(fold(text))


@given(st.text(max_size=1000))
@settings(max_examples=200)
def test_no_text_breaks_it(text: str) -> None:
    verdict = judge(text)
    assert all(reason.rule != "fault" for reason in verdict.reasons)
    assert all(reason.span in text for reason in verdict.reasons if reason.kind != "identity")


@given(st.sampled_from(STOPPED), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_invisible_characters_never_lower_a_verdict(text: str, dice: random.Random) -> None:
    dressed = "".join(char + dice.choice(["", "", *INVISIBLE]) for char in text)
    assert gravity(judge(dressed)) >= gravity(judge(text))


@given(st.sampled_from(STOPPED), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_case_never_lowers_a_verdict(text: str, dice: random.Random) -> None:
    dressed = "".join(dice.choice([char.upper(), char.lower()]) for char in text)
    assert gravity(judge(dressed)) >= gravity(judge(text))


@given(st.sampled_from(STOPPED), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_look_alikes_never_lower_a_verdict(text: str, dice: random.Random) -> None:
    dressed = "".join(dice.choice([char, *DRAWN.get(char.lower(), [char])]) for char in text)
    assert gravity(judge(dressed)) >= gravity(judge(text))


@pytest.mark.parametrize(
    "text",
    [
        "k i l l myself",
        "k.i.l.l myself",
        "k1ll mys3lf",
        "k*ll myself",
        "kiII myself",
        "kill my self",
        "killll myselffff",
        "killmyself",
        "i want 2 d1e",
        "un-alive",
        "su!cidal",
        "suicdal",
        "\uff4b\uff49\uff4c\uff4c myself",
        "\U0001d4f4\U0001d4f2\U0001d4f5\U0001d4f5 myself",
        "\u043a\u0456ll m\u0443\u0455\u0435lf",
        "\U0001f17a\U0001f178\U0001f17b\U0001f17b myself",
    ],
)
def test_danger_is_seen_behind_a_disguise(text: str) -> None:
    assert judge(text).outcome == "alert"


@pytest.mark.parametrize(
    "text",
    [
        "077 00 90 01 23",
        "0-7-7-0-0-9-0-0-1-2-3",
        "oh seven seven double oh nine hundred one two three",
        "0️⃣7️⃣7️⃣0️⃣0️⃣ 9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣",
        "O77OO 9OO l23",
        "\u0660\u0667\u0667\u0660\u0660 \u0669\u0660\u0660\u0661\u0662\u0663",
        "zero 7 seven then 00 then nine double oh then 123",
    ],
)
def test_a_number_is_seen_however_it_is_written(text: str) -> None:
    assert judge(text).reasons[0].rule == "number"


@pytest.mark.parametrize(
    "text",
    [
        "7.30 or 8",
        "12/03/2010",
        "1 2 3 4 5 6 7 8 9 10",
        "10 9 8 7 6 5 4 3 2 1",
        "2008 2009 2010",
        "3-2 then 4-1 then 0-0",
        "10,000 steps",
        "childline is 0800 1111",
        "samaritans: 116 123, any time",
        "text shout to 85258",
    ],
)
def test_figures_of_every_day_go_through(text: str) -> None:
    assert judge(text).outcome == "publish"
