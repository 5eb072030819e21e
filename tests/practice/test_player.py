"""Who says what, and when: without a room and without waiting."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chat.practice.news import CameIn, News, Saying, SentBack, StaffSaid, StaffWrote
from chat.practice.player import Player
from chat.practice.script import load_script
from tests.practice.scripts import small_script

SCRIPT = load_script("week-three")
LONG = 75 * 60


def play(player: Player, until: float) -> list[tuple[float, Saying]]:
    """Everything said up to this second, each when it is due."""
    said = player.before()
    while (due := player.due) <= until:
        said += [(due, saying) for saying in player.take(due)]
    return said


def replies(player: Player, news: News, now: float) -> list[str]:
    """What the people of the small script say within a minute that is not in the script."""
    player.hear(news, now)
    written = {line.filled(small_script().names).text for line in small_script().evening}
    written |= {line.text for exchange in small_script().quieter for line in exchange}
    return [saying.text for _at, saying in play(player, now + 60) if saying.text not in written]


def test_the_same_seed_makes_the_same_talk() -> None:
    first, second = (play(Player(SCRIPT, seed=5), LONG) for _ in range(2))
    assert first == second
    assert first != play(Player(SCRIPT, seed=6), LONG)


def test_what_was_said_before_is_due_at_once_and_in_order() -> None:
    said = play(Player(SCRIPT), 0)
    assert [saying.cid for _at, saying in said] == [f"e{at}" for at in range(SCRIPT.before)]
    assert said[-1][0] == pytest.approx(0)
    assert max(at for at, _saying in said) <= 0
    assert -180 < said[0][0] < -40


def test_an_evening_has_a_human_pace() -> None:
    said = play(Player(SCRIPT), 15 * 60)
    gaps = [after - before for (before, _), (after, _) in pairwise(said)]
    assert min(gaps) > 3
    assert max(gaps[: len(SCRIPT.evening) - 1]) < 10
    assert 5 < sum(gaps[: len(SCRIPT.evening) - 1]) / (len(SCRIPT.evening) - 1) < 8


def test_a_pace_of_two_is_twice_as_fast() -> None:
    usual, fast = play(Player(SCRIPT), 600), play(Player(SCRIPT, pace=2), 300)
    assert [saying for _at, saying in usual] == [saying for _at, saying in fast]
    assert fast[-1][0] == pytest.approx(usual[-1][0] / 2)


def test_the_room_never_falls_silent_and_does_not_repeat_itself() -> None:
    said = play(Player(SCRIPT), LONG)
    assert said[-1][0] > LONG - 90
    assert max(after - before for (before, _), (after, _) in pairwise(said)) < 90
    texts = [saying.text for at, saying in said if at < 60 * 60]
    assert len(texts) == len(set(texts))
    assert play(Player(SCRIPT), 5 * LONG)[-1][0] > 5 * LONG - 90


def test_whoever_falls_silent_says_nothing_more_and_nobody_answers_them() -> None:
    player = Player(small_script())
    player.silence(1)
    said = [saying for _at, saying in play(player, 600)]
    assert {saying.who for saying in said} == set(range(2, 10))
    assert "hi ann" not in [saying.text for saying in said]


def test_nobody_answers_the_first_line_of_an_exchange_that_was_not_said() -> None:
    player = Player(small_script(), speakers={4, 6, 8})
    assert {saying.text for _at, saying in play(player, 600)} == {"hello"}


def test_it_ends_even_when_nobody_talks() -> None:
    assert play(Player(small_script(), speakers=()), LONG) == []


def test_no_stall_ends_in_a_rush() -> None:
    player = Player(SCRIPT)
    play(player, 30)
    assert len(player.take(600)) == 1
    assert player.due > 603


def test_a_line_that_is_put_off_comes_again_before_the_rest() -> None:
    player = Player(small_script())
    play(player, 0)
    (first,) = player.take(player.due)
    player.put_off(first, 20)
    assert [saying for _at, saying in play(player, 25)] == [first]
    assert player.due > 28


def test_a_second_run_goes_on_after_the_first() -> None:
    first = play(Player(SCRIPT), 300)
    said = frozenset(saying.cid for _at, saying in first)
    (at, after), *_rest = play(Player(SCRIPT, said=said), 20)
    assert at > 0
    assert after.cid == f"e{len(first)}"


def test_a_later_run_goes_on_with_exchanges_that_were_not_said() -> None:
    first = play(Player(SCRIPT), 40 * 60)
    said = frozenset(saying.cid for _at, saying in first)
    more = play(Player(SCRIPT, seed=9, said=said), 10 * 60)
    assert more
    assert said.isdisjoint(saying.cid for _at, saying in more)
    assert {saying.text for _at, saying in first}.isdisjoint(saying.text for _at, saying in more)


# ---------------------------------------------------------------- what they react to


def test_a_line_that_is_sent_back_is_written_again() -> None:
    player = Player(small_script())
    play(player, 30)
    player.hear(SentBack("e2"), 30)
    edits = [(at, saying) for at, saying in play(player, 60) if saying.replaces]
    assert [saying for _at, saying in edits] == [
        Saying("e2-edit", 3, "hope your week is kind", replaces="e2")
    ]
    assert 35 < edits[0][0] < 50


@pytest.mark.parametrize("cid", ["e0", "e99", "q0-9-9", "e2-edit", "other"])
def test_nothing_else_that_is_sent_back_is(cid: str) -> None:
    assert replies(Player(small_script()), SentBack(cid), 30) == []


def test_a_newcomer_is_greeted_once_and_takes_their_place() -> None:
    player = Player(small_script())
    play(player, 30)
    assert replies(player, CameIn("Robin", who=1), 30) == ["hi robin"]
    assert replies(player, CameIn("Robin", who=1), 90) == []
    assert all(saying.who != 1 for _at, saying in play(player, 600))


def test_whoever_was_here_already_is_not_greeted() -> None:
    assert replies(Player(small_script()), CameIn("Robin", who=1, greet=False), 30) == []


def test_staff_are_answered_sometimes_but_not_in_a_chorus() -> None:
    player = Player(SCRIPT)
    play(player, 0)
    for second in range(1, 600):
        player.hear(StaffSaid("Maya", "Take your time."), second)
    said = [(at, it) for at, it in play(player, 620) if it.cid.startswith("r")]
    assert 3 < len(said) <= 20
    assert len({it.text for _at, it in said}) > 3


def test_a_question_is_not_answered_with_thanks() -> None:
    for seed in range(10):
        said = replies(Player(small_script(), seed=seed), StaffSaid("Maya", "What helps? "), 30)
        assert said in ([], ["let me think"])


def test_the_private_line_is_answered_in_order_until_all_is_said() -> None:
    player = Player(small_script())
    news = StaffWrote(3, "Maya")
    player.hear(news, 30)
    player.hear(news, 31)  # two lines of staff have one answer
    assert replies(player, StaffWrote(4, "Maya"), 32) == ["ok, sorry"]
    assert replies(player, news, 100) == ["thank you"]
    assert replies(player, news, 200) == []
