"""What somebody reads when something did not work: kind words, a status, and for scripts a code."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.logs import get_logger

log = get_logger("waymark.pages")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when there was too much of it."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    say = _("That did not arrive in a form we can read. Please go back and try once more.")
    return _answer(request, 400, "bad_field", say)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for what another site sent, or a page that was open for too long."""
    say = _("This page was open for a while. Please load it again and try once more.")
    return _answer(request, 403, "not_allowed", say)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for what this person may not do."""
    return _answer(request, 403, "not_allowed", _("This page is not open to you."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what is missing and what is not for this person (I2)."""
    return _answer(request, 404, "missing", _("There is no page here."))


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than the server reads."""
    say = _("That is longer than we can take. Please make it shorter.")
    return _answer(request, 413, "too_long", say)


def broken(request: HttpRequest) -> HttpResponse:
    """500; or 503 when it was the database, so that a script knows to try again."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        log.error("database unavailable", exc_info=error)
        return unavailable(request)
    log.error("unhandled", exc_info=error)
    say = _("Something on our side did not work. It is not your doing. Please try again soon.")
    return _answer(request, 500, "broken", say)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: nothing can be kept just now; nothing was taken either."""
    say = _("We cannot keep anything just now. Please wait a moment and try again.")
    response = _answer(request, 503, "unavailable", say)
    response.headers["Retry-After"] = "5"
    return response


def _answer(request: HttpRequest, status: int, code: str, say: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"t": "err", "code": code, "say": say}, status=status)
    # Without the request: no context processor may ask the session or the database here.
    context = {"say": say, "code": code, "status": status}
    for name in (f"{status}.html", "500.html"):
        try:
            return HttpResponse(render_to_string(name, context), status=status)
        except TemplateDoesNotExist:
            continue
    return HttpResponse(say, status=status, content_type="text/plain; charset=utf-8")
