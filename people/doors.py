"""Which page somebody may stand on, and where they are led instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, Final, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from people.models import Account, YoungPerson
from people.signin import account_of, person_of

COME_BACK: Final = "/come-back"

P = ParamSpec("P")
YoungView = Callable[Concatenate[HttpRequest, YoungPerson, P], HttpResponse]
StaffView = Callable[Concatenate[HttpRequest, Account, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_young(view: YoungView[P]) -> View[P]:
    """A page of young people: whoever is nobody yet comes back first, staff find nothing here."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_of(request)
        if isinstance(person, YoungPerson):
            return view(request, person, *args, **kwargs)
        if person is None and account_of(request) is None:
            return _nobody_here(request)
        raise Http404

    return inner


def for_staff(view: StaffView[P]) -> View[P]:
    """A page of staff: first the password, then the second factor (I9), then the page."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_of(request)
        if isinstance(person, Account):
            return view(request, person, *args, **kwargs)
        if person is not None:
            raise Http404
        account = account_of(request)
        if account is None:
            return see_other(reverse("account_login"))
        return see_other(reverse(_factor_page(account)))

    return inner


def see_other(address: str) -> HttpResponseRedirect:
    """Lead on with a fresh GET, so that nothing is sent twice."""
    return HttpResponseRedirect(address, status=303)


def _nobody_here(request: HttpRequest) -> HttpResponse:
    """A bookmark leads to coming back. A page of a room says nothing at all: whoever steps back
    to it after somebody left must not learn what it was (G4)."""
    if request.path.startswith("/rooms/") and request.method in ("GET", "HEAD"):
        return render(request, "shut.html", status=HTTPStatus.NOT_FOUND)
    return see_other(COME_BACK)


def _factor_page(account: Account) -> str:
    return "mfa_reauthenticate" if is_mfa_enabled(account) else "mfa_activate_totp"
