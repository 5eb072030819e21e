"""Key phrases against the table, and what a session says about who is asking."""

from __future__ import annotations

import threading
import time

import argon2
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from people import signin
from people.models import Account, YoungPerson
from people.phrases import WORDS, Phrase, new_phrase
from people.signin import NOBODY, find_and_prove, make_young_person, person_of, person_of_cookies
from tests.pages.cast import come_in, new_client

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- the phrase


@pytest.mark.promise("I3")
def test_wrong_words_prove_nobody() -> None:
    person, phrase = make_young_person()
    other = next(word for word in WORDS if word != phrase.words[7])
    assert find_and_prove(Phrase((*phrase.words[:7], other))) is None
    assert find_and_prove(Phrase(phrase.words[::-1])) is None
    assert find_and_prove(new_phrase()) is None
    assert find_and_prove(phrase) == person


@pytest.mark.promise("I3")
def test_the_table_holds_the_locator_and_an_argon2id_hash_only() -> None:
    person, phrase = make_young_person()
    row = YoungPerson.objects.filter(pk=person.pk).values().get()
    assert row["locator"] == phrase.locator
    assert row["proof"].startswith("$argon2id$")
    stored = " ".join(str(value) for value in row.values())
    assert not any(
        f" {word} " in f" {stored} " for word in set(phrase.words[2:]) - set(phrase.words[:2])
    )


@pytest.mark.promise("I3")
def test_an_unknown_locator_costs_the_same_computation() -> None:
    """The stand-in is a whole hash with the same costs, so that refusing takes as long."""
    person, _phrase = make_young_person()
    assert argon2.extract_parameters(NOBODY) == argon2.extract_parameters(person.proof)
    assert len(NOBODY) == len(person.proof)


@pytest.mark.promise("I3")
def test_every_try_is_exactly_one_computation() -> None:
    person, phrase = make_young_person()
    wrong = Phrase((*phrase.words[:2], *new_phrase().words[2:]))
    for tried in (phrase, wrong, new_phrase()):
        before = time.thread_time()
        find_and_prove(tried)
        spent = time.thread_time() - before
        assert 0.2 < spent / _one_hash() < 4, str(person.pk)


def _one_hash() -> float:
    before = time.thread_time()
    signin.hash_of("six plain words to be hashed")
    return time.thread_time() - before


def test_a_locator_belongs_to_one_person() -> None:
    _person, phrase = make_young_person()
    twin = Phrase((*phrase.words[:2], *new_phrase().words[2:]))
    with pytest.raises(Exception, match="UNIQUE"):
        make_young_person(twin)


def test_a_row_without_a_hash_lets_nobody_in() -> None:
    phrase = new_phrase()
    YoungPerson.objects.create(locator=phrase.locator, proof="!")
    assert find_and_prove(phrase) is None


def test_at_most_two_hashes_at_once() -> None:
    """Two are held; a third waits until one of them is done."""
    done = threading.Event()

    def hash_one() -> None:
        signin.hash_of("words")
        done.set()

    third = threading.Thread(target=hash_one)
    with signin._Turn(), signin._Turn():
        third.start()
        assert not done.wait(0.3)
    assert done.wait(10)
    third.join()


# ---------------------------------------------------------------- sessions


@pytest.mark.promise("W4")
def test_the_session_key_changes_at_sign_in(robin: YoungPerson) -> None:
    request = _request()
    request.session["draft"] = "left by somebody"
    request.session.save()
    before = request.session.session_key or ""
    signin.sign_in_young(request, robin)
    request.session.save()
    assert request.session.session_key != before
    assert "draft" not in request.session
    assert not request.session.exists(before)
    assert person_of(request) == robin


@pytest.mark.promise("W4")
def test_after_signing_out_the_old_key_opens_nothing(robin: YoungPerson) -> None:
    request = _request()
    signin.sign_in_young(request, robin)
    request.session.save()
    cookies = {settings.SESSION_COOKIE_NAME: request.session.session_key or ""}
    assert person_of_cookies(cookies)[0] == robin
    signin.sign_out(request)
    assert person_of_cookies(cookies)[0] is None
    assert person_of(request) is None


@pytest.mark.parametrize("key", ["", "x", "0" * 32, "../../etc", "é" * 40])
def test_a_made_up_key_is_nobody(key: str) -> None:
    assert person_of_cookies({settings.SESSION_COOKIE_NAME: key})[0] is None
    assert person_of_cookies({}) == (None, "")


@pytest.mark.promise("I9")
def test_a_password_alone_is_nobody(maya: Account) -> None:
    client = come_in(new_client(), maya, factor=False)
    request = _request(client.session)
    assert person_of(request) is None
    assert signin.account_of(request) == maya


@pytest.mark.promise("I9")
def test_a_second_factor_makes_it_somebody(maya: Account) -> None:
    client = come_in(new_client(), maya)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    assert person_of(_request(client.session)) == maya
    assert person_of_cookies(cookies)[0] == maya


@pytest.mark.promise("I9")
def test_a_factor_that_was_disconnected_counts_no_more(maya: Account) -> None:
    client = come_in(new_client(), maya)
    Authenticator.objects.all().delete()
    assert person_of(_request(client.session)) is None


def test_a_factor_of_somebody_else_does_not_count(maya: Account, jo: Account) -> None:
    client = come_in(new_client(), maya)
    session = client.session
    come_in(new_client(), jo)
    session["account_authentication_methods_user"] = str(jo.pk)
    assert person_of(_request(session)) is None


def test_a_changed_password_ends_the_session(maya: Account) -> None:
    client = come_in(new_client(), maya)
    maya.set_password("another long password")
    maya.save()
    assert person_of(_request(client.session)) is None


def test_an_account_that_is_switched_off_is_nobody(maya: Account) -> None:
    client = come_in(new_client(), maya)
    get_user_model().objects.update(is_active=False)
    assert person_of(_request(client.session)) is None


def test_a_demo_session_counts_only_on_demo_data(maya: Account) -> None:
    client = come_in(new_client(), maya, factor=False)
    session = client.session
    session["demo"] = True
    assert not settings.DEMO
    assert person_of(_request(session)) is None


def _request(session: SessionBase | None = None) -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = session or SessionStore()
    return request
