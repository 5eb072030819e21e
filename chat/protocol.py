"""The wire of the room: every frame and every entry, in both directions, in one place.

Frames carry their kind in ``t``, entries in ``k``. ``frontend/src/protocol.ts`` is generated
from this file (``manage.py protocol``); a test fails when it is stale. No Django, no I/O.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

ROOM = "room"
DESK = "desk"
SEAT_PREFIX = "seat:"

MAX_FRAME_BYTES = 16 * 1024
MAX_BODY_CHARS = 1000
MAX_NOTE_CHARS = 300
SNAPSHOT_MESSAGES = 60
SNAPSHOT_ITEMS = 100
SNAPSHOT_LINES = 60
BEAT_SECONDS = 5
SILENT_SECONDS = 11
WINDOW_ENTRIES = 64

Key = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9_-]+\Z")]
Body = Annotated[str, Meta(max_length=4 * MAX_BODY_CHARS)]
Note = Annotated[str, Meta(max_length=MAX_NOTE_CHARS)]
Sha = Annotated[str, Meta(min_length=64, max_length=64, pattern=r"^[0-9a-f]+\Z")]
Tops = dict[str, Annotated[int, Meta(ge=0)]]

RoomState = Literal["lobby", "open", "paused", "closed"]
Why = Literal["", "staff", "adults", "time"]
Part = Literal["young", "staff"]
Decision = Literal["approve", "decline", "send_back"]
DeclineReason = Literal["contact", "detail", "method", "unkind", "worrying", "private", "other"]
Gone = Literal["removed", "withdrawn"]
ItemState = Literal["held", "published", "declined", "sent_back", "withdrawn", "removed"]
LeftHow = Literal["exit", "signed_out", "removed", "expired", "role", "over"]


# ---------------------------------------------------------------- what both sides can show


class Reason(Struct, omit_defaults=True):
    """Why triage held something: for the desk."""

    rule: str
    kind: str
    say: str
    span: str = ""


class Member(Struct, omit_defaults=True):
    """Somebody in the room as everybody may see them; ``who`` is a handle of this room only."""

    who: str
    name: str
    part: Part
    token: str = ""
    colour: str = ""
    role: str = ""
    out: bool = False


class Room(Struct):
    """The room as its lobby and its header show it; ``starts`` is an instant in ISO 8601."""

    id: str
    state: RoomState
    why: Why
    title: str
    week: int
    weeks: int
    starts: str


class Me(Struct):
    """Who the connection speaks for, and the streams that it follows."""

    who: str
    part: Part
    name: str
    role: str
    streams: list[str]


# ---------------------------------------------------------------- entries: what the log says


class Entry(Struct, tag_field="k", omit_defaults=True):
    """One line of an audience stream; ``n`` is its place, ``at`` a hint for showing (ISO)."""

    n: int
    at: str


class Message(Entry, tag="message"):
    """A published message. ``body`` is None once it is gone, so that no read returns its words."""

    id: str
    who: str
    body: str | None
    cid: str = ""
    reply_to: str | None = None
    gone: Gone | None = None


class GoneEntry(Entry, tag="gone"):
    """A published message leaves every screen."""

    id: str
    how: Gone


class StateEntry(Entry, tag="room"):
    """The room opened, paused or closed."""

    state: RoomState
    why: Why


class Joined(Entry, tag="joined"):
    """Somebody came in."""

    member: Member


class Left(Entry, tag="left"):
    """Somebody is out; nothing says why. In a seat or staff stream it ends the connection."""

    who: str


class Own(Entry, tag="own"):
    """The author's own message that the room does not see (yet): stays in their seat stream.

    ``care`` asks the screen to show help at once: the words spoke of danger.
    """

    id: str
    cid: str
    body: str
    reply_to: str | None = None
    replaces: str | None = None
    care: bool = False


class Outcome(Entry, tag="outcome"):
    """What became of one's own message; ``say`` is a kind sentence, ready to show."""

    id: str
    state: Literal["published", "declined", "sent_back", "withdrawn", "removed", "replaced"]
    say: str = ""
    note: str = ""


class Line(Entry, tag="line"):
    """A message of the private line of one young person; ``origin`` if it came from the room."""

    id: str
    who: str
    body: str
    cid: str = ""
    origin: str | None = None
    care: bool = False


class Muted(Entry, tag="muted"):
    """The young person can read but not write until ``until`` (ISO), or again if None."""

    who: str
    until: str | None


