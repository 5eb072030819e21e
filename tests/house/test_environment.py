"""A wrong value in the environment stops the start with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment, exact_origin


def test_what_is_not_set_has_its_default() -> None:
    env = Environment({})
    assert env.text("NAME", "Waymark") == "Waymark"
    assert env.whole("HOURS", 24, low=0, high=99) == 24
    assert env.origins("ORIGINS", "http://localhost:8000") == ["http://localhost:8000"]
    assert env.folder("DATA", Path("/data")) == Path("/data")
    assert env.known == {"NAME", "HOURS", "ORIGINS", "DATA"}


def test_what_is_set_is_read() -> None:
    env = Environment(
        {"HOURS": "7", "WORD": "b", "ZONE": "Europe/Dublin", "EXIT": "https://weather.example/x"}
    )
    assert env.whole("HOURS", 24, low=0, high=99) == 7
    assert env.choice("WORD", "a", ("a", "b")) == "b"
    assert env.zone("ZONE", "Europe/London") == "Europe/Dublin"
    assert env.address("EXIT", "https://other.example") == "https://weather.example/x"


@pytest.mark.parametrize("raw", ["", "seven", "-1", "100", "7.5"])
def test_a_number_out_of_range_is_refused(raw: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="HOURS must be a whole number from 0 to 99"):
        Environment({"HOURS": raw}).whole("HOURS", 24, low=0, high=99)


def test_an_empty_text_a_strange_word_and_an_unknown_zone_are_refused() -> None:
    env = Environment({"NAME": " ", "WORD": "c", "ZONE": "Europe/Atlantis", "EXIT": "http://x.y"})
    with pytest.raises(ImproperlyConfigured, match="NAME"):
        env.text("NAME", "Waymark")
    with pytest.raises(ImproperlyConfigured, match="WORD must be one of a, b"):
        env.choice("WORD", "a", ("a", "b"))
    with pytest.raises(ImproperlyConfigured, match="ZONE must be a time zone"):
        env.zone("ZONE", "Europe/London")
    with pytest.raises(ImproperlyConfigured, match="EXIT must be an address"):
        env.address("EXIT", "https://other.example")


def test_what_this_version_cannot_use_is_refused_not_ignored() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        Environment({"DATABASE_URL": "postgres://db"}).not_yet("DATABASE_URL")
    Environment({"DATABASE_URL": ""}).not_yet("DATABASE_URL")


@pytest.mark.promise("W1")
@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://waymark.example", "https://waymark.example"),
        ("https://waymark.example/", "https://waymark.example"),
        ("https://waymark.example:443", "https://waymark.example"),
        ("https://waymark.example:8443", "https://waymark.example:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_read_as_browsers_send_it(text: str, origin: str) -> None:
    assert exact_origin(text) == origin


@pytest.mark.promise("W1")
@pytest.mark.parametrize(
    "text",
    [
        "waymark.example",
        "*",
        "http://waymark.example",
        "https://waymark.example/path",
        "https://someone@waymark.example",
        "ftp://127.0.0.1",
        "https://",
        "null",
    ],
)
def test_what_is_no_exact_origin_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ORIGINS must be origins"):
        Environment({"ORIGINS": text}).origins("ORIGINS", "http://localhost:8000")


def test_plain_and_safe_origins_are_not_mixed() -> None:
    with pytest.raises(ImproperlyConfigured):
        Environment({"ORIGINS": "https://a.example,http://localhost"}).origins(
            "ORIGINS", "http://localhost:8000"
        )
