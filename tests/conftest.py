"""What every test can ask for: the cast by name, a browser of Django's, the running program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.server import Server

if TYPE_CHECKING:
    from django.test import Client

    from people.models import Account, YoungPerson

HOST = "127.0.0.1:8000"


@pytest.fixture
def client() -> Client:
    """Django's test client at an address that is ours, sending the origin that browsers send."""
    from django.test import Client

    return Client(HTTP_HOST=HOST, HTTP_ORIGIN=f"http://{HOST}")


# ---------------------------------------------------------------- the cast


@pytest.fixture
def robin(db: None) -> YoungPerson:
    """A young person."""
    return _young("Robin")


@pytest.fixture
def sky(db: None) -> YoungPerson:
    """A young person."""
    return _young("Sky")


@pytest.fixture
def ash(db: None) -> YoungPerson:
    """A young person."""
    return _young("Ash")


@pytest.fixture
def maya(db: None) -> Account:
    """A counsellor."""
    return _staff("Maya", "counsellor")


@pytest.fixture
def jo(db: None) -> Account:
    """A volunteer."""
    return _staff("Jo", "volunteer")


@pytest.fixture
def noor(db: None) -> Account:
    """A coordinator."""
    return _staff("Noor", "coordinator")


@pytest.fixture
def ines(db: None) -> Account:
    """The safeguarding lead."""
    return _staff("Ines", "lead")


def _young(name: str) -> YoungPerson:
    from people.models import YoungPerson

    return YoungPerson.objects.create(locator=f"{name.lower()} lantern", proof="-")


def _staff(name: str, role: str) -> Account:
    from people.models import Account

    return Account.objects.create_user(
        name.lower(), name=name, role=role, checks_until=date(2100, 1, 1)
    )


# ---------------------------------------------------------------- the real thing


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The program with its demo, for the tests of one module."""
    running = Server(tmp_path_factory.mktemp("served") / "data", "--demo")
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real Chromium, driven by Playwright; contexts and pages are made by the tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


def chromium_path() -> Path:
    """Where Chromium is. Fails the test when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    pytest.fail("There is no Chromium on PATH.")