class Item(Entry, tag="item"):
    """For the desk: a message that triage stopped, with everything needed to decide.

    ``sha`` is the SHA-256 of ``body`` in hex: a decision names it, so that what is published is
    what was read. ``level`` is what triage asked for.
    """

    id: str
    who: str
    body: str
    sha: str
    level: Literal["publish", "hold", "alert"]
    reasons: list[Reason]
    state: ItemState = "held"
    line: bool = False
    replaces: str | None = None
    claimed_by: str | None = None
    by: str | None = None
    note: str = ""


class Claimed(Entry, tag="claimed"):
    """A facilitator is reading this one; None gives it back to the queue."""

    id: str
    by: str | None


class Decided(Entry, tag="decided"):
    """How a message of the desk ended, and by whom (None: by its author)."""

    id: str
    state: ItemState
    by: str | None = None
    note: str = ""


class Alert(Entry, tag="alert"):
    """Words that say somebody may be in danger; stays until a named person acknowledges it."""

    id: str
    message: str
    who: str
    body: str
    reasons: list[Reason]
    step: int = 0
    by: str | None = None


class Acknowledged(Entry, tag="acknowledged"):
    """A named person has taken the alert."""

    alert: str
    by: str


class Escalated(Entry, tag="escalated"):
    """Nobody took the alert in time: step 1 after 60 s, 2 after 3 min, then on and on."""

    alert: str
    step: int


class How(Entry, tag="how"):
    """For the desk alone: how somebody left."""

    who: str
    how: LeftHow


AnyEntry = (
    Message
    | GoneEntry
    | StateEntry
    | Joined
    | Left
    | Own
    | Outcome
    | Line
    | Muted
    | Item
    | Claimed
    | Decided
    | Alert
    | Acknowledged
    | Escalated
    | How
)


# ---------------------------------------------------------------- from the client


class ClientFrame(Struct, tag_field="t", forbid_unknown_fields=True):
    """Anything a client may say."""


class Hello(ClientFrame, tag="hello"):
    """First frame of a socket: what the client has. An empty ``have`` asks for a snapshot."""

    have: Tops = {}
    epoch: str = ""


class Got(ClientFrame, tag="got"):
    """Flow control: the client has applied each stream up to here."""

    have: Tops


class Beat(ClientFrame, tag="beat"):
    """The client is alive; from an adult it keeps the room open."""


class Act(ClientFrame):
    """A frame that changes something; the client makes ``cid``, and the answer bears it."""

    cid: Key


class Send(Act, tag="send"):
    """Write to the room, or to the private line.

    ``seat`` names the young person where staff write to a private line. ``replaces`` names one's
    own withheld message that this one stands for.
    """

    body: Body
    to: Literal["room", "line"] = "room"
    seat: Key | None = None
    reply_to: Key | None = None
    replaces: Key | None = None


class Withdraw(Act, tag="withdraw"):
    """Take one's own message back; ``to_line`` shows it to the counsellors instead."""

    id: Key
    to_line: bool = False


class Open(Act, tag="open"):
    """Open the room, or take it out of a pause."""


class Pause(Act, tag="pause"):
    """Pause the room by hand; it stays paused until somebody opens it."""


class Close(Act, tag="close"):
    """End the evening."""


class Claim(Act, tag="claim"):
    """Say that one is reading this message; ``drop`` gives it back."""

    id: Key
    drop: bool = False


class Decide(Act, tag="decide"):
    """Decide a held message. ``sha`` is of the words that were on the screen."""

    id: Key
    decision: Decision
    sha: Sha
    reason: DeclineReason | None = None
    note: Note = ""


class Remove(Act, tag="remove"):
    """Take a published message off every screen."""

    id: Key
    reason: DeclineReason
    note: Note = ""


class Mute(Act, tag="mute"):
    """Let somebody only read for some minutes; 0 ends it."""

    who: Key
    minutes: Annotated[int, Meta(ge=0, le=60)]


class Acknowledge(Act, tag="acknowledge"):
    """Take an alert, by name."""

    alert: Key


AnyClientFrame = (
    Hello
    | Got
    | Beat
    | Send
    | Withdraw
    | Open
    | Pause
    | Close
    | Claim
    | Decide
    | Remove
    | Mute
    | Acknowledge
)


# ---------------------------------------------------------------- from the server


class ServerFrame(Struct, tag_field="t", omit_defaults=True):
    """Anything the server may say."""


class OwnView(Struct):
    """What only this young person sees: own messages not in the room, private line, mute."""

    items: list[OwnItem]
    line: list[Line]
    muted: str | None


