"""``/help``: open to everybody, whatever is down."""

from __future__ import annotations

from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from pytest_django import DjangoDbBlocker

from people.help import OURS, read
from tests.pages.cast import new_client
from tests.pages.conftest import Door
from tests.server import Server

EVERYBODY = [None, "half", "Robin", "Stranger", "Maya", "Noor", "Ines", "Olu"]


@pytest.mark.promise("G3")
@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_sees_it_without_a_question_to_the_database(
    door: Door, who: str | None, django_db_blocker: DjangoDbBlocker
) -> None:
    client = door(who)
    with django_db_blocker.block():
        answer = client.get("/help")
    assert answer.status_code == 200
    assert answer.content.count(b"tel:999") == 1


@pytest.mark.promise("G3")
def test_it_starts_no_session_and_sets_no_cookie() -> None:
    assert dict(new_client().get("/help").cookies) == {}


@pytest.mark.promise("G3")
def test_the_number_to_call_in_danger_comes_first() -> None:
    page = new_client().get("/help").content.decode()
    found = read(OURS)
    ways = [found.emergency.ways[0].link, *(place.ways[0].link for place in found.places)]
    places = [page.index(way.replace("&", "&amp;")) for way in ways]
    assert min(places) == places[0]


@pytest.mark.promise("G3")
def test_it_needs_no_script() -> None:
    page = new_client().get("/help").content.decode()
    assert page.count('<a class="button') >= len(read(OURS).places)
    assert "<noscript" not in page


@pytest.mark.promise("I5")
def test_no_link_leads_away() -> None:
    page = new_client().get("/help").content.decode()
    hrefs = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert {href.partition(":")[0] for href in hrefs if not href.startswith("/")} == {
        "#content", "tel", "sms", "data"
    }  # fmt: skip


@pytest.mark.promise("G3")
@pytest.mark.slow
def test_the_running_program_answers_while_its_database_is_gone(tmp_path: Path) -> None:
    """With somebody's session in the browser, and the files of the database taken away."""
    server = Server(tmp_path / "data", "--demo")
    server.start()
    try:
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        browser.open(server.link("juniper")).close()
        assert _status(browser, f"{server.base_url}/evening") == 200
        for file in server.folder.glob("*.sqlite3*"):
            file.unlink()
        assert _status(browser, f"{server.base_url}/evening") in (500, 503)
        assert _status(browser, f"{server.base_url}/help") == 200
    finally:
        server.stop()


def _status(browser: OpenerDirector, address: str) -> int:
    try:
        with browser.open(address) as answer:
            return int(answer.status)
    except HTTPError as refusal:
        with refusal:
            return refusal.code
