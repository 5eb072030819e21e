"""The audit: who did what to what, chained by hash, written in the transaction of the act itself.

Rows carry opaque ids and codes only, so that they outlive an erasure without naming anybody (A2).
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from people.models import Account, AuditEntry, YoungPerson

Person = YoungPerson | Account
Plain = str | int | bool | None

LONGEST_WORD: Final = 80
START: Final = ""


def record(actor: Person | str, verb: str, subject: str, **detail: Plain) -> AuditEntry:
    """Append one entry. Must run in the caller's transaction, so that act and entry are one.

    ``actor`` is a person, or the word for a part of the program. ``detail`` holds ids, codes and
    numbers: words that somebody wrote are refused with ValueError (I4).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record belongs in the transaction of the act that it records")
    for value in (verb, subject, *detail.values()):
        _refuse_words(value)
    last = AuditEntry.objects.order_by("-number").values_list("number", "digest").first()
    number, before = last or (0, START)
    entry = AuditEntry(
        number=number + 1,
        at=timezone.now(),
        actor=actor_id(actor),
        verb=verb,
        subject=subject,
        detail=detail,
        before=before,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def actor_id(actor: Person | str) -> str:
    """The opaque id under which somebody stands in the audit."""
    if isinstance(actor, Account):
        return f"account:{actor.pk}"
    if isinstance(actor, YoungPerson):
        return f"young:{actor.pk}"
    _refuse_words(actor)
    return actor


def digest_of(entry: AuditEntry) -> str:
    """SHA-256, in hex, over the canonical JSON of the row and of the digest before it."""
    row = {
        "number": entry.number,
        "at": _instant(entry.at),
        "actor": entry.actor,
        "verb": entry.verb,
        "subject": entry.subject,
        "detail": entry.detail,
        "before": entry.before,
    }
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> int | None:
    """The number of the first entry that is missing, moved or changed; None if all hold."""
    before = START
    for number, entry in enumerate(AuditEntry.objects.order_by("number").iterator(), start=1):
        if entry.number != number:
            return number
        if entry.before != before or entry.digest != digest_of(entry):
            return number
        before = entry.digest
    return None


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _refuse_words(value: Plain) -> None:
    if isinstance(value, str) and (len(value) > LONGEST_WORD or any(c.isspace() for c in value)):
        raise ValueError("the audit holds ids, codes and numbers, never somebody's words")
