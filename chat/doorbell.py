"""News that a room's log has grown. A hint: it may be lost, late or doubled without harm."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[str, dict[str, int]], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have ``listener(room_id, tops)`` called after each commit, from whichever thread wrote."""
    _listeners.append(listener)


def ring(room_id: str, tops: dict[str, int]) -> None:
    """Tell everybody in this process that these streams of the room have these tops."""
    for listener in _listeners:
        listener(room_id, tops)
