"""Whether the program lives (``/livez``) and can do its work (``/readyz``)."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse


def livez(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, otherwise 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM people_auditentry LIMIT 1")
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
