"""The room that every schedule begins with."""

from __future__ import annotations

import pytest

from tests.evening import Evening, make_evening


@pytest.fixture
def lobby(db: None) -> Evening:
    """A room that nobody has entered, with three young people on their way."""
    return make_evening(seats=3, opened=False)
