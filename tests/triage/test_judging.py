"""What a verdict depends on beside the words, and what happens when a rule breaks."""

from __future__ import annotations

import time

import pytest

from chat.core.triage import Context, Reason, Verdict, judge
from chat.core.triage.book import BookError, read_lists, read_rules, shipped_lists, shipped_rules
from chat.core.triage.judging import Triage
from chat.core.triage.patterns import Pattern, PatternError
from chat.core.triage.reading import Reading
from chat.core.triage.rules import Book, Rule
from chat.core.triage.texts import FOR_AUTHOR, SAY

ROOM = ("otter", "Paper Kite", "lowtide")


def rules_of(verdict: Verdict) -> list[str]:
    return [reason.rule for reason in verdict.reasons]


def test_an_ordinary_line_is_published_without_a_reason() -> None:
    assert judge("the rain has stopped") == Verdict("publish", (), care=False)


def test_a_reason_says_rule_kind_sentence_and_the_authors_own_words() -> None:
    verdict = judge("well... Whats ur SNAP??")
    assert verdict == Verdict(
        "hold", (Reason("asks_handle", "contact", SAY["asks_handle"], "Whats ur SNAP??"),)
    )


def test_words_of_danger_alert_and_ask_for_care() -> None:
    verdict = judge("i want to die")
    assert (verdict.outcome, verdict.care) == ("alert", True)
    assert verdict.reasons[0].kind == "risk"


def test_the_gravest_reason_leads() -> None:
    verdict = judge("whats ur snap, i want to die")
    assert [reason.kind for reason in verdict.reasons] == ["risk", "contact"]


# ---------------------------------------------------------------- what it knows of the room


def test_an_unkind_word_about_somebody_here_is_held() -> None:
    assert judge("lowtide is so fake").outcome == "publish"
    assert judge("lowtide is so fake", Context(nicknames=ROOM)).outcome == "hold"


def test_a_nickname_of_two_words_counts_too() -> None:
    assert judge("nobody likes paper kite", Context(nicknames=ROOM)).outcome == "hold"


def test_somebody_unkind_about_their_own_nickname_is_held() -> None:
    line = "otter is a freak and we all know it"
    assert rules_of(judge(line, Context(author="otter")))[0] == "insults_you"


def test_naming_somebody_here_is_no_handle() -> None:
    assert judge("@otter same", Context(nicknames=ROOM)).outcome == "publish"
    assert judge("@otterly_me same", Context(nicknames=ROOM)).outcome == "hold"


def test_the_services_own_helplines_go_through() -> None:
    line = "you can ring 01632 960 555 at night"
    assert judge(line).outcome == "hold"
    assert judge(line, Context(helplines=("Night line 01632 960555",))).outcome == "publish"


@pytest.mark.parametrize(
    "pieces",
    [
        ("07700", "900", "123"),
        ("find me", "on tiktok"),
        ("add me", "on insta"),
        ("i want", "to die"),
        ("brackenfox", ".com"),
    ],
)
def test_what_is_said_in_pieces_is_put_together(pieces: tuple[str, ...]) -> None:
    *before, last = pieces
    assert judge(last, Context(recent=tuple(before))).outcome != "publish"


def test_a_line_after_a_held_one_is_not_held_for_it() -> None:
    recent = ("add me on insta im brackenfox_1",)
    assert judge("sorry, forgot the rules", Context(recent=recent)).outcome == "publish"


def test_a_room_that_reads_everything_first_holds_everything() -> None:
    assert rules_of(judge("hiya", Context(mode="everything"))) == ["everything"]


def test_a_room_that_reads_new_people_first_holds_theirs() -> None:
    new = Context(mode="new", new_member=True)
    assert rules_of(judge("hiya", new)) == ["new_member"]
    assert judge("hiya", Context(mode="new")).outcome == "publish"
    assert judge("hiya", Context(new_member=True)).outcome == "publish"


