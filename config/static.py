"""The built front end, served by the same process, with the same headers as every page."""

from __future__ import annotations

from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from servestatic import ServeStaticASGI

from config.headers import security_headers


def with_static_files(application: Any) -> Any:
    """Serve ``/static/`` from the folder of the built front end, the rest from ``application``."""
    static = ServeStaticASGI(
        application,
        max_age=60,
        allow_all_origins=False,
        add_headers_function=_add_headers,
        immutable_file_test=_is_hashed,
    )
    if settings.STATIC_ROOT.is_dir():
        static.add_files(settings.STATIC_ROOT, prefix=settings.STATIC_URL)
    return static


def _is_hashed(_path: str, url: str) -> bool:
    return settings.HASHED_NAME.match(url) is not None


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    for name, value in security_headers().items():
        headers[name] = value
