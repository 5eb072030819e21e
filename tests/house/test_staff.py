"""The first account of a new service."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from people.models import Account


def make(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    call_command("staff", "maya", "--name", "Maya", "--role", "counsellor", *more)
    return capsys.readouterr().out


def test_the_password_is_shown_once_and_signs_in(
    db: None, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    said = make(capsys, "--checks-until", "2100-01-01")
    password = said.split("once: ")[1].split()[0]
    account = Account.objects.get(username="maya")
    assert account.check_password(password)
    assert account.password.startswith("argon2")
    answer = client.post("/staff/account/login/", {"login": "maya", "password": password})
    assert answer.status_code == 302


def test_nobody_is_made_twice(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys)
    with pytest.raises(CommandError):
        make(capsys)
    assert Account.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [["--email", "nowhere"], ["--role", "friend"], ["--checks-until", "soon"]]
)
def test_what_does_not_fit_makes_nobody(
    db: None, capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    with pytest.raises(CommandError):
        make(capsys, *wrong)
    assert not Account.objects.exists()


def test_without_checks_it_says_so(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert "can enter no room yet" in make(capsys)
