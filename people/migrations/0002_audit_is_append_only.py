"""Let the database itself refuse to change the audit (A3)."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from people import audit_guard


def protect(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    audit_guard.protect(schema_editor.connection)


def lift(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    audit_guard.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(protect, lift)]
