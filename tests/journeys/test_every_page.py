"""Every page: axe, no sideways scrolling, big text, keyboard, nothing said in title or address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import LAPTOP, PHONE, House, Screen
from tests.server import Server

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def quiet(shared: Server) -> Server:
    """Nothing is changed here, so one server does for all."""
    return shared


TOPIC = ("waymark", "harm", "suicid", "crisis", "course", "counsel", "young", "room")
SMALL = {"width": 320, "height": 640}
OPEN_TO_ALL = ("/", "/help", "/come-back", "/staff/account/login/", "/nothing-here")


def addresses(house: House, name: str | None) -> list[str]:
    room = house.server.demo["room"]["id"]
    if name is None:
        return list(OPEN_TO_ALL)
    if name in ("Maya", "Noor", "Ines"):
        return ["/staff/", *([f"/desk/{room}"] if name != "Noor" else [])]
    return [f"/rooms/{room}/lobby", f"/rooms/{room}", "/help"]


@pytest.mark.promise("W6", "I5")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("name", [None, "juniper", "Maya", "Noor"])
def test_a_page_is_clean(house: House, name: str | None, size: dict[str, int], scheme: str) -> None:
    screen = house.screen(name, size, color_scheme=scheme, reduced_motion="reduce")
    for path in addresses(house, name):
        page = screen.go(path)
        settle(page)
        quiet_404(screen, path)
        screen.is_clean()
        title = page.title().casefold()
        assert [word for word in TOPIC if word in title] == []


@pytest.mark.promise("W6")
@pytest.mark.parametrize("name", [None, "juniper", "Maya"])
def test_a_page_at_320_pixels_and_twice_the_text(house: House, name: str | None) -> None:
    screen = house.screen(name, SMALL)
    for path in addresses(house, name):
        page = screen.go(path)
        settle(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, f"{path} scrolls sideways"
        for label in ("Help now", "Leave"):
            found = page.get_by_text(label, exact=True).first
            expect(found).to_be_in_viewport()


@pytest.mark.promise("W6")
@pytest.mark.parametrize("name", [None, "juniper", "Maya"])
def test_what_can_be_touched_is_big_enough(house: House, name: str | None) -> None:
    screen = house.screen(name)
    for path in addresses(house, name):
        page = screen.go(path)
        settle(page)
        assert small_targets(page) == [], path


def small_targets(page: Page) -> list[object]:
    """Buttons and links that stand alone and are lower than 44 px."""
    found: list[object] = page.evaluate(
        """() => [...document.querySelectorAll('button, a, select, textarea')]
          .filter((one) => one.checkVisibility() && !one.closest('p, li p, .visually-hidden'))
          .map((one) => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect().height])
          .filter(([, height]) => height > 1 && height < 43.9)"""
    )
    return found


@pytest.mark.promise("I5")
def test_a_whole_visit_is_one_entry_of_the_history(house: House) -> None:
    screen = house.screen("lowtide")
    page = screen.page
    before = page.evaluate("history.length")
    page.get_by_role("button", name="Go in").or_(page.get_by_role("link", name="Go in")).first.tap()
    page.wait_for_url("**/rooms/*")
    settle(page)
    assert page.evaluate("history.length") == before


@pytest.mark.promise("G3")
def test_help_without_script(house: House) -> None:
    screen = house.screen(None, PHONE, java_script_enabled=False)
    page = screen.go("/help")
    expect(page.get_by_text("999").first).to_be_visible()


def settle(page: Page) -> None:
    expect(page.get_by_role("heading", level=1).first).to_be_attached()
    page.wait_for_function("document.fonts.status === 'loaded'")


def quiet_404(screen: Screen, path: str) -> None:
    """A missing page is meant to be missing."""
    if path == "/nothing-here":
        screen.complaints.clear()
