"""Every refusal of the room: a stable code (listed in `chat.protocol`) and one kind sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SAY = {
    "not_json": _("We couldn't read that. Nothing was lost."),
    "unknown_kind": _("We don't know what that is. Nothing was changed."),
    "bad_field": _("Something in that didn't fit. Nothing was changed."),
    "hello_first": _("We need to say hello first."),
    "too_long": _("That is a bit too long. You could send it in two parts."),
    "empty": _("There are no words in it yet."),
    "too_fast": _("That was a lot at once. Wait a moment, then send again. We've kept it."),
    "not_open": _("The room isn't open yet. The counsellors open it."),
    "paused": _("The room is paused for now. You can still write to the counsellors."),
    "closed": _("This evening is over. Your words are still here."),
    "muted": _("You can read along for now. The private line to the counsellors is open."),
    "same_cid": _("That was sent before with other words. Please send it again."),
    "missing": _("That isn't here any more."),
    "decided": _("Somebody else has decided this one."),
    "changed": _("The words have changed. Please read them again."),
    "reason_needed": _("Please choose a reason, so that the young person can be told."),
    "not_allowed": _("That is for a counsellor or the safeguarding lead."),
    "alert_open": _("An alert is still waiting for somebody. Take it first."),
    "adults_needed": _("The room needs more adults before it can open."),
    "signed_out": _("You are signed out. Your words are still here."),
    "left": _("You have left this room."),
    "unavailable": _("We can't keep anything just now. Your words stay here. Try again soon."),
}

WITHHELD = {
    "contact": _("It had a way to reach somebody outside this room, so we kept it here."),
    "detail": _("It had details that could be hard for others to read."),
    "method": _("It named ways of getting hurt. We keep those out of the room."),
    "unkind": _("It could hurt somebody here."),
    "worrying": _(
        "It sounded like things are really hard. "
        "A counsellor would like to talk with you in the private line."
    ),
    "private": _("It could tell others who you or somebody else is."),
    "other": _("A counsellor will tell you more in the private line."),
}
SENT_BACK = _("Nearly there. Could you change it a little and send it again?")


class Refused(Exception):
    """A request that the room does not carry out. ``care``: the words spoke of danger."""

    def __init__(self, code: str, *, care: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.care = care

    @property
    def say(self) -> str:
        """The sentence to show."""
        return str(SAY[self.code])
