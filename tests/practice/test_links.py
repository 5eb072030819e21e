"""The made-up world, its stages, and the links that lead into it."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from chat.models import Alert, Member, Message, Room
from config.demo import prepare
from config.demo.world import COHORT, STALE, TONIGHT, make_world
from courses.models import Session
from people.models import Account, YoungPerson
from people.signin import person_of_cookies

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8123"
HERE = {"Host": "127.0.0.1:8123"}


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "example.org"]
    return tmp_path


def sheet(folder: Path) -> dict[str, Any]:
    prepare(BASE)
    found: dict[str, Any] = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    return found


def link_of(folder: Path, nickname: str) -> str:
    people = sheet(folder)["people"]
    return urlsplit(next(it["sign_in_url"] for it in people if it["nickname"] == nickname)).path


def tonight() -> Room:
    return Room.objects.get(session__cohort__name=COHORT, session__number=TONIGHT)


def person_in(client: Client) -> YoungPerson | Account | None:
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return person_of_cookies(cookies)[0]


def test_the_sheet_says_all_that_a_newcomer_needs(folder: Path) -> None:
    made = sheet(folder)
    room = tonight()
    people = made.pop("people")
    assert made == {
        "base_url": BASE,
        "room": {
            "id": room.pk,
            "url": f"{BASE}/rooms/{room.pk}",
            "ws_url": f"ws://127.0.0.1:8123/ws/rooms/{room.pk}",
        },
        "desk_url": f"{BASE}/desk/{room.pk}",
    }
    assert len(people) == 14
    seats = {it["seat"] for it in people if it["role"] == "young"}
    assert seats == set(Member.objects.filter(room=room).values_list("handle", flat=True))
    assert {it["seat"] for it in people if it["role"] != "young"} == {None}
    assert len({it["sign_in_url"] for it in people}) == len(people)


def test_only_its_owner_may_read_the_sheet(folder: Path) -> None:
    sheet(folder)
    assert (folder / "demo.json").stat().st_mode & 0o777 == 0o600


def test_a_second_start_keeps_everything(folder: Path) -> None:
    assert sheet(folder) == sheet(folder)


@pytest.mark.parametrize("state", [Room.State.CLOSED, Room.State.OPEN])
def test_a_stale_evening_gives_way_and_is_kept(folder: Path, state: Room.State) -> None:
    first = make_world(timezone.now())
    Room.objects.filter(pk=first.room.pk).update(state=state)
    later = timezone.now() + (timedelta() if state == Room.State.CLOSED else STALE)
    second = make_world(later)
    assert second.room.pk != first.room.pk
    assert second.seats == first.seats
    assert Room.objects.get(pk=first.room.pk).state == Room.State.CLOSED
    assert Session.objects.filter(cohort=second.seats[0].cohort).count() == 7


@pytest.mark.parametrize(
    ("nickname", "leads_to"),
    [
        ("otter", "/rooms/{room}/lobby"),
        ("Maya", "/desk/{room}"),
        ("Jo", "/desk/{room}"),
        ("Noor", "/staff/"),
        ("Ines", "/staff/"),
    ],
)
def test_a_link_signs_in_and_leads_on(folder: Path, nickname: str, leads_to: str) -> None:
    client = Client()
    answer = client.get(link_of(folder, nickname), headers=HERE)
    assert answer.status_code == 303
    assert answer.headers["Location"] == leads_to.format(room=tonight().pk)
    person = person_in(client)
    assert person is not None
    name = person.name if isinstance(person, Account) else person.seats.get().nickname
    assert name == nickname


def test_a_wrong_link_is_no_page(folder: Path) -> None:
    sheet(folder)
    assert Client().get(f"/demo/{'0' * 40}", headers=HERE).status_code == 404


def test_a_link_works_on_this_machine_only(folder: Path) -> None:
    link = link_of(folder, "otter")
    assert Client().get(link, headers={"Host": "example.org"}).status_code == 404


def test_a_link_works_on_demo_data_only(folder: Path, settings: Settings) -> None:
    link = link_of(folder, "otter")
    settings.DEMO = False
    assert Client().get(link, headers=HERE).status_code == 404


def test_looking_at_a_link_without_opening_it_signs_nobody_in(folder: Path) -> None:
    client = Client()
    assert client.head(link_of(folder, "otter"), headers=HERE).status_code == 405
    assert person_in(client) is None


def test_the_stage_with_words_waiting(folder: Path) -> None:
    call_command("seed", stage="held", stdout=StringIO())
    held = Message.objects.filter(room=tonight(), state=Message.State.HELD)
    assert held.count() >= 5
    assert Alert.objects.filter(room=tonight(), taken_by=None).count() == 1


def test_the_stage_when_it_is_over(folder: Path) -> None:
    out = StringIO()
    call_command("seed", stage="ended", stdout=out)
    assert tonight().state == Room.State.CLOSED
    assert not Message.objects.filter(room=tonight(), state=Message.State.HELD).exists()
    assert not Alert.objects.filter(taken_by=None).exists()
    assert len(out.getvalue().splitlines()) == 14


def test_a_real_service_is_never_seeded(folder: Path, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("seed")
    assert not Account.objects.exists()
