"""Verbs of the course that a young person carries out."""

from __future__ import annotations

from django.db import transaction

from courses.models import CheckIn, Programme, Seat, Session

LONGEST_WORDS = 300


def agree(seat: Seat, programme: Programme) -> None:
    """Keep that this person agreed to what the group promises each other, and to which version."""
    Seat.objects.filter(pk=seat.pk).update(agreed_version=programme.version)
    seat.agreed_version = programme.version


@transaction.atomic
def check_in(seat: Seat, session: Session, *, mood: int, words: str) -> CheckIn:
    """Keep how somebody is tonight; a second time replaces the mood, and words only by words.

    Raises ValueError for a mood outside 1 to 5 or words that are too long.
    """
    if not 1 <= mood <= 5 or len(words) > LONGEST_WORDS:
        raise ValueError("mood is 1 to 5, words at most 300 characters")
    fresh = {"mood": mood} | ({"words": words} if words else {})
    kept, _made = CheckIn.objects.update_or_create(seat=seat, session=session, defaults=fresh)
    return kept
