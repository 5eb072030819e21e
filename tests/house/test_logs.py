"""Logs say what happened and never to whom (I4)."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from config.logs import Formatter, get_logger

SECRET = "Robin said a secret at 192.0.2.7"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged, as the program would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def only(stream: io.StringIO) -> dict[str, Any]:
    """The one line that was written."""
    (line,) = stream.getvalue().splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_an_own_event_keeps_the_fields_that_are_listed(lines: io.StringIO) -> None:
    get_logger("waymark.test").warning("drained", count=3, seconds=0.5)
    line = only(lines)
    assert line.pop("at").endswith("Z")
    assert line == {
        "event": "drained",
        "level": "warning",
        "logger": "waymark.test",
        "count": 3,
        "seconds": 0.5,
    }


@pytest.mark.promise("I4")
def test_other_fields_are_dropped(lines: io.StringIO) -> None:
    get_logger("waymark.test").warning("sent", body=SECRET, client=SECRET, path=SECRET, code={1: 2})
    assert SECRET not in lines.getvalue()
    assert set(only(lines)) == {"event", "level", "logger", "at"}


@pytest.mark.promise("I4")
def test_values_in_the_lines_of_libraries_are_dropped(lines: io.StringIO) -> None:
    logging.getLogger("library").warning("%s connected", SECRET)
    assert SECRET not in lines.getvalue()
    assert only(lines)["event"] == "%s connected"


@pytest.mark.promise("I4")
def test_a_line_of_a_library_that_was_filled_in_before_is_dropped(lines: io.StringIO) -> None:
    logging.getLogger("library").error(f"{SECRET} connected")
    assert SECRET not in lines.getvalue()
    assert only(lines)["event"] == "library"


@pytest.mark.promise("I4")
def test_an_exception_is_named_without_its_words(lines: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("library").exception("%s went wrong", SECRET)
    line = only(lines)
    assert line["error"] == "ValueError"
    assert line["where"].startswith("test_logs.py:")
    assert SECRET not in lines.getvalue()


@pytest.mark.promise("I4")
def test_our_own_exception_is_named_without_its_words(lines: io.StringIO) -> None:
    get_logger("waymark.test").error("unhandled", exc_info=ValueError(SECRET))
    assert only(lines)["error"] == "ValueError"
    assert SECRET not in lines.getvalue()
