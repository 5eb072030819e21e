"""``/staff/account/…``: a password, a one-time code, the evenings; signing out ends it all."""

from __future__ import annotations

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client

from people.models import Account
from tests.evening import Evening
from tests.pages.cast import come_in, new_client
from tests.pages.conftest import Door

LOGIN = "/staff/account/login/"
ACTIVATE = "/staff/account/2fa/totp/activate/"
CONFIRM = "/staff/account/reauthenticate/"
PASSWORD = "a long enough password"


def give_password(account: Account) -> None:
    account.set_password(PASSWORD)
    account.save()


def log_in(client: Client, username: str, password: str = PASSWORD) -> HttpResponse:
    return client.post(LOGIN, {"login": username, "password": password})  # type: ignore[return-value]


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


@pytest.fixture
def ada(maya: Account) -> Account:
    give_password(maya)
    return maya


# ---------------------------------------------------------------- refusals


@pytest.mark.promise("I9")
def test_without_a_code_no_page_of_staff_opens(ada: Account) -> None:
    client = new_client()
    assert log_in(client, "maya").status_code == 302
    assert client.get("/staff/").headers["Location"] == ACTIVATE
    assert client.get("/desk/anything").headers["Location"] == ACTIVATE
    assert client.get(ACTIVATE, follow=True).status_code == 200


@pytest.mark.promise("I9")
def test_with_an_app_the_password_alone_signs_nobody_in(ada: Account) -> None:
    TOTP.activate(ada, generate_totp_secret())
    client = new_client()
    log_in(client, "maya")
    assert client.get("/staff/").headers["Location"] == LOGIN
    assert client.get("/staff/account/2fa/authenticate/").status_code == 200
    answer = client.post("/staff/account/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 200
    assert client.get("/staff/").headers["Location"] == LOGIN


@pytest.mark.parametrize(("username", "password"), [("maya", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_look_the_same(
    ada: Account, username: str, password: str
) -> None:
    answer = log_in(new_client(), username, password)
    assert answer.status_code == 200
    assert b"username and/or password you specified are not correct" in answer.content


def test_nobody_signs_up() -> None:
    answer = new_client().get("/staff/account/signup/")
    assert b"Accounts are made by the service" in answer.content
    fields = {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}
    new_client().post("/staff/account/signup/", fields)


@pytest.mark.django_db
def test_signing_up_by_force_makes_no_account() -> None:
    fields = {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}
    new_client().post("/staff/account/signup/", fields)
    assert not Account.objects.filter(username="eve").exists()


def test_an_account_that_is_switched_off_stays_out(ada: Account) -> None:
    Account.objects.update(is_active=False)
    client = new_client()
    log_in(client, "maya")
    assert client.get("/staff/").headers["Location"] == LOGIN


# ---------------------------------------------------------------- coming in


@pytest.mark.promise("I9")
@pytest.mark.django_db(transaction=True)
def test_setting_up_a_code_opens_the_evenings(ada: Account) -> None:
    """In transactions of its own: what follows a commit belongs to the sign-in."""
    client = new_client()
    log_in(client, "maya")
    client.post(CONFIRM, {"password": PASSWORD})
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    answer = client.post(ACTIVATE, {"code": code_of(secret)})
    assert answer.headers["Location"] == "/staff/account/2fa/recovery-codes/"
    codes = client.get("/staff/account/2fa/recovery-codes/")
    assert codes.content.decode().count("<li>") >= 10
    assert client.get("/staff/").status_code == 200


@pytest.mark.promise("I9", "W4")
def test_password_and_code_sign_in(ada: Account) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    client = new_client()
    before = client.session.session_key
    log_in(client, "maya")
    answer = client.post("/staff/account/2fa/authenticate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200
    assert client.session.session_key != before


def test_a_code_works_once(ada: Account) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    with time_machine.travel(1_800_000_000, tick=False):
        for expected in (200, 303):
            client = new_client()
            log_in(client, "maya")
            client.post("/staff/account/2fa/authenticate/", {"code": code_of(secret)})
            assert client.get("/staff/").status_code == expected


def test_staff_sign_in_ends_a_young_session_in_the_same_browser(
    door: Door, evening: Evening
) -> None:
    client = door("Robin")
    come_in(client, evening.people["Maya"])
    assert "young" not in client.session
    assert client.get("/staff/").status_code == 200


# ---------------------------------------------------------------- going


@pytest.mark.promise("W4", "H4")
def test_signing_out_leaves_every_room(door: Door, evening: Evening) -> None:
    client = door("Maya")
    assert evening.member("Maya").inside
    client.post("/staff/account/logout/")
    member = evening.member("Maya")
    assert (member.inside, member.how) == (False, "signed_out")
    assert client.get("/staff/").headers["Location"] == LOGIN


def test_looking_at_the_sign_out_page_signs_nobody_out(door: Door, evening: Evening) -> None:
    client = door("Maya")
    assert client.get("/staff/account/logout/").status_code == 200
    assert evening.member("Maya").inside
    assert client.get("/staff/").status_code == 200


@pytest.mark.promise("I9")
def test_disconnecting_the_app_shuts_the_rooms_at_once(door: Door, evening: Evening) -> None:
    client = door("Maya")
    Authenticator.objects.filter(user=evening.people["Maya"].pk).delete()
    assert client.get(f"/desk/{evening.room.pk}").headers["Location"] == ACTIVATE


@pytest.mark.parametrize(
    "path",
    [
        LOGIN,
        "logout/",
        "2fa/",
        "2fa/totp/deactivate/",
        "2fa/recovery-codes/generate/",
        "password/change/",
    ],
)
def test_the_pages_have_our_look(door: Door, path: str) -> None:
    answer = door("Maya").get(path if path == LOGIN else f"/staff/account/{path}", follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Notes</title>" in page
    assert 'class="bar"' in page
