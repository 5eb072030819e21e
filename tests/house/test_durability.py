"""The program does not start on a database that may forget what it acknowledged (L1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import settings
from django.db.backends.sqlite3.base import DatabaseWrapper

from config.durability import weakness

OURS: dict[str, Any] = cast("dict[str, Any]", settings.DATABASES["default"]["OPTIONS"])


def connected(path: Path, commands: str) -> Iterator[DatabaseWrapper]:
    """A connection with other commands at its start."""
    defaults = {"TIME_ZONE": None, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
    defaults |= {"AUTOCOMMIT": True, "ATOMIC_REQUESTS": False}
    options = {**OURS, "init_command": commands}
    connection = DatabaseWrapper({**defaults, "NAME": path, "OPTIONS": options}, alias="other")
    yield connection
    connection.close()


@pytest.mark.promise("L1")
@pytest.mark.parametrize(
    ("commands", "weak"),
    [
        (OURS["init_command"], False),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=EXTRA", False),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL", True),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF", True),
        ("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL", True),
        ("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=FULL", True),
    ],
)
@pytest.mark.django_db
def test_weaker_than_promised_is_found(tmp_path: Path, commands: str, weak: bool) -> None:
    for connection in connected(tmp_path / "some.sqlite3", commands):
        assert bool(weakness(connection)) == weak


@pytest.mark.promise("L1")
@pytest.mark.django_db
def test_a_database_in_memory_is_weak(tmp_path: Path) -> None:
    for connection in connected(Path(":memory:"), OURS["init_command"]):
        assert weakness(connection)


@pytest.mark.django_db
def test_a_writer_takes_its_turn_at_the_start_of_a_transaction() -> None:
    assert OURS["transaction_mode"] == "IMMEDIATE"
    assert settings.DATABASES["default"]["CONN_MAX_AGE"] is None
