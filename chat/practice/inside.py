"""The door in this process: scripted people act through the policies like any client."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from chat import policy, protocol
from chat.access import Access, NotHere, Person, room_for
from chat.actions import members
from chat.models import Entry, Message
from chat.practice.company import PREFIX
from chat.practice.news import CameIn, News, SentBack, StaffSaid, StaffWrote
from chat.protocol import ROOM
from chat.refusals import Refused

HEARD = ("message", "own", "line", "outcome")
MOST_HEARD = 200


class Inside:
    """One room and the places in it that are played: a person for each speaker."""

    def __init__(self, room_id: str, cast: Mapping[int, Person]) -> None:
        self.room_id = room_id
        self.cast = cast
        self._ways: dict[int, Access] = {}
        self._places: dict[int, int] = {}
        self._heard = self._last_entry()

    def enter(self, who: int, now: datetime) -> bool:
        """Bring a speaker in. False if the room does not let them."""
        try:
            access = room_for(self.cast[who], self.room_id, now)
            member = members.enter(access, now)
        except (NotHere, Refused):
            return False
        self._ways[who] = access
        self._places[member.pk] = who
        return True

    def send(self, who: int, frame: protocol.Send, now: datetime) -> protocol.Ok:
        """Write as this speaker. Raises `Refused`."""
        if who not in self._ways:
            raise Refused("left")
        answer = policy.carry_out(self._ways[who], frame, now)
        assert isinstance(answer, protocol.Ok)
        return answer

    def open(self, who: int, now: datetime) -> None:
        """Open the room, as this adult. Raises `Refused`."""
        if who not in self._ways:
            raise Refused("left")
        policy.carry_out(self._ways[who], protocol.Open(cid=f"{PREFIX}open"), now)

    def said(self) -> dict[str, str]:
        """The messages that scripted people wrote here in earlier runs: key by cid."""
        ours = Message.objects.filter(room=self.room_id, cid__startswith=PREFIX)
        return {cid.removeprefix(PREFIX): key for cid, key in ours.values_list("cid", "key")}

    def news(self) -> list[News]:
        """What happened since it was asked last, in the order of the log. One query."""
        entries = (
            Entry.objects.filter(stream__room=self.room_id, pk__gt=self._heard, kind__in=HEARD)
            .select_related(
                "stream", "message__author__seat", "message__author__account", "message__line"
            )
            .order_by("pk")[:MOST_HEARD]
        )
        found = []
        for entry in entries:
            self._heard = entry.pk
            news = self._news_of(entry)
            if news is not None:
                found.append(news)
        return found

    def _last_entry(self) -> int:
        last = Entry.objects.filter(stream__room=self.room_id).aggregate(last=Max("pk"))["last"]
        return last or 0

    def _news_of(self, entry: Entry) -> News | None:
        message = entry.message
        if message is None:
            return None
        cid = message.cid.removeprefix(PREFIX)
        ours = cid != message.cid
        if entry.kind == "outcome":
            sent_back = ours and entry.data.get("state") == "sent_back"
            return SentBack(cid) if sent_back else None
        if ours:
            return None
        author = message.author
        if author.seat is not None:
            # Words that we did not write: somebody real has this place.
            return CameIn(author.seat.nickname, self._places.get(author.pk, 0), greet=False)
        assert author.account is not None
        if message.line is not None:
            who = self._places.get(message.line.pk, 0)
            return StaffWrote(who, author.account.name) if who else None
        return StaffSaid(author.account.name, message.body) if entry.stream.name == ROOM else None
