"""The first page that anybody sees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.landing import evenings
from people.models import Account
from people.signin import person_of


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, for somebody who comes alone and late."""
    person = person_of(request)
    here = "" if person is None else ("staff" if isinstance(person, Account) else "young")
    return render(request, "landing.html", {"facts": evenings(timezone.now()), "here": here})
