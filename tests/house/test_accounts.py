"""The door for staff."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core.cache import cache
from django.test import Client, RequestFactory

from config.accounts import StaffDoor
from people.models import Account

LOGIN = "/staff/account/login/"
SIGN_UP = "/staff/account/signup/"
NEW = {
    "username": "mallory",
    "password1": "a long enough phrase",
    "password2": "a long enough phrase",
}


@pytest.mark.django_db
def test_nobody_signs_up(client: Client) -> None:
    assert client.get(SIGN_UP).status_code == 200
    client.post(SIGN_UP, NEW)
    assert not Account.objects.exists()


def test_a_password_is_kept_as_an_argon2id_hash(maya: Account) -> None:
    maya.set_password("a long enough phrase")
    assert identify_hasher(maya.password).algorithm == "argon2"
    assert "argon2id" in maya.password


@pytest.mark.promise("I4")
def test_the_pace_of_sign_ins_is_kept_without_the_address(client: Client, maya: Account) -> None:
    cache.clear()
    client.post(LOGIN, {"login": "maya", "password": "not it"}, REMOTE_ADDR="192.0.2.7")
    kept = repr(vars(cache._connections["default"])["_cache"])  # type: ignore[attr-defined]
    assert "allauth" in kept
    assert "192.0.2.7" not in kept
    assert "maya" not in kept


def test_one_address_is_one_word() -> None:
    requests = [RequestFactory().get("/", REMOTE_ADDR=ip) for ip in ("192.0.2.7", "192.0.2.8")]
    words = [StaffDoor().get_client_ip(request) for request in requests]
    assert words[0] == StaffDoor().get_client_ip(requests[0]) != words[1]


@pytest.mark.django_db
def test_guessing_is_slowed_down(client: Client, maya: Account) -> None:
    cache.clear()
    guesses = [client.post(LOGIN, {"login": "maya", "password": str(n)}) for n in range(12)]
    assert b"Too many" in guesses[-1].content or guesses[-1].status_code == 429
