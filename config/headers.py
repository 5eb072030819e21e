"""The headers that every response carries (W5): pages, static files, refusals and failures."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings


@cache
def security_headers() -> dict[str, str]:
    """Name and value of each header that is the same everywhere."""
    headers = {
        "Content-Security-Policy": content_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    if settings.DEMO:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    if settings.HTTPS:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return headers


def content_policy() -> str:
    """Only what this origin serves, nothing inline.

    Sockets are named, because older iPhones do not count them to ``'self'``. The exit page is a
    place for forms to lead to: without it Chromium stops the redirect of a leave without script,
    and the room would stay on the screen.
    """
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in settings.ORIGINS)
    leave = urlsplit(settings.EXIT_ADDRESS)
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {sockets}",
            "manifest-src 'self'",
            "worker-src 'self'",
            f"form-action 'self' {leave.scheme}://{leave.netloc}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )
