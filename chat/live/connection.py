"""One socket's place in the streams it follows: what was sent, what was received, what may follow.

A reader that stops reading holds at most one window of entries; the rest waits in the log (L7).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from chat.protocol import WINDOW_ENTRIES

WINDOW_BYTES = 128 * 1024
Send = Callable[[bytes], Awaitable[None]]
End = Callable[[int], Awaitable[None]]


@dataclass(eq=False)
class Connection:
    """One viewer's live line. ``sent`` and ``got`` are places by stream; ``stay`` see `Member`."""

    handle: str
    stay: int
    staff: bool
    account_id: int | None
    send: Send
    end: End
    sent: dict[str, int] = field(default_factory=dict)
    got: dict[str, int] = field(default_factory=dict)
    ended: bool = False
    busy: bool = False
    _waiting: list[tuple[str, int, int]] = field(default_factory=list)
    _bytes: int = 0

    def follow(self, have: dict[str, int]) -> None:
        """Start from these places."""
        self.sent, self.got = dict(have), dict(have)

    def room_for(self, wanted: int) -> int:
        """How many of ``wanted`` entries may be sent now."""
        if self._bytes >= WINDOW_BYTES:
            return 0
        outstanding = sum(self.sent[name] - self.got.get(name, 0) for name in self.sent)
        return max(0, min(wanted, WINDOW_ENTRIES - outstanding))

    async def deliver(self, stream: str, upto: int, frame: bytes) -> None:
        """Send entries of a stream up to this place, once and in order."""
        self.sent[stream] = upto
        self._waiting.append((stream, upto, len(frame)))
        self._bytes += len(frame)
        await self.send(frame)

    def receive(self, have: dict[str, int]) -> None:
        """The client has applied its streams up to here; claims beyond what was sent are cut."""
        for name, seq in have.items():
            if name in self.sent:
                self.got[name] = max(self.got.get(name, 0), min(seq, self.sent[name]))
        still = [w for w in self._waiting if self.got.get(w[0], 0) < w[1]]
        self._waiting = still
        self._bytes = sum(size for _, _, size in still)

    def behind(self, tops: dict[str, int]) -> list[str]:
        """The streams that have something this connection was not sent."""
        return [name for name, at in self.sent.items() if tops.get(name, 0) > at]
