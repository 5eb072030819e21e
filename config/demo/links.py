"""Ways into the demo: one link a person, which signs in and leads on to a clean address at once."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from chat.models import Member, Room
from config.demo import company
from config.demo.world import COHORT, SEATS, STAFF, TONIGHT, World, make_world
from people.models import Account, Role, YoungPerson
from people.signin import DEMO_KEY, sign_in_young

Person = YoungPerson | Account

FILE: Final = "demo.json"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
DESK_ROLES: Final = (Role.VOLUNTEER, Role.COUNSELLOR)


def prepare(base_url: str) -> list[str]:
    """Make or refresh the demo and write demo.json; the lines to print, one link each."""
    world = make_world(timezone.now())
    sheet = _sheet(world, base_url.rstrip("/"))
    _write(
        Path(settings.DATA_DIR) / FILE,
        json.dumps(sheet, indent=2, ensure_ascii=False) + "\n",
    )
    return [f"{it['role']:<12} {it['nickname']:<12} {it['sign_in_url']}" for it in sheet["people"]]


@require_GET
@never_cache
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in whoever this link is for. On any other data or host there is no such page."""
    if not settings.DEMO or _host_of(request) not in LOOPBACK:
        raise Http404
    person = _whose(token)
    if person is None:
        raise Http404
    if isinstance(person, YoungPerson):
        sign_in_young(request, person)
    else:
        request.session.flush()
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session[DEMO_KEY] = True
    company.somebody_came(person)
    return HttpResponseRedirect(_clean_address(person), status=303)


def token_of(person: Person) -> str:
    """The secret part of a person's link: random to whoever lacks this data folder's key."""
    return salted_hmac("waymark.demo", _key_of(person), algorithm="sha256").hexdigest()[:40]


def _key_of(person: Person) -> str:
    kind = "young" if isinstance(person, YoungPerson) else "staff"
    return f"{kind}:{person.pk}"


def _cast() -> list[Person]:
    """Everybody who has a link: the seats and the staff of the made-up world, nobody else."""
    young = YoungPerson.objects.filter(
        seats__cohort__name=COHORT,
        seats__ended_at=None,
        seats__nickname__in=[who[0] for who in SEATS],
    )
    staff = Account.objects.filter(username__in=[who[0] for who in STAFF], is_active=True)
    return [*young, *staff]


def _whose(token: str) -> Person | None:
    found = None
    for person in _cast():
        if constant_time_compare(token, token_of(person)):
            found = person
    return found


def _host_of(request: HttpRequest) -> str:
    host = request.get_host()
    return host[1 : host.index("]")] if host.startswith("[") else host.partition(":")[0]


def _clean_address(person: Person) -> str:
    room = Room.objects.get(session__cohort__name=COHORT, session__number=TONIGHT)
    if isinstance(person, YoungPerson):
        return f"/rooms/{room.pk}/lobby"
    return f"/desk/{room.pk}" if person.role in DESK_ROLES else "/staff/"


def _sheet(world: World, base: str) -> dict[str, Any]:
    room = world.room
    handles = dict(Member.objects.filter(room=room).values_list("seat_id", "handle"))
    people = [
        {
            "role": "young",
            "nickname": seat.nickname,
            "seat": handles[seat.pk],
            "sign_in_url": f"{base}/demo/{token_of(seat.person)}",
        }
        for seat in world.seats
    ] + [
        {
            "role": str(account.role),
            "nickname": account.name,
            "seat": None,
            "sign_in_url": f"{base}/demo/{token_of(account)}",
        }
        for account in world.staff
    ]
    return {
        "base_url": base,
        "room": {
            "id": room.pk,
            "url": f"{base}/rooms/{room.pk}",
            "ws_url": f"ws{base.removeprefix('http')}/ws/rooms/{room.pk}",
        },
        "desk_url": f"{base}/desk/{room.pk}",
        "people": people,
    }


def _write(path: Path, text: str) -> None:
    """Only its owner may read the file, from its first byte on: every link signs somebody in."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
