"""Triggers that keep the audit append-only on SQLite, which has no second role to do it (A3)."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

# The insert trigger also stops INSERT OR REPLACE, which would change a row without an UPDATE.
_TRIGGERS = {
    "audit_never_changes": """
        BEFORE UPDATE ON people_auditentry
        BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END""",
    "audit_never_shrinks": """
        BEFORE DELETE ON people_auditentry
        BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END""",
    "audit_only_grows": """
        BEFORE INSERT ON people_auditentry
        WHEN NEW.number IS NOT
               coalesce((SELECT max(number) FROM people_auditentry), 0) + 1
          OR NEW.before IS NOT
               coalesce((SELECT digest FROM people_auditentry ORDER BY number DESC LIMIT 1), '')
        BEGIN SELECT RAISE(ABORT, 'an audit row follows the one before it'); END""",
}


def protect(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers; other engines use a separate owner role instead."""
    if connection.vendor != "sqlite":
        return
    lift(connection)
    with connection.cursor() as cursor:
        for name, body in _TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for the maintenance role alone, inside one transaction."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name in _TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
