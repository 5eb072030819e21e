"""``manage.py staff``: the first accounts of a new service, made by whoever runs the machine."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from people.models import Account, Role


class Command(BaseCommand):
    """Makes one account and shows its password once; the one-time code is set up at sign-in."""

    help = "Make a member of staff, with a password that is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is, and until when their checks hold."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="what young people and colleagues read")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--email", default="", help="where calls go when they are on call")
        parser.add_argument("--checks-until", type=date.fromisoformat, help="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Save the account and print the password."""
        if Account.objects.filter(username=options["username"]).exists():
            raise CommandError("There is an account with this username already.")
        if options["email"]:
            _insist_on_address(options["email"])
        password = "-".join(secrets.token_hex(3) for _ in range(4))
        Account.objects.create_user(
            options["username"],
            options["email"],
            password,
            name=options["name"],
            role=options["role"],
            checks_until=options["checks_until"],
        )
        self.stdout.write(f"{options['username']} can sign in at /staff/ with this password,")
        self.stdout.write(f"which is shown this once: {password}")
        if options["checks_until"] is None:
            self.stdout.write("Without --checks-until they can enter no room yet.")


def _insist_on_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError("That is no e-mail address.") from None
