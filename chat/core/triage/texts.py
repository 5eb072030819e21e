"""What triage says, in two voices: to the desk about each rule, to the author about each kind.

Kept in one table so that it can be translated and read through in one sitting. Marked, not
translated, here: whoever shows a sentence translates it.
"""

from __future__ import annotations

from typing import Final


def gettext_noop(text: str) -> str:
    """Marks a sentence for translation."""
    return text


_ = gettext_noop

SAY: Final[dict[str, str]] = {
    "wants_to_die": _(
        "Speaks of wanting to be dead or not to wake up. Answer at once, stay with them."
    ),
    "kills_self": _(
        "Speaks of killing themselves or of an attempt. Answer at once, tell the lead."
    ),
    "goodbye": _("Sounds like a goodbye for good, or like giving things away. Ask directly, now."),
    "last_words": _("Sounds like last words, or like something made ready. Ask directly, now."),
    "burden": _(
        "Says others would be better off without them. Ask directly whether they think of dying."
    ),
    "just_done": _("May have hurt themselves or taken something just now. Ask, and think of 999."),
    "not_safe": _("May not be able to stay safe now. Stay with them and tell the lead."),
    "plan": _("Sounds like a plan, a date or things made ready. Ask directly, tell the lead."),
    "asks_lethal": _(
        "Asks what would be deadly. Do not answer it here; ask directly, tell the lead."
    ),
    "other_in_danger": _(
        "Somebody they know may be in danger, or they may hurt somebody. Ask who and where."
    ),
    "hits_me": _("Speaks of being hurt or not safe at home. Believe them, tell the lead tonight."),
    "touches_me": _("Speaks of abuse. Believe them, ask no details here, tell the lead tonight."),
    "no_future": _("Does not see themselves alive much longer. Ask directly, stay with them."),
    "farewell": _("Sounds like a farewell for good. Ask directly whether they think of dying."),
    "puts_in_order": _("Puts things in order as if to be gone. Ask directly, tell the lead."),
    "decided": _("Sounds as if they have decided or made ready. Ask directly, tell the lead now."),
    "wish_gone": _("Speaks of not wanting to live or of no way out. Answer at once."),
    "burdens_all": _(
        "Thinks others would be better off. Ask directly whether they think of dying."
    ),
    "at_the_edge": _("May be close to hurting themselves now. Stay with them and tell the lead."),
    "harm_now": _("May be hurt or ill just now. Ask where they are, and think of 999."),
    "harmed_by_others": _("Somebody may be hurting them. Believe them, tell the lead tonight."),
    "friend_now": _("Somebody they know may be in danger now. Ask who and where, tell the lead."),
    "web_address": _("Contains a web address. Links lead out of the room and unread."),
    "spelled_address": _("Points to a web page in words. Nobody here can check where it leads."),
    "number": _("Contains a number that somebody could call."),
    "email": _("Contains an e-mail address."),
    "handle": _("Contains what looks like a handle."),
    "gives_handle": _("Gives a way to be found outside this room."),
    "asks_handle": _("Asks others for a way to reach them outside this room."),
    "off_platform": _("Asks to talk where no adult can look after anybody."),
    "meets_up": _("Is about where people are, or about meeting in person."),
    "sexual_words": _(
        "Sexual words. Think about who this may reach, and about whether they are safe."
    ),
    "asks_body": _(
        "Asks about bodies or for pictures. May be grooming: tell the lead if it goes on."
    ),
    "grooming": _("Sounds like an adult, or like somebody making a secret tie. Tell the lead."),
    "asks_tools": _("Asks for or names what is used to self-harm. Others should not read it."),
    "asks_hiding": _("Is about hiding self-harm. Ask in the private line how they are."),
    "gives_way": _("Compares, asks for or offers ways. Others should not read it."),
    "urges_suicide": _("Tells somebody to die. Look after whoever it was meant for."),
    "urges": _("Urges others to self-harm or to give in."),
    "glorifies": _("Praises or compares self-harm. It can pull others along."),
    "full_name": _("Contains what looks like a real name."),
    "school": _("Contains what looks like a school."),
    "place": _(
        "Contains what looks like an address, or something that only one person here could be."
    ),
    "birthday_place": _("A birthday together with a place: enough to find somebody."),
    "clinician": _("Names a teacher, doctor or other adult, or where they work."),
    "wound_detail": _("Describes a wound or blood. Hard for others to read; ask how they are now."),
    "drugs": _("Is about drugs or misused medicine."),
    "drinking": _("Is about drinking, as a way to cope or as something to join."),
    "smoking": _("Is about smoking or vaping, praised or offered."),
    "insults_you": _(
        "Sounds unkind to somebody here, or about themselves in somebody else's voice."
    ),
    "shuts_out": _("Sounds like shutting somebody out or belittling them."),
    "pieces": _("Together with their last lines this says something that is held."),
    "everything": _("The room is set so that every message is read first."),
    "new_member": _("New here: their messages are read first."),
    "fault": _("A rule broke on this line, so a person must read it."),
}

FOR_AUTHOR: Final[dict[str, str]] = {
    "contact": _(
        "It seems to have a way to reach somebody outside this room. "
        "We keep those out, so that everybody stays safe. You could say it without."
    ),
    "link": _(
        "It seems to have a link. Links don't go into the room. You could tell us what it is about."
    ),
    "identity": _(
        "It could tell others who or where somebody is. You could say it without the name or place."
    ),
    "risk": _(
        "It sounds like things are hard. A counsellor is reading this and will write to you."
    ),
    "method": _(
        "It is about ways of getting hurt. Some here would find that hard to read. "
        "You could say how you feel instead."
    ),
    "encourage": _(
        "It could make it harder for somebody to stay safe. You could say what it is like for you."
    ),
    "bullying": _("It could hurt somebody here. You could say it in a kinder way."),
    "graphic": _(
        "It has details that could be hard for others to read. "
        "You could say how you feel without them."
    ),
    "substance": _(
        "It is about drink, drugs or tablets. You could say what was going on for you instead."
    ),
    "sexual": _(
        "It is too private for this room. "
        "If somebody made you uneasy, tell the counsellors in the private line."
    ),
    "other": _("A counsellor is reading this first."),
}
