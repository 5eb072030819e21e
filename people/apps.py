"""Ties the sign-in of staff, which allauth and Django do, to what our sessions mean."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class PeopleConfig(AppConfig):
    """Who there is."""

    name = "people"

    def ready(self) -> None:
        """Listen to Django and allauth; our own apps call each other instead."""
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in

        from people import help as help_page

        user_logged_in.connect(_staff_came, dispatch_uid="people.staff_came")
        authenticator_added.connect(_factor_set_up, dispatch_uid="people.factor_set_up")
        help_page.register_check()


def _staff_came(*, request: HttpRequest, **_more: Any) -> None:
    """One browser holds one person: a young person's session ends where a staff one begins."""
    from people.signin import YOUNG_KEY

    request.session.pop(YOUNG_KEY, None)


def _factor_set_up(*, request: HttpRequest, authenticator: Any, **_more: Any) -> None:
    """Whoever has just typed a code of their new device has used the second factor (I9)."""
    from allauth.mfa.base.internal.flows import post_authentication

    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        post_authentication(request, authenticator)
