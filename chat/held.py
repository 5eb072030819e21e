"""Words that the room may not read: held, withheld, removed or withdrawn.

Modules that serve young people may not import this one (an import contract says so), because a
single careless join would show one young person's held words to another (H1).
"""

from __future__ import annotations

from django.db import models


class HeldText(models.Model):
    """The words of one message, for the desk and for their own author; ``sha`` is their SHA-256."""

    message = models.OneToOneField("chat.Message", models.CASCADE, related_name="held")
    body = models.TextField()
    sha = models.CharField(max_length=64)

    class Meta:
        app_label = "chat"

    def __str__(self) -> str:
        return self.sha[:8]


def words_of(message_ids: list[int]) -> dict[int, str]:
    """The held words of these messages by id, in one query."""
    rows = HeldText.objects.filter(message_id__in=message_ids)
    return dict(rows.values_list("message_id", "body"))
