"""A script: what scripted people say in one evening, read from a file and checked once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

YOUNG: Final = range(1, 9)
ADULTS: Final = (9, 10)  # the one who leads, the one who supports
EVERYBODY: Final = frozenset({*YOUNG, *ADULTS})
SCRIPTS: Final = Path(__file__).parent / "scripts"
MOST_CHARS: Final = 1000  # as `chat.protocol` has it
MOST_SAID_BEFORE: Final = 30

Who = Annotated[int, Meta(ge=1, le=10)]
Text = Annotated[str, Meta(min_length=1, max_length=MOST_CHARS, pattern=r"^\S(.*\S)?$")]
Seconds = Annotated[float, Meta(ge=1, le=300)]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Tag = Literal["", "held", "alert"]
PLACE: Final = re.compile(r"\{(\d+)\}")


class BadScript(Exception):
    """A script that cannot be played; the text says which line and why."""


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one person says. ``who`` is a place, 1 to 8, or 9 and 10 for the two adults.

    ``pause`` is in seconds after the line before; without one the pace of the room decides.
    ``reply`` names the ``key`` of an earlier line; ``after`` too, without a mark: the line is left
    out when that one was not said. ``edit`` is what the speaker writes when the
    line is sent back. ``tag`` is what triage is expected to do; nothing means publish.
    """

    who: Who
    text: Text
    key: str = ""
    pause: Seconds | None = None
    to: Literal["room", "line"] = "room"
    reply: str = ""
    after: str = ""
    edit: Annotated[str, Meta(max_length=MOST_CHARS)] = ""
    tag: Tag = ""

    @property
    def named(self) -> frozenset[int]:
        """The places that the text speaks of by nickname."""
        return frozenset(int(place) for place in PLACE.findall(self.text + self.edit))

    def filled(self, names: tuple[str, ...], to: str = "") -> Line:
        """With nicknames in their gaps, in small letters as young people write them."""
        named = [name if self.who in ADULTS else name.lower() for name in (*names, to)]

        def fill(text: str) -> str:
            text = PLACE.sub(lambda gap: named[int(gap[1]) - 1], text)
            return text.replace("{name}", named[-1])

        return msgspec.structs.replace(self, text=fill(self.text), edit=fill(self.edit))


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One evening. ``names`` are those of the ten places, unless others play them.

    The first ``before`` lines of ``evening`` were said before anybody looks. ``quieter`` are small
    exchanges that go on afterwards. ``greetings``, ``answers`` (to a remark of staff),
    ``hesitations`` (to a question of staff) and ``private`` (to staff in the private line, in
    order for each speaker) are what they react with; ``{name}`` stands for whom they speak to.
    """

    title: str
    week: Annotated[int, Meta(ge=1)]
    review: str
    names: Annotated[tuple[Name, ...], Meta(min_length=10, max_length=10)]
    before: Annotated[int, Meta(ge=0, le=MOST_SAID_BEFORE)]
    evening: tuple[Line, ...]
    quieter: tuple[tuple[Line, ...], ...]
    greetings: tuple[Line, ...]
    answers: tuple[Line, ...]
    hesitations: tuple[Line, ...]
    private: tuple[Line, ...]

    def lines(self) -> Iterable[Line]:
        """Every line that may be said."""
        yield from self.evening
        for exchange in self.quieter:
            yield from exchange
        yield from (*self.greetings, *self.answers, *self.hesitations, *self.private)


def load_script(name: str) -> Script:
    """A script of ours by name. Raises `BadScript`."""
    path = SCRIPTS / f"{name}.toml"
    if not path.is_file():
        raise BadScript(f"There is no script called {name}.")
    return read_script(path.read_bytes())


def read_script(data: bytes) -> Script:
    """A script from TOML, checked. Raises `BadScript`."""
    try:
        script = msgspec.toml.decode(data, type=Script)
    except msgspec.MsgspecError as fault:
        raise BadScript(str(fault)) from fault
    _check(script)
    return script


def _check(script: Script) -> None:
    if not script.evening or not all(script.quieter) or not script.quieter:
        raise BadScript("An evening needs lines, and quieter exchanges that are not empty.")
    if script.before > len(script.evening):
        raise BadScript("More lines were said before than the evening has.")
    _check_talk("evening", script.evening)
    for number, exchange in enumerate(script.quieter, start=1):
        place = f"quieter exchange {number}"
        _check_talk(place, exchange)
        if len(exchange) > 1 and (exchange[0].tag or exchange[0].to == "line"):
            raise BadScript(f"{place}: it begins with what the room does not see.")
    for line in script.lines():
        if not line.named <= EVERYBODY:
            raise BadScript(f"There is no such place as in: {line.text}")
    for name in ("greetings", "answers", "hesitations", "private"):
        _check_reactions(name, getattr(script, name))


def _check_talk(where: str, lines: tuple[Line, ...]) -> None:
    """Keys are said once, and nobody answers what the room has not seen."""
    seen: dict[str, Line] = {}
    for number, line in enumerate(lines, start=1):
        place = f"{where}, line {number}"
        if line.key in seen:
            raise BadScript(f"{place}: the key {line.key} is taken.")
        for key in filter(None, (line.reply, line.after)):
            if key not in seen:
                raise BadScript(f"{place}: it answers {key}, which was not said before.")
            if seen[key].tag or seen[key].to == "line":
                raise BadScript(f"{place}: it answers {key}, which the room does not see.")
        if line.tag and (line.who in ADULTS or line.to == "line"):
            raise BadScript(f"{place}: only lines of young people to the room are held.")
        if line.to == "line" and (line.who in ADULTS or line.reply):
            raise BadScript(f"{place}: the private line takes a young person's plain line.")
        if line.key:
            seen[line.key] = line


def _check_reactions(where: str, lines: tuple[Line, ...]) -> None:
    if where != "private" and not lines:
        raise BadScript(f"{where}: there are none.")
    for number, line in enumerate(lines, start=1):
        if line.tag or line.edit or line.reply or line.after or line.who in ADULTS:
            raise BadScript(f"{where}, line {number}: a reaction is a young person's plain line.")
        if (where == "private") != (line.to == "line"):
            raise BadScript(f"{where}, line {number}: it goes to the wrong place.")