# ---------------------------------------------------------------- rules


def broken(reading: Reading, context: Context) -> str | None:
    raise ZeroDivisionError


def triage(*rules: Rule) -> Triage:
    return Triage(Book(rules, {"colour": "red|blue"}))


@pytest.mark.promise("H5")
def test_a_rule_that_raises_means_hold() -> None:
    verdict = triage(Rule("breaks", "link", "hold", find=broken, say="breaks")).judge("hiya")
    assert (verdict.outcome, rules_of(verdict)) == ("hold", ["fault"])


@pytest.mark.promise("H5")
def test_a_rule_without_a_sentence_still_means_hold() -> None:
    assert triage(Rule("unknown", "link", "hold", ("red",))).judge("red").outcome == "hold"


@pytest.mark.parametrize(
    ("pattern", "stands", "does_not"),
    [
        ("red car", "a red car", "a red old car"),
        ("red .. car", "red very old car", "red very very old car"),
        ("{colour} car", "blue car", "green car"),
        ("(red|dark blue) car", "dark blue car", "dark green car"),
        ("red very? car", "red car", "red big car"),
        ("< red", "red car", "a red car"),
        ("red >", "car red", "red car"),
        ("red (car|>)", "big red", "red house"),
        ("red !old car", "red car", "red old car"),
        ("red car*", "red cars", "red bus"),
    ],
)
def test_patterns_say_what_they_mean(pattern: str, stands: str, does_not: str) -> None:
    rule = triage(Rule("it", "link", "hold", (pattern,), say="it"))
    assert rule.judge(stands).outcome == "hold"
    assert rule.judge(does_not).outcome == "publish"


def test_an_exception_holds_where_it_touches_and_a_shared_one_anywhere() -> None:
    near = triage(Rule("it", "link", "hold", ("red car",), near=("toy red",), say="it"))
    assert near.judge("my toy red car").outcome == "publish"
    assert near.judge("a red car and then a very big toy red").outcome == "hold"
    anywhere = triage(Rule("it", "link", "hold", ("red car",), unless=("toy",), say="it"))
    assert anywhere.judge("a red car and then a very big toy").outcome == "publish"


@pytest.mark.parametrize("pattern", ["red?", "..", "< >", "{nothing} x", "(a b"])
def test_a_pattern_that_says_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        _ = Pattern(pattern, {}).anchors


@pytest.mark.parametrize("text", ["[it] nonsense hold", "[it] link", "+ red", "red"])
def test_a_rule_file_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(BookError):
        list(read_rules(text, {}))


def test_lists_may_go_over_several_lines() -> None:
    assert read_lists("a = b|c|\n    d  # why\n\ne = f") == {"a": "b|c|d", "e": "f"}


def test_every_shipped_rule_can_be_read_and_has_its_sentences() -> None:
    rules = shipped_rules()
    Book(rules, shipped_lists()).read_all()
    assert len({rule.name for rule in rules}) == len(rules)
    assert {rule.name for rule in rules} <= set(SAY)
    assert {rule.kind for rule in rules} | {"other"} == set(FOR_AUTHOR)


# ---------------------------------------------------------------- time

HARD = (
    "a b c d ",
    "k i l l ",
    "k*l ",
    "0 1 9 2 ",
    "i want to ",
    "send me a pic of you ",
    "iwanttokillmyself ",
    "hartfieldby ",
    " at a.b",
    "a@",
    "blood ",
    "d\u0301",
    "😭",
)


@pytest.mark.parametrize("piece", HARD)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    short, long = piece * (1000 // len(piece)), piece * (8000 // len(piece))
    judge(short), judge(long)
    assert best(long) < 20 * best(short) + 0.002


def best(text: str) -> float:
    """Seconds on this thread's own clock, so that a busy machine does not count."""
    times = []
    for _ in range(3):
        start = time.thread_time()
        judge(text)
        times.append(time.thread_time() - start)
    return min(times)
