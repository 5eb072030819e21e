"""From a line to a verdict: reads it, runs the rules it may touch, keeps the gravest answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chat.core.triage.book import shipped_lists, shipped_rules
from chat.core.triage.line import Line
from chat.core.triage.reading import NICKNAME, Reading, read
from chat.core.triage.rules import Book, Rule
from chat.core.triage.spelling import Spelling
from chat.core.triage.texts import SAY
from chat.core.triage.verdict import Context, Outcome, Reason, Verdict
from chat.core.triage.words import GRAVE, PLAIN

NOTHING_KNOWN: Final = Context()
FAULT: Final = Reason("fault", "other", SAY["fault"], "")
PIECES: Final = 3
SHORT_REST: Final = 3
LONGEST_PIECE: Final = 60
IN_PIECES: Final = frozenset({"contact", "link", "identity", "risk", "encourage", "sexual"})


@dataclass(frozen=True)
class Found:
    """A rule that holds for a line, with the piece of the line that it is about."""

    rank: int
    rule: Rule
    span: str


class Triage:
    """A book of rules, ready to judge."""

    def __init__(self, book: Book) -> None:
        self.book = book
        words = book.words()
        self.spelling = Spelling(words, GRAVE, PLAIN)

    def judge(self, text: str, context: Context = NOTHING_KNOWN) -> Verdict:
        """What to do with this line. Never raises: whatever goes wrong inside means hold (H5)."""
        try:
            return self._judge(text, context)
        except Exception:  # a broken rule must not let a line through
            return Verdict("hold", (FAULT,))

    def _judge(self, text: str, context: Context) -> Verdict:
        reading = read(text, self.spelling, _names(context))
        found = self._found(reading, context)
        if context.recent and not found and len(text) <= LONGEST_PIECE:
            found = self._in_pieces(text, context)
        return _verdict(found, context)

    def _found(self, reading: Reading, context: Context) -> list[Found]:
        """The rules that hold, one finding a rule, in the order of the book."""
        best: dict[int, Found] = {}
        self._look(reading.line, dict.fromkeys(reading.words), reading, best)
        if reading.named is not None:
            self._look(reading.named, {NICKNAME}, None, best)
        for rank, rule in self.book.finders:
            if rank not in best and rule.find:
                piece = rule.find(reading, context)
                if piece is not None:
                    best[rank] = Found(rank, rule, piece)
        return sorted(best.values(), key=lambda it: (it.rule.level != "alert", it.rank))

    def _look(
        self, line: Line, words: Iterable[str], reading: Reading | None, best: dict[int, Found]
    ) -> None:
        """Add to ``best`` the rules of which a pattern stands in the line and no exception does."""
        for rank, pattern in self.book.candidates(words):
            match = None if rank in best else line.search(pattern)
            if match and not self.book.excused(rank, line, match.span()):
                span = reading.piece(*match.span()) if reading else ""
                best[rank] = Found(rank, self.book.rules[rank], span)

    def _in_pieces(self, text: str, context: Context) -> list[Found]:
        """What this line says only together with the author's last ones."""
        before = [line for line in context.recent[-PIECES + 1 :] if len(line) <= LONGEST_PIECE]
        for count in range(1, len(before) + 1):
            earlier = " ".join(before[-count:])
            alone = self._found(self._read(earlier, context), context)
            both = self._found(self._read(f"{earlier} {text}", context), context)
            # What was stopped already is stopped: only a short rest of it may stop this line too,
            # or whoever was held once could say nothing more.
            rest = len(text.split()) <= SHORT_REST or not alone
            across = [
                it for it in both if rest and it.span not in earlier and it.rule.kind in IN_PIECES
            ]
            if across:
                return across
        return []

    def _read(self, text: str, context: Context) -> Reading:
        return read(text, self.spelling, _names(context))


def _names(context: Context) -> tuple[str, ...]:
    return (*context.nicknames, context.author) if context.author else context.nicknames


def _verdict(found: list[Found], context: Context) -> Verdict:
    reasons = tuple(
        Reason(it.rule.name, it.rule.kind, it.rule.say or SAY[it.rule.name], it.span)
        for it in found
    )
    outcome: Outcome = "hold" if found else "publish"
    if any(it.rule.level == "alert" for it in found):
        outcome = "alert"
    if outcome == "publish":
        return _by_mode(context)
    return Verdict(outcome, reasons, care=outcome == "alert")


def _by_mode(context: Context) -> Verdict:
    """The room may want a person to read lines that no rule stops."""
    if context.mode == "everything":
        return Verdict("hold", (Reason("everything", "mode", SAY["everything"], ""),))
    if context.mode == "new" and context.new_member:
        return Verdict("hold", (Reason("new_member", "mode", SAY["new_member"], ""),))
    return Verdict("publish")


SHIPPED: Final = Triage(Book(shipped_rules(), shipped_lists()))
judge = SHIPPED.judge
