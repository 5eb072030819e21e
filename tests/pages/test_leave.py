"""``/leave``: out of every room, signed out, and away, whatever else does not work."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from chat.models import Member
from people.models import YoungPerson
from people.signin import person_of_cookies
from tests.evening import Evening
from tests.pages.cast import come_in, new_client
from tests.pages.conftest import Door


def is_away(answer: object) -> bool:
    headers = answer.headers  # type: ignore[attr-defined]
    return (
        answer.status_code == 303  # type: ignore[attr-defined]
        and headers["Location"] == settings.EXIT_ADDRESS
        and headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        and headers["Referrer-Policy"] == "no-referrer"
    )


@pytest.mark.promise("W1")
def test_no_other_site_can_put_somebody_out(door: Door, evening: Evening) -> None:
    client = door("Robin")
    client.defaults["HTTP_ORIGIN"] = "http://evil.example"
    assert client.post("/leave").status_code == 403
    assert evening.member("Robin").inside


@pytest.mark.parametrize(
    "who", [None, "half", "Stranger", "Robin", "Maya", "Jo", "Noor", "Ines", "Olu"]
)
def test_everybody_can_leave(door: Door, who: str | None) -> None:
    client = door(who)
    assert is_away(client.post("/leave"))
    assert client.get("/evening").status_code == 303
    assert client.get("/evening").headers["Location"] == "/come-back"


@pytest.mark.promise("G4", "W4")
def test_the_session_is_over_on_the_server_too(door: Door) -> None:
    client = door("Robin")
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/leave")
    again = new_client()
    again.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert again.get("/evening").headers["Location"] == "/come-back"


@pytest.mark.promise("H4")
def test_staff_see_left_by_exit_and_the_others_see_left(door: Door, evening: Evening) -> None:
    door("Robin").post("/leave")
    member = Member.objects.get(seat__nickname="Robin")
    assert (member.inside, member.how) == (False, "exit")
    assert "exit" in str(evening.stream("desk"))
    assert "exit" not in str(evening.stream("room"))


def test_whoever_left_can_come_back(door: Door, evening: Evening) -> None:
    door("Robin").post("/leave")
    assert door("Robin").get(f"/rooms/{evening.room.pk}/lobby").status_code == 200


@pytest.mark.promise("G4")
def test_it_works_without_a_token_and_without_a_script(evening: Evening) -> None:
    """A page that was open all night has a stale token, and its reader has no time for that."""
    client = Client(
        SERVER_NAME="127.0.0.1",
        SERVER_PORT="8000",
        HTTP_ORIGIN="http://127.0.0.1:8000",
        enforce_csrf_checks=True,
    )
    come_in(client, evening.people["Robin"])
    assert is_away(client.post("/leave"))
    assert not evening.member("Robin").inside


@pytest.mark.promise("G4")
def test_it_works_while_the_database_does_not(robin: YoungPerson) -> None:
    client = come_in(new_client(), robin)
    with connection.execute_wrapper(_broken):
        answer = client.post("/leave")
    assert is_away(answer)
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""


def _broken(*_asked: object) -> None:
    raise OperationalError("disk I/O error")


@pytest.mark.parametrize("who", [None, "Robin", "Maya"])
def test_the_page_has_one_button(door: Door, who: str | None) -> None:
    page = door(who).get("/leave").content.decode()
    assert page.count("button-main") == 1
    assert page.count('action="/leave"') == 2


@pytest.mark.parametrize("path", ["/", "/help", "/come-back", "/leave", "/nothing", "/evening"])
def test_it_stands_on_every_page_and_needs_no_script(door: Door, path: str) -> None:
    page = door("Stranger").get(path, follow=True).content.decode()
    bar = page[page.index('<header class="bar">') : page.index("</header>")]
    assert bar.index('href="/help"') < bar.index('action="/leave"')
    assert 'data-exit="/leave"' in bar
    assert f'data-exit-to="{settings.EXIT_ADDRESS}"' in bar


@pytest.mark.promise("G4", "W4")
def test_an_exit_without_signal_is_finished_by_the_next_request(
    door: Door, evening: Evening
) -> None:
    """Whoever has the phone next finds nobody signed in, and no mark is left after that."""
    client = door("Robin")
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.cookies["left"] = "1"
    answer = client.get("/evening")
    assert answer.headers["Location"] == "/come-back"
    assert answer.cookies["left"].value == ""
    assert (evening.member("Robin").inside, evening.member("Robin").how) == (False, "exit")
    again = new_client()
    again.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert again.get("/evening").headers["Location"] == "/come-back"


@pytest.mark.promise("G4")
def test_no_socket_opens_after_an_exit_without_signal(door: Door) -> None:
    cookies = {settings.SESSION_COOKIE_NAME: door("Robin").cookies["session"].value}
    assert person_of_cookies(cookies)[0] is not None
    assert person_of_cookies(cookies | {"left": "1"})[0] is None


@pytest.mark.promise("G3", "G4")
def test_such_an_exit_waits_for_the_database_and_help_does_not(robin: YoungPerson) -> None:
    client = come_in(new_client(), robin)
    client.cookies["left"] = "1"
    with connection.execute_wrapper(_broken):
        assert client.get("/help").status_code == 200
        answer = client.get("/leave")
    assert "left" not in answer.cookies
    assert client.get("/evening").headers["Location"] == "/come-back"
