"""Fixtures of the room's tests."""

from __future__ import annotations

import pytest

from tests.evening import Evening, make_evening


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()
