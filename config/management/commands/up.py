"""``manage.py up``: the whole service in one process, on one machine."""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from config.door import add_options


class Command(BaseCommand):
    """Brings the database up to date, fills a demo, and serves until it is told to stop."""

    help = "Run the service here; with a demo on a new data folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """The options are also read before the settings are, see `config.door`."""
        add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until an orderly stop, which ends the process."""
        host, port = options["host"], options["port"]
        claim_folder()
        listener = claim_port(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        shown = f"[{host}]" if ":" in host else host
        self.serve(listener, f"http://{shown}:{port}", quiet=options["quiet"])

    def serve(self, listener: socket.socket, base_url: str, *, quiet: bool) -> None:
        """Start every part and wait for the end."""
        from config import clock, demo, serve

        lines = demo.prepare(base_url) if settings.DEMO else []

        def announce() -> None:
            self.stdout.write("\n".join([f"READY {base_url}", *lines]))
            self.stdout.flush()
            if settings.DEMO and not quiet:
                demo.start_scripted()

        ticking = clock.start()
        serve.run(listener, announce)
        ticking.stop()
        leave()


def leave() -> NoReturn:
    """End at once: rooms have been told, and whatever was acknowledged is on the disk.

    Python's own way out waits for threads that may sit in a query, and can crash on what they hold.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def claim_folder() -> None:
    """Two processes on one SQLite folder would not hear each other's doorbells: refuse."""
    handle = os.open(settings.DATA_DIR / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("waymark: this data folder is in use by another `up`. Stop it, or use --data.")


def claim_port(host: str, port: int) -> socket.socket:
    """A socket bound to the address, not yet listening; exits when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError):
        sys.exit(f"waymark: cannot listen on {host} port {port}: taken or not ours. Use --port.")
    return listener
