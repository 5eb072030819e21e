"""Input that nobody meant to send: bytes, JSON and frames that are nearly right. Seeded."""

from __future__ import annotations

import json
from random import Random
from typing import Any, get_args

import msgspec

from chat import protocol

NASTY = (
    "", " ", "\x00", "a\n", "\u202e", "\u200b", "%00", "..", "../../x", "' OR 1=1 --", "<b>",
    "\U0001f9e1" * 30, "e\u0301" * 60, "a" * 40, "a" * 41, "a" * 1000, "a" * 1001, "a" * 4001,
    "room", "desk", "seat:", "seat:nobody", "null", "true", "-1", "\uff11\uff12",
)  # fmt: skip
NUMBERS = (0, -1, 1, 2**31, 2**63, 2**64, 10**40, 1.5, -0.0, 1e308, float("nan"), float("inf"))
KINDS: tuple[type[msgspec.Struct], ...] = get_args(protocol.AnyClientFrame)
# A room that is closed, or a line that is not heard, would leave nothing to try.
SPARED = ("close",)


class Fuzz:
    """A stream of odd inputs. ``known`` are ids that exist, so that some of it goes deep."""

    def __init__(self, seed: int, known: list[str]) -> None:
        self.random = Random(seed)
        self.known = known or ["nothing"]

    def input(self) -> bytes:
        """The next one."""
        chance = self.random.random()
        if chance < 0.1:
            return self.random.randbytes(self.random.randrange(200))
        if chance < 0.2:
            return self._encode(self.value(4))
        if chance < 0.25:
            return self._deep()
        return self._bent(self.frame())

    def frame(self) -> dict[str, Any]:
        """A frame of some kind with fields that fit, mostly."""
        kind = self.random.choice(KINDS)
        info = msgspec.structs.fields(kind)
        made: dict[str, Any] = {"t": kind.__struct_config__.tag}
        for known in info:
            if known.required or self.random.random() < 0.5:
                made[known.name] = self._field(known.name)
        return made

    def value(self, depth: int = 2) -> Any:
        """Any JSON value."""
        choice = self.random.randrange(7 if depth else 5)
        if choice == 5:
            return [self.value(depth - 1) for _ in range(self.random.randrange(4))]
        if choice == 6:
            return {self.text(): self.value(depth - 1) for _ in range(self.random.randrange(4))}
        return (None, self.random.random() < 0.5, self.number(), self.text(), self.text())[choice]

    def text(self) -> str:
        """Some text."""
        return self.random.choice((*NASTY, self.random.choice(self.known)))

    def number(self) -> float:
        """Some number."""
        return self.random.choice(NUMBERS)

    def _field(self, name: str) -> Any:
        fitting: dict[str, tuple[Any, ...]] = {
            "cid": (f"fuzz-{self.random.randrange(40)}",),
            "body": ("hello there", "add me on insta, i am skyblue dot fern", "a" * 999),
            "to": ("room", "line"),
            "decision": ("approve", "decline", "send_back"),
            "reason": ("contact", "other", None),
            "sha": ("0" * 64,),
            "minutes": (0, 5, 60),
            "to_line": (True, False),
            "drop": (True, False),
            "have": ({}, {"room": 1}, {"room": 10**12}, {"seat:x": 3}),
            "epoch": ("", "other"),
            "note": ("", "a note"),
        }
        return self.random.choice(fitting.get(name, tuple(self.known)))

    def _bent(self, frame: dict[str, Any]) -> bytes:
        bend = self.random.randrange(6)
        name = self.random.choice(list(frame))
        if bend == 0:
            frame[name] = self.value()
        elif bend == 1:
            del frame[name]
        elif bend == 2:
            frame[self.text()] = self.value()
        if frame.get("t") in SPARED:
            frame["t"] = "nothing"
        raw = self._encode(frame)
        if bend == 3:
            at = self.random.randrange(len(raw))
            return raw[:at] + self.random.randbytes(1) + raw[at + 1 :]
        return raw[: self.random.randrange(len(raw))] if bend == 4 else raw

    def _deep(self) -> bytes:
        depth = self.random.choice((50, 900, 1100, 3000))
        inner = self.random.choice(("[", '{"a":')) * depth
        return self.random.choice((inner, '{"t":"send","cid":' + inner, '{"x":' + inner)).encode()

    def _encode(self, value: Any) -> bytes:
        """As JSON, with NaN and lone surrogates as they come."""
        return json.dumps(value, ensure_ascii=self.random.random() < 0.5).encode()
