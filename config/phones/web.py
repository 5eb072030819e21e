"""What a phone asks by plain HTTP: signing in by a demo link, leaving, polls and posts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

SECONDS = 10


@dataclass
class Answer:
    """What came back. ``cookies`` is what to send from then on, as one header value."""

    status: int
    raw: bytes
    cookies: str

    @property
    def frame(self) -> dict[str, Any]:
        """The body, which is one frame or ``{"frames": […]}``. Raises ValueError."""
        made: dict[str, Any] = json.loads(self.raw)
        return made


def ask(
    method: str,
    url: str,
    cookie: str = "",
    body: bytes | None = None,
    *,
    origin: str | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """One request on a connection of its own. Raises OSError, HTTPException."""
    parts = urlsplit(url)
    headers = {"Cookie": cookie} if cookie else {}
    if origin is not None:
        headers["Origin"] = origin
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        jar: SimpleCookie = SimpleCookie()
        for value in response.headers.get_all("set-cookie") or []:
            jar.load(value)
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
        return Answer(response.status, response.read(), cookies)
    finally:
        connection.close()


def sign_in(url: str) -> str:
    """Follow a demo link; the cookies to send from then on. Raises OSError."""
    answer = ask("GET", url)
    if answer.status not in (302, 303) or not answer.cookies:
        raise ConnectionError(f"the link answered {answer.status}")
    return answer.cookies


def leave(origin: str, cookie: str) -> None:
    """Go by exit, as the page does. Raises OSError when nobody answered that it was done."""
    answer = ask("POST", f"{origin}/leave", cookie, b"", origin=origin)
    if answer.status not in (204, 303):
        raise ConnectionError(f"the exit answered {answer.status}")
