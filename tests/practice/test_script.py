"""The shipped script: well formed, in time, and read by triage as its author meant it."""

from __future__ import annotations

import pytest

from chat.core.triage import Context, judge
from chat.practice.player import Player
from chat.practice.script import YOUNG, BadScript, Line, load_script, read_script
from tests.practice.scripts import EVENING, QUIETER, script_text

SCRIPT = load_script("week-three")
NICKNAMES = SCRIPT.names[: len(YOUNG)]
OUTCOME = {"": "publish", "held": "hold", "alert": "alert"}
RECENT = 3


def misread(line: Line, recent: list[str]) -> list[str]:
    """What triage says otherwise than the script; adds what was said to ``recent``."""
    filled = line.filled(SCRIPT.names, to="Robin")
    wrong = []
    for words, tag in ((filled.text, line.tag), (filled.edit, "")):
        if not words:
            continue
        author = SCRIPT.names[line.who - 1]
        context = Context(nicknames=NICKNAMES, author=author, recent=tuple(recent[-RECENT:]))
        verdict = judge(words, context)
        if verdict.outcome != OUTCOME[tag]:
            rules = ", ".join(reason.rule for reason in verdict.reasons)
            wrong.append(f"{verdict.outcome} ({rules}): {words}")
        recent.append(words)
    return wrong


def test_triage_reads_every_line_as_it_is_meant() -> None:
    said: dict[int, list[str]] = {who: [] for who in range(1, 11)}
    wrong = []
    for line in SCRIPT.lines():
        wrong += misread(line, said[line.who])
    assert wrong == []


def test_triage_reads_it_so_in_the_order_of_a_long_evening() -> None:
    player = Player(SCRIPT)
    said: dict[int, list[str]] = {who: [] for who in range(1, 11)}
    tags = {line.filled(SCRIPT.names).text: line.tag for line in SCRIPT.lines()}
    wrong = []
    player.before()
    while player.due < 75 * 60:
        for saying in player.take(player.due):
            if saying.who in YOUNG:
                line = Line(saying.who, saying.text, tag=tags[saying.text])
                wrong += misread(line, said[saying.who])
    assert wrong == []


def test_the_desk_has_work_within_the_first_minute() -> None:
    player = Player(SCRIPT)
    said = [saying for _at, saying in player.before()]
    while player.due <= 60:
        said += player.take(player.due)
    tags = [SCRIPT.evening[int(saying.cid[1:])].tag for saying in said]
    assert tags.count("held") >= 5
    assert tags.count("alert") == 1
    assert tags.count("") >= 12


def test_later_there_is_a_held_line_now_and_then_and_no_other_alert() -> None:
    tags = [line.tag for line in SCRIPT.lines()]
    assert tags.count("alert") == 1
    assert tags[SCRIPT.before + 12 :].count("held") >= 5


def test_every_line_is_said_once() -> None:
    texts = [line.text.lower() for line in SCRIPT.evening]
    texts += [line.text.lower() for exchange in SCRIPT.quieter for line in exchange]
    assert sorted(texts) == sorted(set(texts))


def test_every_held_line_can_be_written_again() -> None:
    assert [line.text for line in SCRIPT.lines() if line.tag == "held" and not line.edit] == []


def test_everybody_speaks_and_has_an_answer_for_the_counsellors() -> None:
    assert {line.who for line in SCRIPT.evening} == set(range(1, 11))
    assert {line.who for line in SCRIPT.private} == set(YOUNG)


def test_it_says_that_it_wants_a_review() -> None:
    assert "reviewed by a clinical lead" in SCRIPT.review


@pytest.mark.parametrize(
    ("evening", "why"),
    [
        ("", "needs lines"),
        ('{ who = 11, text = "x" }', "who"),
        ('{ who = 1, text = "" }', "text"),
        ('{ who = 1, text = " x" }', "text"),
        ('{ who = 1, text = "x", pause = 0 }', "pause"),
        ('{ who = 1, text = "x", colour = "red" }', "colour"),
        ('{ who = 1, text = "x", tag = "fine" }', "fine"),
        ('{ who = 1, text = "hi {12}" }, { who = 2, text = "y" }', "no such place"),
        ('{ who = 1, text = "x" },', "said before than"),
        ('{ who = 1, text = "x", key = "a" }, { who = 1, text = "y", key = "a" }', "taken"),
        ('{ who = 1, text = "x", reply = "a" }, { who = 1, text = "y", key = "a" }', "not said"),
        (
            '{ who = 1, text = "x", key = "a", tag = "held" },{ who = 2, text = "y", reply = "a" }',
            "does not see",
        ),
        ('{ who = 9, text = "x", tag = "held" }, { who = 2, text = "y" }', "young people"),
        ('{ who = 9, text = "x", to = "line" }, { who = 2, text = "y" }', "plain line"),
    ],
)
def test_a_script_that_cannot_be_played_is_refused(evening: str, why: str) -> None:
    with pytest.raises(BadScript, match=why):
        read_script(script_text(evening))


@pytest.mark.parametrize(
    ("quieter", "more", "why"),
    [
        ("", "", "quieter"),
        ("[]", "", "not empty"),
        ('[{ who = 1, text = "x", tag = "held" }, { who = 2, text = "y" }]', "", "does not see"),
        (QUIETER, "speed = 2", "speed"),
        (QUIETER, "title = ", "value"),
    ],
)
def test_so_are_quieter_parts(quieter: str, more: str, why: str) -> None:
    with pytest.raises(BadScript, match=why):
        read_script(script_text(EVENING, quieter, more))


def test_there_is_no_script_of_another_name() -> None:
    with pytest.raises(BadScript, match="no script called"):
        load_script("week-nine")
