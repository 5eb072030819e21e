"""Reading the environment: every value has a type, a wrong one stops the start with a sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("127.0.0.1", "localhost", "::1")

T = TypeVar("T")


class Environment:
    """Typed access to environment variables; ``known`` collects every name that was asked for."""

    def __init__(self, values: dict[str, str] | None = None) -> None:
        self.values = dict(os.environ) if values is None else values
        self.known: set[str] = set()

    def text(self, name: str, default: str) -> str:
        """A text that is not empty. Raises `ImproperlyConfigured`."""
        return self._read(name, default, _filled)

    def whole(self, name: str, default: int, *, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``. Raises `ImproperlyConfigured`."""

        def parse(raw: str) -> int:
            number = int(raw)
            if not low <= number <= high:
                raise ValueError
            return number

        return self._read(name, default, parse, f"a whole number from {low} to {high}")

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of a few words. Raises `ImproperlyConfigured`."""

        def parse(raw: str) -> str:
            return choices[choices.index(raw)]

        return self._read(name, default, parse, "one of " + ", ".join(choices))

    def folder(self, name: str, default: Path) -> Path:
        """An absolute path; a relative one counts from where the program was started."""
        return self._read(name, default, lambda raw: Path(_filled(raw)).expanduser().absolute())

    def zone(self, name: str, default: str) -> str:
        """The name of a time zone. Raises `ImproperlyConfigured`."""

        def parse(raw: str) -> str:
            if raw not in available_timezones():
                raise ValueError
            return ZoneInfo(raw).key

        return self._read(name, default, parse, "a time zone like Europe/London")

    def address(self, name: str, default: str) -> str:
        """An https address. Raises `ImproperlyConfigured`."""

        def parse(raw: str) -> str:
            if urlsplit(raw).scheme != "https" or not urlsplit(raw).hostname:
                raise ValueError
            return raw

        return self._read(name, default, parse, "an address that begins with https://")

    def origins(self, name: str, default: str) -> list[str]:
        """Exact origins, by comma: all https, or all plain http on loopback.

        Plain http over a network would show every word to whoever shares the wire.
        """

        def parse(raw: str) -> list[str]:
            origins = [exact_origin(part.strip()) for part in raw.split(",")]
            if len({urlsplit(origin).scheme for origin in origins}) != 1:
                raise ValueError
            return origins

        wanted = "origins like https://example.org, by comma, or http:// on loopback"
        return self._read(name, parse(default), parse, wanted)

    def not_yet(self, name: str) -> None:
        """Refuse a variable that a later version will read, instead of quietly passing over it."""
        self.known.add(name)
        if self.values.get(name):
            raise ImproperlyConfigured(f"{name} is set, but this version cannot use it yet.")

    def _read(self, name: str, default: T, parse: Callable[[str], T], wanted: str = "a text") -> T:
        self.known.add(name)
        raw = self.values.get(name)
        if raw is None:
            return default
        try:
            return parse(raw)
        except ValueError:
            raise ImproperlyConfigured(f"{name} must be {wanted}.") from None


def exact_origin(text: str) -> str:
    """Scheme, host and port in the form that browsers send. Raises ValueError."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    plain = parts.scheme == "http" and host in LOOPBACK
    if not host or not (parts.scheme == "https" or plain):
        raise ValueError
    shown = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, 443 if parts.scheme == "https" else 80) else f":{parts.port}"
    origin = f"{parts.scheme}://{shown}{port}"
    if text.rstrip("/").lower() not in (origin, f"{parts.scheme}://{shown}:{parts.port}"):
        raise ValueError
    return origin


def _filled(raw: str) -> str:
    if not raw.strip():
        raise ValueError
    return raw
