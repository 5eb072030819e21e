"""Faults that the room must bear: a disk that is full in mid-act, a rule of triage that raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

from chat.actions import judging

WRITES = ("INSERT", "UPDATE", "DELETE")


class FullDisk:
    """From the write of this number on, every write fails. ``struck`` says whether one did."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.struck = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: object, many: bool, context: object
    ) -> object:
        """Run one statement, or refuse it as a full disk does."""
        if sql.startswith(WRITES):
            self.left -= 1
            if self.left < 0:
                self.struck = True
                raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)


@contextmanager
def full_disk(after_writes: int | None) -> Iterator[FullDisk]:
    """A disk that is full after so many writes; with None it never is."""
    disk = FullDisk(after_writes if after_writes is not None else 1_000_000)
    with connection.execute_wrapper(disk):
        yield disk


@contextmanager
def rule_that_raises() -> Iterator[None]:
    """Triage that breaks on whatever it is given."""

    def broken(*_given: object, **_named: object) -> object:
        raise ZeroDivisionError("a rule that raises")

    with replaced(judging, "judge", broken):
        yield


@contextmanager
def replaced(place: Any, name: str, broken: Any) -> Iterator[None]:
    """Something else stands where ``place.name`` was."""
    whole = getattr(place, name)
    setattr(place, name, broken)
    try:
        yield
    finally:
        setattr(place, name, whole)
