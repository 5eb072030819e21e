"""Real Chromium on a real server: people with screens of their own, checks that fit any page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.server import BASE, Server

PHONE = {"width": 360, "height": 640}
LAPTOP = {"width": 1280, "height": 800}
AXE = BASE / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

expect.set_options(timeout=15_000)


@dataclass
class Screen:
    """One person's browser: their page, what it complained of, and where it sent requests."""

    context: BrowserContext
    page: Page
    server: Server
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.server.base_url + path)
        return self.page

    def to_room(self) -> Page:
        return self.go(urlsplit(self.server.demo["room"]["url"]).path)

    def to_desk(self) -> Page:
        return self.go(urlsplit(self.server.demo["desk_url"]).path)

    def is_clean(self) -> None:
        """axe finds nothing, nothing scrolls sideways, nothing was complained of or leaked."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("rules => axe.run(document, rules)", RULES)
        wrong = [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]]
        assert wrong == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 0, "the page scrolls sideways"
        assert self.complaints == []
        assert self.elsewhere == []


def press(page: Page, key: str, effect: Locator) -> None:
    """Press a key until it shows its effect: the desk rests a moment after it has moved on."""
    for _try in range(5):
        page.keyboard.press(key)
        try:
            expect(effect).to_be_visible(timeout=3000)
        except AssertionError:
            continue
        return
    expect(effect).to_be_visible()


@dataclass
class House:
    """The server and everybody's screens."""

    server: Server
    browser: Browser
    screens: list[Screen] = field(default_factory=list)

    def screen(
        self, name: str | None = None, size: dict[str, int] = PHONE, **options: Any
    ) -> Screen:
        """A browser of somebody's own, signed in by their demo link if they have a name."""
        touch = size["width"] < 600
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            has_touch=touch,
            is_mobile=touch,
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        screen = Screen(context, context.new_page(), self.server)
        self._listen(screen)
        self.screens.append(screen)
        if name is not None:
            screen.page.goto(self.server.link(name))
        return screen

    def adults(self) -> tuple[Screen, Screen]:
        """Both facilitators at their desks, the room open."""
        maya, jo = self.screen("Maya", LAPTOP), self.screen("Jo", LAPTOP)
        for one in (maya, jo):
            one.to_desk()
        expect(maya.page.get_by_text("Adults 2 of 2")).to_be_visible()
        self.open_room(maya)
        return maya, jo

    def open_room(self, adult: Screen) -> None:
        """Open it by key if it is not open."""
        page = adult.page
        if page.get_by_text("Open", exact=True).first.is_visible():
            return
        page.keyboard.press("o")
        page.get_by_role("button", name="Open the room").click()
        expect(page.get_by_text("Open", exact=True).first).to_be_visible()

    def _listen(self, screen: Screen) -> None:
        def on_console(message: Any) -> None:
            if message.type in ("error", "warning"):
                screen.complaints.append(message.text)

        def on_request(request: Any) -> None:
            if not request.url.startswith((self.server.base_url, "data:", "blob:")):
                screen.elsewhere.append(request.url)

        screen.page.on("console", on_console)
        screen.page.on("pageerror", lambda error: screen.complaints.append(str(error)))
        screen.page.on("request", on_request)

    def close(self) -> None:
        for screen in self.screens:
            screen.context.close()
        self.screens.clear()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demo with nobody scripted, for all tests of a module that change nothing."""
    server = Server(tmp_path_factory.mktemp("journey") / "data", "--demo", "--quiet")
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Server]:
    """A demo with nobody scripted, for one test alone."""
    server = Server(tmp_path / "data", "--demo", "--quiet")
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture
def house(quiet: Server, chromium: Browser) -> Iterator[House]:
    house = House(quiet, chromium)
    yield house
    house.close()
