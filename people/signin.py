"""Who is asking: young people by key phrase, staff by password and a second factor.

Sessions are the only thing a browser holds. Nothing here logs a phrase, an address or a name.
"""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from allauth.mfa.models import Authenticator
from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare

from people.models import Account, YoungPerson
from people.phrases import Phrase, new_phrase

Person = YoungPerson | Account

YOUNG_KEY: Final = "young"
DEMO_KEY: Final = "demo"
LEFT_MARK: Final = "left"  # a cookie that the page sets itself as somebody leaves
FACTOR_METHODS_KEY: Final = "account_authentication_methods"
FACTOR_USER_KEY: Final = "account_authentication_methods_user"
MOST_HASHES: Final = 2
HASH_WAIT_SECONDS: Final = 3.0

_hasher = PasswordHasher(
    time_cost=3,
    memory_cost=32 * 1024,
    parallelism=1,
    hash_len=32,
    salt_len=16,
    type=Type.ID,
)
_hashing = threading.BoundedSemaphore(MOST_HASHES)


class TooBusy(Exception):
    """Two hashes are being computed and more are waiting: the caller asks to try again."""


def _nobody() -> str:
    """A hash that no words have, with the same costs, so that it takes as long to refuse (I3)."""
    salt, digest = (
        base64.b64encode(os.urandom(size)).decode().rstrip("=")
        for size in (_hasher.salt_len, _hasher.hash_len)
    )
    costs = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"


NOBODY: Final = _nobody()


# ---------------------------------------------------------------- the key phrase


def make_young_person(phrase: Phrase | None = None) -> tuple[YoungPerson, Phrase]:
    """A new young person and the phrase to show once. Draws again while its locator is taken."""
    while True:
        drawn = phrase or new_phrase()
        proof = hash_of(drawn.secret)
        try:
            with transaction.atomic():
                return YoungPerson.objects.create(locator=drawn.locator, proof=proof), drawn
        except IntegrityError:
            if phrase is not None:
                raise


def hash_of(secret: str) -> str:
    """The Argon2id hash of six words. Raises `TooBusy`."""
    with _Turn():
        return _hasher.hash(secret)


def find_and_prove(phrase: Phrase) -> YoungPerson | None:
    """The person whose phrase this is, or None. Raises `TooBusy`.

    Always exactly one hash computation, so that the time tells nobody whether the two locator
    words are somebody's (I3).
    """
    person = YoungPerson.objects.filter(locator=phrase.locator).first()
    with _Turn():
        try:
            _hasher.verify(person.proof if person else NOBODY, phrase.secret)
        except (VerificationError, InvalidHashError):
            return None
    return person


class _Turn:
    """At most two hashes at once, so that guessing cannot fill the machine's memory."""

    def __enter__(self) -> None:
        if not _hashing.acquire(timeout=HASH_WAIT_SECONDS):
            raise TooBusy

    def __exit__(self, *exc: object) -> None:
        _hashing.release()


# ---------------------------------------------------------------- sessions


def sign_in_young(request: HttpRequest, person: YoungPerson) -> None:
    """Begin a session: whatever the browser held before is gone, and its key and token change."""
    request.session.flush()
    request.session[YOUNG_KEY] = person.id
    rotate_token(request)


def sign_out(request: HttpRequest) -> None:
    """End the session of whoever is signed in; the old key opens nothing afterwards."""
    request.session.flush()


def person_of(request: HttpRequest) -> Person | None:
    """Who is asking, or None. Staff only once a second factor was used in this session (I9)."""
    return _person_in(request.session)


def person_of_cookies(cookies: Mapping[str, str]) -> tuple[Person | None, str]:
    """The same for a socket, which has cookies only: (person, session key)."""
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    if not key or LEFT_MARK in cookies:
        return None, ""
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return _person_in(session), key


def account_of(request: HttpRequest) -> Account | None:
    """The account whose password was right, second factor or not: only to set one up."""
    return _account_in(request.session)


def _person_in(session: SessionBase) -> Person | None:
    young = session.get(YOUNG_KEY)
    if young is not None:
        return YoungPerson.objects.filter(pk=young).first()
    account = _account_in(session)
    if account is None:
        return None
    if session.get(DEMO_KEY) is True and settings.DEMO:
        return account
    return account if _second_factor_used(session, account) else None


def _account_in(session: SessionBase) -> Account | None:
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    key = session.get(SESSION_KEY)
    account = Account.objects.filter(pk=key, is_active=True).first() if key else None
    if account is None:
        return None
    # A changed password ends every session that was made with the old one.
    known = constant_time_compare(
        session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()
    )
    return account if known else None


def _second_factor_used(session: SessionBase, account: Account) -> bool:
    """allauth's own record of how this session signed in, read where it keeps it.

    A factor that was disconnected since counts no more.
    """
    records: Any = session.get(FACTOR_METHODS_KEY)
    if session.get(FACTOR_USER_KEY) != str(account.pk) or not isinstance(records, list):
        return False
    used = [it.get("id") for it in records if isinstance(it, dict) and it.get("method") == "mfa"]
    return bool(used) and Authenticator.objects.filter(pk__in=used, user=account.pk).exists()
