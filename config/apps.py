"""The app that holds the house together: commands and system checks."""

from __future__ import annotations

from django.apps import AppConfig


class House(AppConfig):
    """Registers the system checks."""

    name = "config"
    label = "house"

    def ready(self) -> None:
        """Import what registers itself."""
        from config import durability  # noqa: F401  (registers a check)
