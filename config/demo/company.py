"""The scripted people of the demo room: eight who talk, two adults who decide nothing."""

from __future__ import annotations

import threading

from people.models import Account, YoungPerson

_lock = threading.Lock()
_real: set[str] = set()


def somebody_came(person: YoungPerson | Account) -> None:
    """A real person has this place now: the scripted one falls silent."""
    with _lock:
        _real.add(f"{type(person).__name__}:{person.pk}")


def is_real(person: YoungPerson | Account) -> bool:
    """Whether a real person took this place since the program started."""
    with _lock:
        return f"{type(person).__name__}:{person.pk}" in _real


def start_scripted() -> None:
    """Begin to talk in the demo room, in a thread that ends with the program."""
