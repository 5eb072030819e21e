"""The tables of the live room. The log (`Stream`, `Entry`) is the truth; held words live in
`chat.held`, which modules that serve young people may not import."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Seat, Session
from people.models import Account


def new_id() -> str:
    """Twelve characters from 72 random bits."""
    return secrets.token_urlsafe(9)


def usual_adults() -> int:
    """How many adults a room needs if it does not say otherwise."""
    needed: int = settings.ADULTS_NEEDED
    return needed


def new_room_id() -> str:
    """Twenty-four characters from 144 random bits."""
    return secrets.token_urlsafe(18)


class Room(models.Model):
    """The live chat of one session. ``epoch`` changes when the log is not the one clients know."""

    class State(models.TextChoices):
        """What the room takes: nothing yet, everything, the private line only, nothing more."""

        LOBBY = "lobby", _("lobby")
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    id = models.CharField(primary_key=True, max_length=32, default=new_room_id)
    session = models.OneToOneField(Session, models.CASCADE, related_name="room")
    epoch = models.CharField(max_length=16, default=new_id)
    state = models.CharField(max_length=8, choices=State.choices, default=State.LOBBY)
    why = models.CharField(max_length=8, blank=True)
    state_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    adults_needed = models.PositiveSmallIntegerField(default=usual_adults)

    def __str__(self) -> str:
        return self.id


class Stream(models.Model):
    """One audience of one room and its counter: ``room``, ``desk`` or ``seat:<handle>``."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="streams")
    name = models.CharField(max_length=40)
    top = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "name"], name="one_stream_per_name")]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody in one room, under a handle that means nothing outside it (I6).

    ``stay`` counts how often they came in: a connection belongs to one stay, and ends with it.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="members")
    handle = models.CharField(max_length=16, default=new_id)
    seat = models.ForeignKey(Seat, models.CASCADE, null=True, related_name="members")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="members")
    inside = models.BooleanField(default=False)
    stay = models.PositiveIntegerField(default=0)
    barred = models.BooleanField(default=False)
    how = models.CharField(max_length=12, blank=True)
    muted_until = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "handle"], name="one_member_per_handle"),
            models.UniqueConstraint(fields=["room", "seat"], name="one_member_per_seat"),
            models.UniqueConstraint(fields=["room", "account"], name="one_member_per_account"),
            models.CheckConstraint(
                condition=Q(seat=None, account__isnull=False) | Q(seat__isnull=False, account=None),
                name="a_member_is_young_or_staff",
            ),
        ]

    def __str__(self) -> str:
        return self.handle


class Message(models.Model):
    """What somebody wrote. ``body`` holds words only while its audience may read them.

    A message of the room keeps its words in `chat.held.HeldText` until somebody approves it, and
    again once it is removed or withdrawn. ``first_*`` is the answer that every re-send gets (L2).
    """

    class State(models.TextChoices):
        """Where a message is between its author and the room."""

        PUBLISHED = "published", _("published")
        HELD = "held", _("held")
        DECLINED = "declined", _("declined")
        SENT_BACK = "sent_back", _("sent back")
        REMOVED = "removed", _("removed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    room = models.ForeignKey(Room, models.CASCADE, related_name="messages")
    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=16, unique=True, default=new_id)
    author = models.ForeignKey(Member, models.PROTECT, related_name="messages")
    line = models.ForeignKey(Member, models.PROTECT, null=True, related_name="line_messages")
    cid = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies")
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, related_name="replaced_by")
    origin = models.OneToOneField("self", models.SET_NULL, null=True, related_name="moved_to")
    level = models.CharField(max_length=8, default="publish")
    reasons = models.JSONField(default=list)
    claimed_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=300, blank=True)
    first_state = models.CharField(max_length=10)
    first_stream = models.CharField(max_length=40)
    first_seq = models.PositiveIntegerField()
    room_seq = models.PositiveIntegerField(null=True)
    seat_seq = models.PositiveIntegerField(null=True)
    desk_seq = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "cid"], name="one_message_per_cid"),
            models.UniqueConstraint(fields=["room", "room_seq"], name="one_message_per_room_seq"),
        ]
        indexes = [
            models.Index(fields=["room", "state"]),
            models.Index(fields=["author", "made_at"]),
        ]

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """One line of one stream. Words are never kept here: they are read from where they may be."""

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="entries")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="entries")
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="one_entry_per_seq")]

    def __str__(self) -> str:
        return f"{self.stream_id}/{self.seq}"


class Alert(models.Model):
    """Somebody may be in danger. Open until a named person takes it (G1)."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="alerts")
    key = models.CharField(max_length=16, unique=True, default=new_id)
    message = models.OneToOneField(Message, models.CASCADE, related_name="alert")
    desk_seq = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)
    stepped_at = models.DateTimeField()
    taken_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["taken_at", "stepped_at"])]

    def __str__(self) -> str:
        return self.key


from chat.held import HeldText  # noqa: E402, F401  Django looks for tables here
