"""Coming back with the key phrase."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people import phrases, signin
from people.doors import see_other
from people.models import YoungPerson
from people.pace import pace

EVENING: Final = "/evening"
BUSY_SECONDS: Final = 5


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """Eight words open the door again."""
    if request.method == "POST":
        return _try(request, request.POST.get("words", ""))
    if isinstance(signin.person_of(request), YoungPerson):
        return see_other(EVENING)
    return _ask(request, 200)


def _try(request: HttpRequest, typed: str) -> HttpResponse:
    words = phrases.words_in(typed)
    phrase = phrases.phrase_of(words)
    if phrase is None:
        slip = {"count": len(words), "unknown": phrases.unknown_words(words)[:8]}
        return _ask(request, 422, typed=typed, slip=slip)
    address = request.META.get("REMOTE_ADDR", "")
    if wait := pace.take(address):
        return _ask(request, 429, typed=typed, wait=wait)
    try:
        person = signin.find_and_prove(phrase)
    except signin.TooBusy:
        pace.give_back(address)
        return _ask(request, 503, typed=typed, wait=BUSY_SECONDS)
    if person is None:
        return _ask(request, 422, typed=typed, wrong=True)
    pace.give_back(address)
    signin.sign_in_young(request, person)
    return see_other(EVENING)


def _ask(request: HttpRequest, status: int, **more: object) -> HttpResponse:
    response = render(request, "come_back.html", more, status=status)
    if "wait" in more:
        response.headers["Retry-After"] = str(more["wait"])
    return response
