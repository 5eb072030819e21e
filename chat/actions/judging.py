"""Triage asked by the room: with what is known of the author, and closed when it fails (H5)."""

from __future__ import annotations

from chat.core.triage import Context, Reason, Verdict, judge
from chat.held import words_of
from chat.models import Member, Message
from people.help import names_and_numbers

RECENT = 3
FAULT = Verdict(
    "hold",
    (Reason("fault", "other", "Triage could not read this. Please read it.", ""),),
    False,
)


def judged(text: str, author: Member, *, to_room: bool) -> Verdict:
    """What triage says of these words by this author. A rule that raises means hold."""
    try:
        return judge(text, _context(author, to_room=to_room))
    except Exception:
        return FAULT


def as_data(verdict: Verdict) -> list[dict[str, str]]:
    """The reasons of a verdict as they are kept with a message."""
    return [
        {
            "rule": reason.rule,
            "kind": reason.kind,
            "say": str(reason.say),
            "span": reason.span,
        }
        for reason in verdict.reasons
    ]


def _context(author: Member, *, to_room: bool) -> Context:
    names = Member.objects.filter(room=author.room_id, seat__isnull=False)
    nicknames = tuple(names.values_list("seat__nickname", flat=True))
    own = author.seat.nickname if author.seat else ""
    recent = _recent_words(author) if to_room else ()
    return Context(nicknames=nicknames, author=own, recent=recent, helplines=names_and_numbers())


def _recent_words(author: Member) -> tuple[str, ...]:
    """The author's last lines to the room, oldest first, held ones too: pieces add up."""
    lines = list(Message.objects.filter(author=author, line=None).order_by("-pk")[:RECENT])
    held = words_of([line.pk for line in lines if not line.body])
    return tuple(line.body or held.get(line.pk, "") for line in reversed(lines))
