"""Pages around the live room: the evening, the lobby, the shells of room and desk, the exit."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chat.access import Access, NotHere, Person, room_for
from chat.actions.arrival import arrive
from chat.evenings import evenings_of
from chat.leaving import go
from chat.lobby import MOODS, Lobby, lobby_of, next_room, next_session
from courses.actions import LONGEST_WORDS
from people import help as help_page
from people.doors import for_staff, for_young, see_other
from people.models import Account, YoungPerson
from people.signin import person_of

WIPE: Final = '"cache", "cookies", "storage"'


# ---------------------------------------------------------------- young people


@require_safe
def evening(request: HttpRequest) -> HttpResponse:
    """Lead to where somebody's evening is; or say kindly that there is none soon."""
    person = person_of(request)
    if isinstance(person, Account):
        return see_other("/staff/")
    return _young_evening(request)


@for_young
def _young_evening(request: HttpRequest, person: YoungPerson) -> HttpResponse:
    now = timezone.now()
    room = next_room(person, now)
    if room is not None:
        return see_other(f"/rooms/{room.pk}/lobby")
    return render(request, "no_evening.html", {"session": next_session(person, now)})


@require_safe
@for_young
def lobby(request: HttpRequest, person: YoungPerson, room_id: str) -> HttpResponse:
    """The agreement, who is here tonight, how one is, and one way in."""
    return _show_lobby(request, _find(person, room_id))


@require_POST
@for_young
def check_in(request: HttpRequest, person: YoungPerson, room_id: str) -> HttpResponse:
    """Keep the agreement and how somebody is, then go in. Nothing but the agreement is needed."""
    access = _find(person, room_id)
    found = lobby_of(access, timezone.now())
    if not found.may_go_in:
        return see_other(f"/rooms/{room_id}/lobby")
    mood, words = _mood(request), request.POST.get("words", "").strip()
    slip = _slip(found, "agree" in request.POST, mood, words)
    if slip:
        return _show_lobby(request, access, slip=slip, mood=mood, words=words)
    arrive(access, mood=mood, words=words, now=timezone.now())
    return see_other(f"/rooms/{room_id}")


@require_safe
def room(request: HttpRequest, room_id: str) -> HttpResponse:
    """The shell that the room's script fills. Staff have the desk instead."""
    if isinstance(person_of(request), Account):
        return see_other(f"/desk/{room_id}")
    return _young_room(request, room_id)


@for_young
def _young_room(request: HttpRequest, person: YoungPerson, room_id: str) -> HttpResponse:
    access = _find(person, room_id)
    found = lobby_of(access, timezone.now())
    if found.phase == "ahead" or not (found.agreed or found.phase == "over"):
        return see_other(f"/rooms/{room_id}/lobby")
    return render(request, "room.html", _shell(access))


def _show_lobby(
    request: HttpRequest, access: Access, slip: str = "", **typed: object
) -> HttpResponse:
    found = lobby_of(access, timezone.now())
    mood = typed.get("mood") or (found.check_in.mood if found.check_in else None)
    context = {"lobby": found, "moods": MOODS, "longest": LONGEST_WORDS}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if slip else HTTPStatus.OK
    more = {"slip": slip, "mood": mood, "words": typed.get("words", "")}
    return render(request, "lobby.html", context | more, status=status)


def _mood(request: HttpRequest) -> int | None:
    raw = request.POST.get("mood", "")
    if raw == "":
        return None
    if raw not in ("1", "2", "3", "4", "5"):
        raise BadRequest
    return int(raw)


def _slip(found: Lobby, agreed: bool, mood: int | None, words: str) -> str:
    """What stands between somebody and the room, as the template names it; empty if nothing."""
    if not (found.agreed or agreed):
        return "agree"
    if len(words) > LONGEST_WORDS:
        return "long"
    return "mood" if words and mood is None else ""


# ---------------------------------------------------------------- staff


@require_safe
@for_staff
def staff_home(request: HttpRequest, account: Account) -> HttpResponse:
    """My evenings: every room I may enter, and what waits in it."""
    now = timezone.now()
    context = {
        "evenings": evenings_of(account, now),
        "in_date": account.checks_in_date(now.date()),
        "help_unchecked": help_page.current().checked_on is None,
        "account": account,
        "moods": dict(MOODS),
    }
    return render(request, "staff/home.html", context)


@require_safe
@for_staff
def desk(request: HttpRequest, account: Account, room_id: str) -> HttpResponse:
    """The shell that the desk's script fills."""
    return render(request, "desk.html", _shell(_find(account, room_id)))


# ---------------------------------------------------------------- leaving


@csrf_exempt  # guarded by exact origins; a stale page without its token must still be able to go
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Go at once: out of every room, signed out, this browser's traces of us wiped (Y8, G4).

    Whatever does not work on the way, the answer is the other page.
    """
    if request.method != "POST":
        return render(request, "leave.html")
    go(request)
    response = see_other(settings.EXIT_ADDRESS)
    response.headers["Clear-Site-Data"] = WIPE
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response


# ---------------------------------------------------------------- both


def _find(person: Person, room_id: str) -> Access:
    try:
        return room_for(person, room_id, timezone.now())
    except NotHere:
        raise Http404 from None


def _shell(access: Access) -> dict[str, object]:
    """What the scripts read from the page (see their ``data-`` attributes)."""
    room_id = access.room.pk
    return {
        "room_id": room_id,
        "socket": f"/ws/rooms/{room_id}",
        "api": f"/api/rooms/{room_id}",
        "me_name": access.name,
        "role": access.role,
    }
