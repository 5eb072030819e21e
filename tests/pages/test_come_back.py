"""``/come-back``: eight words, and the same answer for everything that is not somebody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from people import signin
from people.models import YoungPerson
from people.pace import FREE_TRIES, pace
from people.phrases import WORDS, Phrase, new_phrase
from people.signin import make_young_person
from tests.pages.cast import come_in, new_client
from tests.pages.conftest import Door

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_pace() -> Iterator[None]:
    """Every test begins with nobody having guessed."""
    pace._buckets.clear()
    yield
    pace._buckets.clear()


@pytest.fixture
def juno() -> tuple[YoungPerson, Phrase]:
    return make_young_person()


def write(words: object, client: Client | None = None) -> HttpResponse:
    return (client or new_client()).post("/come-back", {"words": str(words)})  # type: ignore[return-value]


def plain(answer: HttpResponse) -> str:
    """The page without what was typed into it and without its one-time token."""
    page = re.sub(r"<textarea.*?</textarea>", "", answer.content.decode(), flags=re.S)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


# ---------------------------------------------------------------- refusals


@pytest.mark.promise("I3")
def test_unknown_and_wrong_get_the_same_answer(juno: tuple[YoungPerson, Phrase]) -> None:
    _person, phrase = juno
    unknown = write(new_phrase())
    wrong = write(Phrase((*phrase.words[:2], *new_phrase().words[2:])))
    assert unknown.status_code == wrong.status_code == 422
    assert plain(unknown) == plain(wrong)
    assert _headers(unknown) == _headers(wrong)
    assert settings.SESSION_COOKIE_NAME not in {**unknown.cookies, **wrong.cookies}


def _headers(answer: HttpResponse) -> dict[str, str]:
    """All of them; the length is that of the page, which shows what was typed."""
    return {name: value for name, value in answer.headers.items() if name != "Content-Length"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "There are no words here yet."),
        (" ".join(WORDS[:7]), "We found 7 words. A key phrase has eight."),
        (" ".join(WORDS[:9]), "We found 9 words. A key phrase has eight."),
        (" ".join([*WORDS[:7], "zzzq"]), "This word is not in any key phrase: zzzq."),
        ("<b>" + " ".join(WORDS[:7]) + "</b>", "These words are not in any key phrase: b, b."),
    ],
)
def test_a_slip_is_named_kindly_and_what_was_typed_stays(typed: str, says: str) -> None:
    answer = write(typed)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert b"<b>" not in answer.content
    shown = re.search(r"<textarea[^>]*>([^<]*)</textarea>", answer.content.decode())
    assert shown is not None
    assert shown[1] == typed.replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.promise("I3")
def test_somebody_who_guesses_waits_and_then_goes_on(juno: tuple[YoungPerson, Phrase]) -> None:
    _person, phrase = juno
    client = new_client()
    assert {write(new_phrase(), client).status_code for _ in range(FREE_TRIES)} == {422}
    slow = write(new_phrase(), client)
    assert slow.status_code == 429
    assert 1 <= int(slow.headers["Retry-After"]) <= 6
    assert write(phrase, new_client(address="192.0.2.5")).status_code == 303


@pytest.mark.promise("I3")
def test_a_guesser_never_locks_anybody_out(juno: tuple[YoungPerson, Phrase]) -> None:
    """On the very network of somebody who tried thousands of times, a few seconds are enough."""
    for _ in range(5_000):
        pace.take("127.0.0.1")
    slow = write(juno[1])
    assert slow.status_code == 429
    for bucket in pace._buckets.values():
        bucket.at -= int(slow.headers["Retry-After"])
    assert write(juno[1]).status_code == 303


def test_while_too_many_come_in_at_once_it_asks_to_wait(juno: tuple[YoungPerson, Phrase]) -> None:
    with signin._Turn(), signin._Turn():
        answer = write(juno[1])
    assert answer.status_code == 503
    assert str(juno[1]) in answer.content.decode(), "nothing has to be typed again"
    assert write(juno[1]).status_code == 303


def test_words_from_another_origin_are_refused(juno: tuple[YoungPerson, Phrase]) -> None:
    client = new_client()
    client.defaults["HTTP_ORIGIN"] = "http://evil.example"
    assert write(juno[1], client).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_it_takes_nothing_else(method: str) -> None:
    assert getattr(new_client(), method)("/come-back").status_code == 405


# ---------------------------------------------------------------- coming in


@pytest.mark.promise("W4")
def test_eight_words_open_the_door(juno: tuple[YoungPerson, Phrase]) -> None:
    client = new_client()
    before = client.session
    before["draft"] = "left by somebody"
    before.save()
    old_key = before.session_key
    answer = write(str(juno[1]).upper().replace(" ", ",\n"), client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/evening")
    assert client.session["young"] == juno[0].pk
    assert client.session.session_key != old_key
    assert "draft" not in client.session


@pytest.mark.promise("I5")
def test_no_word_of_it_is_in_an_address_or_a_header(juno: tuple[YoungPerson, Phrase]) -> None:
    answer = write(juno[1])
    shown = " ".join(answer.headers.values()) + " ".join(map(str, answer.cookies.values()))
    assert not any(f" {word} " in f" {shown} " for word in juno[1].words)


def test_a_whole_group_comes_in_from_one_network(juno: tuple[YoungPerson, Phrase]) -> None:
    assert {write(juno[1]).status_code for _ in range(FREE_TRIES + 5)} == {303}


def test_it_takes_over_a_browser_that_staff_left_open(
    juno: tuple[YoungPerson, Phrase], door: Door, at_seven: time_machine.Traveller
) -> None:
    client = door("Maya")
    write(juno[1], client)
    assert client.get("/staff/").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("who", "status"), [(None, 200), ("half", 200), ("Maya", 200), ("Robin", 303)]
)
def test_the_page(door: Door, who: str | None, status: int) -> None:
    answer = door(who).get("/come-back")
    assert answer.status_code == status
    assert answer.headers.get("Location") == ("/evening" if status == 303 else None)


def test_the_field_lets_no_phone_meddle_with_the_words() -> None:
    page = new_client().get("/come-back").content.decode()
    for attribute in ('autocapitalize="none"', 'spellcheck="false"', 'autocomplete="off"'):
        assert attribute in page


def test_whoever_is_in_already_goes_on(juno: tuple[YoungPerson, Phrase]) -> None:
    assert come_in(new_client(), juno[0]).get("/come-back").headers["Location"] == "/evening"
