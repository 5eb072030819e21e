"""Going away: out of every room and signed out, whatever does not work on the way (Y8, G4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse

from chat.actions import members
from people.signin import LEFT_MARK, person_of, sign_out

WITHOUT_DATABASE: Final = frozenset(["/help", "/livez"])


def go(request: HttpRequest) -> bool:
    """Put whoever asks out of every room and sign them out; whether all of it could be done."""
    done = True
    try:
        person = person_of(request)
        if person is not None:
            members.leave_everywhere(person, how="exit")
    except DatabaseError:
        done = False  # an exit that waits for the database is no exit
    try:
        sign_out(request)
    except DatabaseError:
        done = False
        request.session = type(request.session)()
    return done


class FinishLeaving:
    """Finish an exit that a phone without signal could only begin.

    Its page went blank, but its cookie stayed, and whoever had the phone next was still let in.
    So the page leaves a mark as it goes, and the next request that bears it ends the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, as nobody's if it bears the mark."""
        marked = LEFT_MARK in request.COOKIES and request.path not in WITHOUT_DATABASE
        done = go(request) if marked else False
        response = self.get_response(request)
        if done:
            response.delete_cookie(LEFT_MARK)
        return response
