"""Triggers that keep a seat on a chair of its own cohort, on SQLite.

Each chair carries one seat (a constraint says so). Without these a chair borrowed from another
cohort would let a ninth person into the room (P1).
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_ELSEWHERE = """
        WHEN NEW.cohort_id IS NOT (SELECT cohort_id FROM courses_place WHERE id = NEW.place_id)
        BEGIN SELECT RAISE(ABORT, 'a seat belongs to the cohort of its place'); END"""

_TRIGGERS = {
    "seat_is_taken_at_home": f"BEFORE INSERT ON courses_seat {_ELSEWHERE}",
    "seat_stays_at_home": f"BEFORE UPDATE ON courses_seat {_ELSEWHERE}",
    "place_stays_at_home": """
        BEFORE UPDATE OF cohort_id ON courses_place
        WHEN NEW.cohort_id IS NOT OLD.cohort_id
        BEGIN SELECT RAISE(ABORT, 'a place stays in its cohort'); END""",
}


def protect(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers."""
    if connection.vendor != "sqlite":
        return
    lift(connection)
    with connection.cursor() as cursor:
        for name, body in _TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take them away."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name in _TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
