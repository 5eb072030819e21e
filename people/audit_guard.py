"""Triggers that keep the audit append-only on SQLite, where there is no second role to do it (A3)."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "people_auditentry"
_TOP = f"SELECT number FROM {_TABLE} ORDER BY number DESC LIMIT 1"
_LAST = f"SELECT digest FROM {_TABLE} ORDER BY number DESC LIMIT 1"

# The insert trigger also stops INSERT OR REPLACE, which would change a row without an UPDATE.
_TRIGGERS = {
    "audit_never_changes": f"""
        BEFORE UPDATE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END""",
    "audit_never_shrinks": f"""
        BEFORE DELETE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END""",
    "audit_only_grows": f"""
        BEFORE INSERT ON {_TABLE}
        WHEN NEW.number IS NOT coalesce(({_TOP}), 0) + 1
          OR NEW.before IS NOT coalesce(({_LAST}), '')
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
