"""What was acknowledged stays (L1): the program does not start on a database that may forget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

FULL = 2


def weakness(connection: BaseDatabaseWrapper) -> str | None:
    """In which way the database may lose a commit when the power fails, or None."""
    with connection.cursor() as cursor:
        journal = str(cursor.execute("PRAGMA journal_mode").fetchone()[0])
        synchronous = int(cursor.execute("PRAGMA synchronous").fetchone()[0])
    if journal != "wal":
        return f"SQLite keeps its journal as {journal}; it must be WAL."
    if synchronous < FULL:
        return "SQLite does not wait for the disk at every commit; synchronous must be FULL."
    return None


def insist() -> None:
    """Raise `ImproperlyConfigured` on a database that is weaker than promised."""
    connection = connections["default"]
    weak = weakness(connection)
    connection.close()
    if weak:
        raise ImproperlyConfigured(weak)


@register(Tags.database)
def check_durability(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_more: Any
) -> list[CheckMessage]:
    """The same as a system check, for ``migrate`` and ``check --database default``."""
    weak = weakness(connections["default"]) if databases else None
    return [Error(weak, id="waymark.E001")] if weak else []
