"""Signing the cast in, as their browsers would be after the door."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client

from people.models import Account, YoungPerson

ORIGIN = "http://127.0.0.1:8000"


def new_client(*, address: str = "127.0.0.1") -> Client:
    """A browser of its own, at an address that is ours, seen coming from ``address``."""
    return Client(
        SERVER_NAME="127.0.0.1", SERVER_PORT="8000", HTTP_ORIGIN=ORIGIN, REMOTE_ADDR=address
    )


def come_in(client: Client, person: YoungPerson | Account | None, *, factor: bool = True) -> Client:
    """Sign somebody in; staff without ``factor`` have typed their password only."""
    if isinstance(person, YoungPerson):
        session = client.session
        session["young"] = person.pk
        session.save()
    elif isinstance(person, Account):
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        if factor:
            use_factor(client, person)
    return client


def use_factor(client: Client, account: Account) -> Authenticator:
    """Connect an authenticator app, and use it in this session."""
    found = Authenticator.objects.filter(user=account, type="totp").first()
    device = found or TOTP.activate(account, generate_totp_secret()).instance
    session = client.session
    record = {"method": "mfa", "at": 0, "id": device.pk, "type": "totp"}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return device
