"""Plain HTTP as the way round when a network blocks sockets: the same table, the same answers."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from chat import log, offload, policy, protocol
from chat.access import Access, NotHere, room_for
from chat.actions import members, presence
from chat.live import hub
from chat.models import Member
from chat.protocol import DESK, ROOM, SEAT_PREFIX
from chat.refusals import SAY, Refused
from chat.snapshot import rendered, snapshot
from people.signin import person_of

POLL_SECONDS = 25.0
ADULT_POLL_SECONDS = 10.0
MOST_ENTRIES = 200
STATUS = {
    "not_json": 400,
    "unknown_kind": 400,
    "bad_field": 400,
    "empty": 400,
    "too_long": 413,
    "too_fast": 429,
    "signed_out": 401,
    "not_allowed": 403,
    "missing": 404,
    "left": 410,
    "unavailable": 503,
}


@csrf_exempt  # guarded by exact origins, as the socket is
@require_POST
async def messages(request: HttpRequest, room_id: str) -> HttpResponse:
    """Write one message: the fields of `protocol.Send` without ``t``."""
    return await _act(request, room_id, protocol.Send)


@csrf_exempt  # guarded by exact origins, as the socket is
@require_POST
async def frames(request: HttpRequest, room_id: str) -> HttpResponse:
    """Any other act: a client frame with its ``t``."""
    return await _act(request, room_id, protocol.AnyClientFrame)


@require_GET
async def entries(request: HttpRequest, room_id: str) -> HttpResponse:
    """What is new beyond the given places, or a snapshot; waits up to 25 s (10 s for staff).

    Query: ``epoch``, and a place for each stream followed (``room``, ``desk``, ``seat:<handle>``;
    ``seat`` for one's own). Without an epoch it is the first poll: it brings the person in.
    """
    try:
        access = await offload.read(_access, request, room_id)
        return _json({"frames": await _poll(request, access)})
    except Refused as refused:
        return _refusal(refused)
    except NotHere:
        return _missing()
    except SignedOut:
        return _signed_out()
    except DatabaseError:
        return _refusal(Refused("unavailable"))


class SignedOut(Exception):
    """Nobody is signed in."""


async def _act(request: HttpRequest, room_id: str, kind: object) -> HttpResponse:
    cid = ""
    try:
        frame = _parse(request, kind)
        cid = frame.cid
        access = await offload.read(_access, request, room_id)
        answer = await offload.write(policy.carry_out, access, frame, timezone.now())
        return HttpResponse(protocol.encode(answer), content_type="application/json")
    except Refused as refused:
        return _refusal(refused, cid)
    except NotHere:
        return _missing(cid)
    except SignedOut:
        return _signed_out(cid)
    except DatabaseError:
        return _refusal(Refused("unavailable"), cid)


def _parse(request: HttpRequest, kind: object) -> protocol.Act:
    if len(request.body) > protocol.MAX_FRAME_BYTES:
        raise Refused("too_long")
    try:
        if kind is protocol.Send:
            fields = msgspec.json.decode(request.body, type=dict[str, msgspec.Raw])
            fields["t"] = msgspec.Raw(b'"send"')
            frame = protocol.parse(msgspec.json.encode(fields))
        else:
            frame = protocol.parse(request.body)
    except msgspec.ValidationError as fault:
        raise Refused(protocol.code_of(fault)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("not_json") from None
    if not isinstance(frame, protocol.Act):
        raise Refused("unknown_kind")
    return frame


def _access(request: HttpRequest, room_id: str) -> Access:
    person = person_of(request)
    if person is None:
        raise SignedOut
    return room_for(person, room_id, timezone.now())


async def _poll(request: HttpRequest, access: Access) -> list[msgspec.Raw]:
    epoch = request.GET.get("epoch", "")
    member = await offload.write(members.enter, access, timezone.now(), again=epoch == "")
    await _hear(member)
    have = await _places(request, member)
    if epoch != access.room.epoch or have is None:
        shot = await offload.read(snapshot, access, timezone.now())
        return [msgspec.Raw(protocol.encode(shot))]
    await _wait(access.room.pk, member, have)
    return await offload.read(_news, access, member.stay, have)


async def _places(request: HttpRequest, member: Member) -> dict[str, int] | None:
    names = await offload.read(log.streams_for, member)
    given = {key: str(request.GET[key]) for key in request.GET if request.GET[key] != ""}
    given.pop("epoch", None)
    if "seat" in given:
        given[log.seat_stream(member)] = given.pop("seat")
    if any(not value.isdecimal() or len(value) > 9 for value in given.values()):
        raise Refused("bad_field")
    if any(name not in (ROOM, DESK) and not name.startswith(SEAT_PREFIX) for name in given):
        raise Refused("bad_field")
    have = {name: int(given.get(name, 0)) for name in names}
    tops = await offload.read(log.tops_of, member.room_id)
    if not given or any(seq > tops.get(name, 0) for name, seq in have.items()):
        return None
    return have


async def _wait(room_id: str, member: Member, have: dict[str, int]) -> None:
    """Wait for news. An adult's poll ends early: only the next one proves that they are there.

    A poll of a laptop that lost its network is never seen to end; to count it as presence for as
    long as it waits would keep a room open that has nobody in it (M1, H5).
    """
    tail = await hub.tail_of(room_id)
    await tail.wait_beyond(have, ADULT_POLL_SECONDS if member.account_id else POLL_SECONDS)


async def _hear(member: Member) -> None:
    if member.account_id is not None:
        now = timezone.now()
        await offload.write(presence.hear, member.room_id, member.account_id, now)


def _news(access: Access, stay: int, have: dict[str, int]) -> list[msgspec.Raw]:
    """Entries beyond ``have``, as frames. The stay is checked in the query's own moment (H4)."""
    fresh = room_for(access.person, access.room.pk, timezone.now())
    rows = log.entries_since(access.room.pk, have, MOST_ENTRIES)
    member = log.find_member(fresh)
    if member is None or not member.inside or member.stay != stay:
        raise Refused("left")
    made = []
    for name in have:
        own = [row for row in rows if row.stream.name == name]
        if own:
            encoded = [protocol.encode(entry) for entry in rendered(name, own)]
            made.append(msgspec.Raw(protocol.entries_frame(name, encoded)))
    return made


def _json(body: object, status: int = 200) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(body), status=status, content_type="application/json")


def _refusal(refused: Refused, cid: str = "") -> HttpResponse:
    status = STATUS.get(refused.code, HTTPStatus.CONFLICT)
    frame = protocol.Err(refused.code, refused.say, cid, refused.care)
    return HttpResponse(protocol.encode(frame), status=status, content_type="application/json")


def _missing(cid: str = "") -> HttpResponse:
    frame = protocol.Err("missing", str(SAY["missing"]), cid)
    return HttpResponse(protocol.encode(frame), status=404, content_type="application/json")


def _signed_out(cid: str = "") -> HttpResponse:
    frame = protocol.Err("signed_out", str(SAY["signed_out"]), cid)
    return HttpResponse(protocol.encode(frame), status=401, content_type="application/json")


urlpatterns = [
    path("api/rooms/<str:room_id>/messages", messages),
    path("api/rooms/<str:room_id>/frames", frames),
    path("api/rooms/<str:room_id>/entries", entries),
]
