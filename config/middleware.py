"""What every request passes first: the headers of its answer, and where it may come from."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.errors import not_from_here
from config.headers import security_headers

SAFE = frozenset(["GET", "HEAD", "OPTIONS"])

Answer = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Set the headers of W5, and let no page be kept by a browser or a proxy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with the headers."""
        response = self.get_response(request)
        for name, value in security_headers().items():
            response.headers[name] = value
        # What a browser keeps, the next person at a shared phone can find.
        response.headers["Cache-Control"] = "no-store"
        return response


class SameOrigin:
    """Refuse what changes something unless it comes from exactly one of our origins (W1).

    Pages say no-referrer, and browsers then send ``Origin: null`` with a plain form. Only in that
    case the browser's own word ``Sec-Fetch-Site: same-origin`` counts, which no page can write.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or refuse it with 403."""
        if request.method not in SAFE and not self._is_ours(request):
            return not_from_here(request)
        return self.get_response(request)

    def _is_ours(self, request: HttpRequest) -> bool:
        origin = request.headers.get("Origin", "")
        if origin == "null" and request.headers.get("Sec-Fetch-Site") == "same-origin":
            # Django's own check would refuse "null"; this request has passed ours.
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
            origin = request.META["HTTP_ORIGIN"]
        return origin in settings.ORIGINS
