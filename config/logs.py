"""Logs as JSON lines that say what happened and never to whom.

Addresses, paths with ids, nicknames, phrases and message texts stay out (I4): own events carry
only the fields listed here, and of other libraries' lines only the template is kept, without the
values that would be filled in.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

# What happened, where in the program, and numbers.
PLACES = frozenset(["event", "level", "logger", "at", "where", "error", "task", "route", "method"])
FIELDS = PLACES | {"code", "kind", "state", "status", "ms", "count", "step", "seconds"}
LONGEST = 120
OWN = ("waymark", "chat", "config", "courses", "people", "scheduling")


def logging_config(level: str) -> dict[str, Any]:
    """The ``LOGGING`` setting: every logger writes JSON to standard error."""
    configure()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.Formatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # Its lines name paths; `config.errors` says what is worth knowing.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": True},
            **{name: {"level": level} for name in OWN},
        },
    }


def configure() -> None:
    """Let ``structlog.get_logger("waymark.…")`` write through the standard loggers."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class Formatter(structlog.stdlib.ProcessorFormatter):
    """Writes one line of JSON for own events and for those of other libraries."""

    def __init__(self) -> None:
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                add_place,
                keep_known_fields,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=[
                template_only,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
            ],
            pass_foreign_args=True,
        )


def template_only(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Keep the first line of a foreign message, unfilled: its values may name somebody.

    A message of a library without values may have been filled in before: it is not kept at all.
    """
    record = event["_record"]
    has_gaps = bool(event.get("positional_args")) or record.name.partition(".")[0] in OWN
    event["event"] = str(record.msg).partition("\n")[0] if has_gaps else record.name
    event["where"] = f"{record.filename}:{record.lineno}"
    return event


def add_place(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Say of an exception its kind and where it was raised, never its words."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        event["error"] = info[0].__name__
        event["where"] = place(info[2])
    return event


def place(trace: TracebackType | None) -> str:
    """The last frames of a traceback as ``file:line``, without any value."""
    frames = traceback.extract_tb(trace)[-4:]
    return " ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)


def keep_known_fields(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Drop every field that is not on the list, and cut what is long."""
    return {
        key: value[:LONGEST] if isinstance(value, str) else value
        for key, value in event.items()
        if key in FIELDS and isinstance(value, str | int | float | bool | None)
    }


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for one part of the program, for example ``waymark.live``."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger


logging.captureWarnings(True)
