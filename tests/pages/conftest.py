"""The evening that the page tests visit, at the hour when it happens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from people.models import Account, Role, YoungPerson
from tests.evening import START, Evening, make_evening
from tests.pages.cast import come_in, new_client


@pytest.fixture
def at_seven() -> Iterator[time_machine.Traveller]:
    """It is seven on the evening of the third session."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def evening(db: None, at_seven: time_machine.Traveller) -> Evening:
    """The cast's evening in week three: open, and everybody on their way in."""
    found = make_evening()
    found.people["Stranger"] = YoungPerson.objects.create(locator="some stranger", proof="-")
    found.people["Visitor"] = Account.objects.create_user(
        "visitor", name="Visitor", role=Role.COUNSELLOR, checks_until=START.date()
    )
    return found


class Door:
    """Browsers of the cast: ``door("Robin")`` has signed in, ``door(None)`` is nobody."""

    def __init__(self, evening: Evening) -> None:
        self.evening = evening

    def __call__(self, name: str | None, *, factor: bool = True) -> Client:
        """A browser of its own."""
        client = new_client()
        if name == "half":  # Maya, who has typed her password and no code yet
            return come_in(client, self.evening.people["Maya"], factor=False)
        person = self.evening.people[name] if name else None
        return come_in(client, person, factor=factor)


@pytest.fixture
def door(evening: Evening) -> Door:
    """Lets the cast in."""
    return Door(evening)
