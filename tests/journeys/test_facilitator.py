"""A facilitator's evening on a laptop, by keyboard alone; and a room that loses its adults."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from config.phones import sign_in
from tests.evening import ALERT, HOLD
from tests.journeys.conftest import LAPTOP, House, press
from tests.journeys.phones import Crowd

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def waiting(page: Page, count: int) -> None:
    expect(page.get_by_text(f"{count} waiting").first).to_be_visible()


@pytest.mark.promise("G2", "W6")
def test_the_queue_by_keyboard_alone(house: House) -> None:
    maya, jo = house.adults()
    desk = maya.page
    with Crowd(house.server, "juniper", "lowtide", "otter") as crowd:
        for name, words in zip(crowd.names, ("one", "two", "three"), strict=True):
            crowd.send(name, f"{HOLD} {words}")
        waiting(desk, 3)
        maya.is_clean()
        desk.keyboard.press("c")
        expect(jo.page.get_by_text("Maya is reading").first).to_be_visible()
        press(desk, "a", desk.get_by_text("2 waiting").first)
        press(desk, "w", desk.get_by_text("Withhold: why?"))
        desk.keyboard.press("1")
        expect(desk.get_by_text("so we kept it here").first).to_be_visible()
        desk.keyboard.press("Enter")
        waiting(desk, 1)
        press(desk, "s", desk.get_by_role("textbox", name=re.compile("change")))
        desk.keyboard.type("could you leave out the app")
        desk.get_by_role("button", name="Send it back").press("Enter")
        waiting(desk, 0)
        assert crowd.states() == {
            "juniper": "published",
            "lowtide": "declined",
            "otter": "sent_back",
        }
    maya.is_clean()


@pytest.mark.promise("G2")
def test_an_alert_cannot_be_missed_and_is_taken_by_name(house: House) -> None:
    maya, jo = house.adults()
    with Crowd(house.server, "cwtch") as crowd:
        crowd.send("cwtch", ALERT)
        for one in (maya, jo):
            expect(one.page.get_by_text("cwtch may not be safe").first).to_be_visible()
            assert "now" in one.page.title()
        expect(jo.page.get_by_text("Tell a counsellor now.").first).to_be_visible()
        maya.is_clean()
        maya.page.keyboard.press("t")
        maya.page.keyboard.press("Enter")
        for one in (maya, jo):
            expect(one.page.locator(".desk-band")).to_have_count(0)
        assert "now" not in maya.page.title()


@pytest.mark.promise("H2")
def test_two_facilitators_decide_at_once_and_one_is_told(house: House) -> None:
    maya, jo = house.adults()
    with Crowd(house.server, "halfmoon") as crowd:
        crowd.send("halfmoon", HOLD + " both")
        for one in (maya, jo):
            expect(one.page.get_by_text(HOLD + " both").first).to_be_visible()
        jo.context.set_offline(True)
        press(maya.page, "a", maya.page.get_by_text("0 waiting").first)
        jo.context.set_offline(False)
        expect(jo.page.get_by_text("0 waiting").first).to_be_visible()
        assert crowd.states() == {"halfmoon": "published"}


@pytest.mark.promise("H5")
def test_a_room_loses_its_adults_pauses_and_comes_back(house: House) -> None:
    _maya, jo = house.adults()
    robin = house.screen("Sosna")
    page = robin.to_room()
    expect(page.get_by_text("Open now")).to_be_visible()
    jo.page.close()
    expect(page.get_by_text("Taking a pause", exact=True)).to_be_visible(timeout=20_000)
    expect(page.get_by_text(re.compile("It goes on by itself"))).to_be_visible()
    expect(_maya.page.get_by_text("Paused by itself").first).to_be_visible()
    robin.is_clean()
    _maya.is_clean()
    back = house.screen("Jo", LAPTOP)
    back.to_desk()
    expect(page.get_by_text("Open now")).to_be_visible()


def test_the_private_line_from_the_desk(house: House) -> None:
    maya, _jo = house.adults()
    robin = house.screen("Paper Kite")
    page = robin.to_room()
    expect(page.get_by_text("Open now")).to_be_visible()
    page.get_by_role("tab", name=re.compile("Just the counsellors")).tap()
    page.get_by_role("textbox").first.fill("could we talk")
    page.get_by_role("button", name="Send", exact=True).tap()
    desk = maya.page
    expect(desk.get_by_text("waits for an answer").first).to_be_attached()
    desk.get_by_role("button", name=re.compile("Paper Kite")).first.click()
    expect(desk.get_by_text("could we talk").first).to_be_visible()
    desk.keyboard.press("l")
    expect(desk.get_by_role("textbox", name=re.compile("Paper Kite alone"))).to_be_focused()
    desk.keyboard.type("of course, i am here")
    desk.keyboard.press("Enter")
    expect(page.get_by_text("of course, i am here", exact=True)).to_be_visible()


def test_the_links_of_the_demo_sign_in_once_each(house: House) -> None:
    assert len({sign_in(one["sign_in_url"]) for one in house.server.demo["people"]}) >= 12
