"""The door for staff: accounts are made by the service, nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


class StaffDoor(DefaultAccountAdapter):
    """Shuts the sign-up page of allauth."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A word that stands for the address, because the pace of sign-ins is kept by it (I4)."""
        return salted_hmac("waymark.address", super().get_client_ip(request)).hexdigest()[:16]
