"""Ties Django's own sign-out of staff to the rooms they are in."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class ChatConfig(AppConfig):
    """The live room."""

    name = "chat"

    def ready(self) -> None:
        """Listen to Django: whoever signs out has left every room (W4)."""
        from django.contrib.auth.signals import user_logged_out

        user_logged_out.connect(_staff_went, dispatch_uid="chat.staff_went")


def _staff_went(*, user: Any, **_more: Any) -> None:
    from chat.actions.members import leave_everywhere
    from people.models import Account

    if isinstance(user, Account):
        leave_everywhere(user, how="signed_out")
