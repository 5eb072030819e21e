"""The rules that ship, as text that somebody who does not write programs can read and change.

    [name] kind level       a rule; ``find name`` adds a finder from `chat.core.triage.finders`
    + pattern               it holds for a line in which this stands (see `patterns`)
    - pattern               unless this touches it
    - [group]               unless something of that group stands anywhere in the line
    [group]                 exceptions that several rules share, or a list: ``name = a|b``

The sentences for people are in `chat.core.triage.texts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast, get_args

from chat.core.triage.finders import FINDERS
from chat.core.triage.rules import Kind, Level, Rule

FOLDER: Final = Path(__file__).parent
ORDER: Final = (
    *(
        "risk",
        "home",
        "leaving",
        "intent",
        "danger",
        "graphic",
        "sexual",
        "substance",
        "encourage",
        "method",
    ),
    *("contact", "link", "identity", "bullying"),
)


class BookError(ValueError):
    """A rule file that cannot be read; the text names file, line and reason."""


def read_lists(text: str) -> dict[str, str]:
    """Lists by name, from ``name = a|b|c`` and indented lines that go on."""
    lists: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        bare = line.partition("#")[0].rstrip()
        if not bare:
            continue
        if bare[0] != " ":
            name, _, bare = (part.strip() for part in bare.partition("="))
            lists[name] = bare
        else:
            lists[name] += bare.strip()
    return lists


def read_rules(text: str, groups: dict[str, list[str]]) -> Iterator[Rule]:
    """The rules of one file, in order. New groups are added to ``groups``. Raises `BookError`."""
    rule: _Draft | None = None
    group: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.partition("#")[0].strip()
        if not bare:
            continue
        sign, rest = bare[0], bare[1:].strip()
        if sign == "[":
            if rule is not None:
                yield rule.done()
            name, _, what = rest.partition("]")
            rule = _Draft(name, what.split(), number) if what else None
            group = [] if rule else groups.setdefault(name, [])
        elif rule is None and sign == "-":
            group.append(rest)
        elif rule is not None and sign == "+":
            rule.patterns.append(rest)
        elif rule is not None and sign == "-":
            if rest[0] == "[":
                rule.unless += groups[rest[1:-1]]
            else:
                rule.near.append(rest)
        elif rule is not None and bare.startswith("find "):
            rule.finder = bare.removeprefix("find ")
        else:
            raise BookError(f"line {number}: “{line}” belongs to nothing")
    if rule is not None:
        yield rule.done()


class _Draft:
    """A rule while its lines are read."""

    def __init__(self, name: str, what: list[str], number: int) -> None:
        if len(what) != 2 or what[0] not in get_args(Kind) or what[1] not in get_args(Level):
            raise BookError(f"line {number}: “{name}” needs a kind and hold or alert")
        self.name, self.kind, self.level = name, cast(Kind, what[0]), cast(Level, what[1])
        self.patterns: list[str] = []
        self.unless: list[str] = []
        self.near: list[str] = []
        self.finder = ""

    def done(self) -> Rule:
        """The rule, frozen."""
        find = FINDERS[self.finder] if self.finder else None
        return Rule(
            self.name,
            self.kind,
            self.level,
            tuple(self.patterns),
            tuple(self.unless),
            tuple(self.near),
            find,
        )


def shipped_lists() -> dict[str, str]:
    """The lists that ship."""
    return read_lists((FOLDER / "lists.txt").read_text(encoding="utf-8"))


def shipped_rules() -> list[Rule]:
    """The rules that ship, in the order in which their reasons lead."""
    groups: dict[str, list[str]] = {}
    files = [(FOLDER / f"{name}.txt").read_text(encoding="utf-8") for name in ORDER]
    return [rule for text in files for rule in read_rules(text, groups)]
