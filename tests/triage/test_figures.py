"""What triage must reach on lines that it was tuned on, and on lines that it was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.core.triage.scoring import Example, Score, read_examples, score

EXAMPLES = Path(__file__).parent / "examples"
KINDS = {
    *("contact", "link", "identity", "risk", "method", "encourage"),
    *("bullying", "graphic", "substance", "sexual"),
}


def read(name: str) -> list[Example]:
    return read_examples((EXAMPLES / f"{name}.jsonl").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tuned() -> Score:
    return score(read("tuned"))


@pytest.fixture(scope="module")
def heldout() -> Score:
    return score(read("heldout"))


def test_examples_are_of_every_kind_and_named_once() -> None:
    for name in ("tuned", "heldout"):
        examples = read(name)
        assert {label for it in examples for label in it.labels} == KINDS
        assert len({it.id for it in examples}) == len(examples)
    assert {it.text for it in read("tuned")}.isdisjoint(it.text for it in read("heldout"))


def test_nearly_every_word_of_danger_alerts(tuned: Score) -> None:
    assert tuned.alert_recall >= 0.97


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_stopped(tuned: Score, kind: str) -> None:
    found = tuned.kinds[kind]
    assert found.recall >= 0.9 or len(found.misses) <= 1


@pytest.mark.parametrize("kind", ["contact", "link"])
def test_ways_out_of_the_room_are_stopped(tuned: Score, kind: str) -> None:
    found = tuned.kinds[kind]
    assert found.recall >= 0.97 or len(found.misses) <= 1


def test_ordinary_talk_goes_through(tuned: Score) -> None:
    assert tuned.false_hold_rate <= 0.02


def test_the_reason_that_leads_is_of_the_right_kind(tuned: Score) -> None:
    assert tuned.reason_accuracy >= 0.9


def test_lines_that_no_rule_was_made_for(heldout: Score) -> None:
    assert heldout.alert_recall >= 0.85
    assert heldout.false_hold_rate <= 0.03
    assert heldout.reason_accuracy >= 0.85
    for found in heldout.kinds.values():
        assert found.recall >= 0.85 or len(found.misses) <= 2


def test_lines_written_after_the_rules_and_never_tuned_on() -> None:
    fresh = score(read("fresh"))
    assert fresh.alert_recall >= 0.8
    assert fresh.false_hold_rate <= 0.13
    assert fresh.reason_accuracy >= 0.9


def test_a_file_that_is_none_is_refused_with_its_line() -> None:
    good = '{"text": "hi", "expect": "publish"}'
    with pytest.raises(ValueError, match="line 2"):
        read_examples(f'{good}\n{{"text": "hi", "expect": "perhaps"}}')
    assert [it.id for it in read_examples(f"{good}\n\n{good}")] == ["1", "3"]