class OwnItem(Struct, omit_defaults=True):
    """One's own message outside the room; ``body`` is None once removed."""

    n: int
    at: str
    id: str
    cid: str
    body: str | None
    state: Literal["held", "declined", "sent_back", "removed"]
    reply_to: str | None = None
    say: str = ""
    note: str = ""
    care: bool = False


class DeskView(Struct):
    """What only the desk sees; ``lines`` and ``muted`` are by handle."""

    items: list[Item]
    alerts: list[Alert]
    lines: dict[str, list[Line]]
    muted: dict[str, str]
    how: dict[str, LeftHow]


class Adults(Struct):
    """How many adults are here, and how many the room needs."""

    here: int
    needed: int


class Snapshot(ServerFrame, tag="snapshot"):
    """All that this viewer may see now. Equal to an older snapshot plus the entries since."""

    epoch: str
    me: Me
    tops: Tops
    room: Room
    members: list[Member]
    messages: list[Message]
    own: OwnView | None = None
    desk: DeskView | None = None


class Entries(ServerFrame, tag="entries"):
    """Entries of one stream, in order, without a gap."""

    s: str
    e: list[AnyEntry]


class Ok(ServerFrame, tag="ok"):
    """A send is in the log at this place; the same answer for every re-send of the cid."""

    cid: str
    id: str
    state: Literal["published", "held"]
    stream: str
    seq: int


class Done(ServerFrame, tag="done"):
    """An act other than a send was carried out."""

    cid: str


class Err(ServerFrame, tag="err"):
    """A refusal: a stable code and one kind sentence. Nothing was changed.

    ``care`` asks the screen to show help at once: the refused words spoke of danger.
    """

    code: str
    say: str
    cid: str = ""
    care: bool = False


class Alive(ServerFrame, tag="beat"):
    """Every five seconds: the tops of one's own streams; for staff also the adults here."""

    tops: Tops
    adults: Adults | None = None


AnyServerFrame = Snapshot | Entries | Ok | Done | Err | Alive


# ---------------------------------------------------------------- close codes and refusals

CLOSE_CODES: dict[int, str] = {
    4001: "signed out: sign in again",
    4004: "no such room, or not for you",
    4008: "too many frames that could not be read",
    4010: "you have left this room",
    4012: "the server is starting again: come back at once",
    4013: "nothing was heard for 30 seconds",
    4014: "the first frame was not hello",
    4029: "too many frames in a short time",
}

ERR_CODES: dict[str, str] = {
    "not_json": "the frame is not JSON, or not text",
    "unknown_kind": "no frame of that kind",
    "bad_field": "a field is missing, of another type, or out of range",
    "hello_first": "a frame came before hello, or hello came twice",
    "too_long": "the words are longer than a message may be",
    "empty": "there are no words",
    "too_fast": "more messages than ten in ten seconds",
    "not_open": "the room has not opened yet",
    "paused": "the room is paused",
    "closed": "the evening is over",
    "muted": "this person can only read for now",
    "same_cid": "the same cid came with other words",
    "missing": "no such message, alert or person here",
    "decided": "somebody else decided first",
    "changed": "the words are not those that were on the screen",
    "reason_needed": "declining and removing need a reason",
    "not_allowed": "this role may not do that",
    "alert_open": "an alert is still waiting for somebody",
    "adults_needed": "the room needs more adults before it can open",
    "signed_out": "nobody is signed in (HTTP only; a socket closes with 4001)",
    "left": "this person has left the room",
    "unavailable": "the server cannot keep anything just now",
}

_client: msgspec.json.Decoder[AnyClientFrame] = msgspec.json.Decoder(AnyClientFrame)
_encoder = msgspec.json.Encoder()


def parse(raw: bytes | str) -> AnyClientFrame:
    """Read one client frame; raises ``msgspec.DecodeError`` or ``msgspec.ValidationError``."""
    try:
        return _client.decode(raw)
    except RecursionError:
        raise msgspec.DecodeError("nested too deep") from None


def code_of(fault: msgspec.ValidationError) -> str:
    """The refusal for JSON that is not a frame."""
    kind = "Invalid value" in str(fault) and "`$.t`" in str(fault)
    return "unknown_kind" if kind else "bad_field"


def encode(frame: Struct) -> bytes:
    """Write one frame or entry."""
    return _encoder.encode(frame)


def entries_frame(stream: str, encoded: list[bytes]) -> bytes:
    """An ``entries`` frame made of entries that were encoded before, once for everybody."""
    return b'{"t":"entries","s":"%s","e":[%s]}' % (stream.encode(), b",".join(encoded))
