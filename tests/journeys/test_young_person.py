"""A young person's evening on a phone, from the link to the exit."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.evening import ALERT, HOLD
from tests.journeys.conftest import House, Screen, press

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def write(page: Page, words: str) -> None:
    box = page.get_by_role("textbox").first
    box.fill(words)
    page.get_by_role("button", name="Send", exact=True).tap()


def log(page: Page) -> object:
    return page.get_by_role("log")


@pytest.mark.promise("L3", "W6")
def test_an_evening_from_the_lobby_to_the_end(house: House) -> None:
    maya, _jo = house.adults()
    robin = house.screen("juniper")
    page = robin.page
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Maya").first).to_be_visible()
    robin.is_clean()
    page.get_by_role("radio", name=re.compile("Okay")).check(force=True)
    page.get_by_role("button", name="Go in").or_(page.get_by_role("link", name="Go in")).tap()
    expect(page.get_by_text("Open now")).to_be_visible()
    robin.is_clean()

    write(page, "hello everyone, my week was ok")
    expect(page.get_by_role("log").get_by_text("hello everyone, my week was ok")).to_be_visible()

    held = HOLD + " one"
    write(page, held)
    expect(page.get_by_text("A counsellor is reading this.").first).to_be_visible()
    robin.is_clean()
    desk = maya.page
    expect(desk.get_by_text(held).first).to_be_visible()
    press(desk, "a", desk.get_by_text("0 waiting"))
    expect(page.get_by_text("A counsellor is reading this.")).to_have_count(0)
    expect(page.get_by_role("log").get_by_text(held)).to_have_count(1)

    back = HOLD + " two"
    write(page, back)
    expect(desk.get_by_text(back).first).to_be_visible()
    desk.keyboard.press("j")
    press(desk, "s", desk.get_by_text("Send back for an edit").first)
    desk.get_by_role("textbox", name=re.compile("could juniper change")).fill(
        "without the app, please"
    )
    desk.get_by_role("button", name="Send it back").click()
    expect(page.get_by_text("without the app, please")).to_be_visible()
    robin.is_clean()
    page.get_by_role("button", name="Change it and send again").tap()
    expect(page.get_by_role("textbox").first).to_have_value(back)
    write(page, "i would love to stay in touch, but i know we can't")
    expect(page.get_by_text("without the app, please")).to_have_count(0)
    expect(page.get_by_role("log").get_by_text("love to stay in touch")).to_be_visible()


@pytest.mark.promise("H5")
def test_the_private_line_while_the_room_is_paused(house: House) -> None:
    maya, _jo = house.adults()
    robin = house.screen("lowtide")
    page = robin.to_room()
    expect(page.get_by_text("Open now")).to_be_visible()
    maya.page.keyboard.press("p")
    maya.page.get_by_role("button", name="Pause the room").click()
    expect(page.get_by_text("Taking a pause", exact=True)).to_be_visible()
    write(page, "can anybody hear me")
    page.get_by_role("button", name="Send to the counsellors only").first.tap()
    maya.page.get_by_role("button", name=re.compile("lowtide")).first.click()
    expect(maya.page.get_by_text("can anybody hear me").first).to_be_visible()
    page.get_by_role("tab", name=re.compile("Just the counsellors")).tap()
    expect(page.get_by_text("can anybody hear me")).to_be_visible()
    robin.is_clean()
    maya.page.keyboard.press("o")
    maya.page.get_by_role("button", name="Open the room").click()
    expect(page.get_by_text("Open now")).to_be_visible()


@pytest.mark.promise("L3", "L6")
def test_signal_is_lost_and_comes_back(house: House) -> None:
    house.adults()
    robin = house.screen("otter")
    page = robin.to_room()
    expect(page.get_by_text("Open now")).to_be_visible()
    port = int(house.server.base_url.rsplit(":", 1)[1])
    house.server.kill()
    expect(page.get_by_text(re.compile("Reconnecting|offline"))).to_be_visible(timeout=20_000)
    write(page, "written without signal")
    expect(page.get_by_text("That didn't send yet. We've kept it.")).to_be_visible(timeout=20_000)
    page.get_by_role("textbox").first.fill("half a thought")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    house.server.start(port)
    expect(page.get_by_text("That didn't send yet. We've kept it.")).to_have_count(
        0, timeout=30_000
    )
    expect(page.get_by_role("log").get_by_text("written without signal")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("textbox").first).to_have_value("half a thought")
    expect(page.get_by_role("log").get_by_text("written without signal")).to_have_count(1)


def test_words_of_danger_show_help_at_once(house: House) -> None:
    house.adults()
    robin = house.screen("cwtch")
    page = robin.to_room()
    write(page, ALERT)
    expect(page.get_by_text("Thank you for saying it.").first).to_be_visible()
    robin.is_clean()


@pytest.mark.promise("G4")
@pytest.mark.parametrize("offline", [False, True])
def test_exit_blanks_the_screen_and_back_shows_nothing(house: House, offline: bool) -> None:
    house.adults()
    robin = house.screen("halfmoon")
    page = robin.to_room()
    expect(page.get_by_text("Open now")).to_be_visible()
    write(page, "a line about zebras")
    page.get_by_role("textbox").first.fill("a draft about zebras")
    page.route(re.compile("^https://"), lambda route: route.fulfill(body="elsewhere"))
    if offline:
        robin.context.set_offline(True)
    shown = page.evaluate(
        """() => {
          const leave = [...document.querySelectorAll('button, a')].find(
            (one) => one.textContent.trim() === 'Leave');
          leave.click();
          return document.body?.innerText ?? '';
        }"""
    )
    assert shown.strip() == "", "the screen is blank before anything else happens"
    robin.context.set_offline(False)
    page.wait_for_function("document.body?.innerText === 'elsewhere'")
    page.evaluate("setTimeout(() => history.back())")
    page.wait_for_function("document.body?.innerText !== 'elsewhere'")
    page.wait_for_load_state()
    assert "zebras" not in page.content()
    assert "Week" not in page.content()
    page.goto(f"{house.server.base_url}/evening")
    expect(page).to_have_url(re.compile("/come-back$"))
    robin.to_room()
    expect(page.get_by_role("heading", name="This page is closed")).to_be_visible()
    expect(page.get_by_text("zebras")).to_have_count(0)


@pytest.mark.promise("H3")
def test_a_removed_message_does_not_come_back(house: House) -> None:
    maya, _jo = house.adults()
    robin, sky = house.screen("Sosna"), house.screen("tin drum")
    robin.to_room(), sky.to_room()
    write(robin.page, "this line will go away")
    expect(sky.page.get_by_role("log").get_by_text("this line will go away")).to_be_visible()
    remove_last(maya)
    for screen in (robin, sky):
        expect(screen.page.get_by_text("this line will go away")).to_have_count(0)
    sky.page.reload()
    expect(sky.page.get_by_text("Open now")).to_be_visible()
    expect(sky.page.get_by_text("this line will go away")).to_have_count(0)


def remove_last(adult: Screen) -> None:
    page = adult.page
    page.keyboard.press("u")
    press(page, "r", page.get_by_text("Remove this from every screen?"))
    page.keyboard.press("2")
    page.get_by_role("button", name="Remove it").click()


@pytest.mark.promise("L6")
def test_a_server_that_falls_silent_is_noticed(house: House) -> None:
    house.adults()
    robin = house.screen("tin drum")
    page = robin.to_room()
    expect(page.get_by_text("Open now")).to_be_visible()
    house.server.freeze()
    expect(page.get_by_text("Reconnecting")).to_be_visible(timeout=20_000)
    house.server.thaw()
    expect(page.get_by_text("Reconnecting")).to_have_count(0)
    write(page, "there again")
    expect(page.get_by_role("log").get_by_text("there again")).to_have_count(1)
