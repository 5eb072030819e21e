"""Let the database refuse a seat on another cohort's chair (P1)."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from courses import seat_guard


def protect(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seat_guard.protect(schema_editor.connection)


def lift(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    seat_guard.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial")]

    operations = [migrations.RunPython(protect, lift)]
