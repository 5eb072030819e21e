"""The rooms that schedules and races begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from people import audit_guard
from tests.evening import Evening, make_evening
from tests.model.races import everybody_stays


@pytest.fixture
def lobby(db: None) -> Evening:
    """A room that nobody has entered, with three young people on their way."""
    return make_evening(seats=3, opened=False)


@pytest.fixture
def guarded_again(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The audit is guarded when the tables have been emptied."""
    yield
    with django_db_blocker.unblock():
        audit_guard.protect(connection)


@pytest.fixture
def tonight(guarded_again: None, transactional_db: None) -> Iterator[Evening]:
    """An open room with eight young people, on a file that many connections share."""
    evening = make_evening()
    evening.enter("Ines")
    everybody_stays(evening)
    yield evening
    audit_guard.lift(connection)
