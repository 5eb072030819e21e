"""``/``: open to everybody."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.pages.conftest import Door

EVERYBODY = [None, "half", "Robin", "Stranger", "Maya", "Jo", "Noor", "Ines", "Dev", "Olu"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_sees_it(door: Door, who: str | None) -> None:
    assert door(who).get("/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_shows(door: Door, method: str) -> None:
    assert getattr(door(None), method)("/").status_code == 405


@pytest.mark.parametrize(
    ("who", "way"), [(None, "/come-back"), ("Robin", "/evening"), ("Maya", "/staff/")]
)
def test_each_finds_their_own_way_on(door: Door, who: str | None, way: str) -> None:
    page = door(who).get("/").content.decode()
    assert page.count(f'class="button button-main button-wide" href="{way}"') == 1


@override_settings(AGE_FROM=13, AGE_TO=21, REREAD_HOURS=48)
def test_it_says_what_the_settings_say(door: Door) -> None:
    page = door(None).get("/").content.decode()
    assert "aged 13 to 21" in page
    assert "for 48 hours" in page


def test_it_names_nobody(door: Door) -> None:
    """Nothing of a cohort, a seat or a session is on a page that everybody sees."""
    page = door("Robin").get("/").content.decode()
    for word in ("Robin", "Wren", "Tuesdays", "Jo", "What I feel"):
        assert word not in page.replace("Job", "")
