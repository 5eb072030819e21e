"""The door for staff: accounts are made by the service, nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffDoor(DefaultAccountAdapter):
    """Shuts the sign-up page of allauth."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False
