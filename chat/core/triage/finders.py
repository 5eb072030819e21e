"""Small matchers for what a row of words cannot say: addresses and handles. More in other files."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from chat.core.triage.letters import fold
from chat.core.triage.names import find_adult, find_full_name, find_place, find_school
from chat.core.triage.numbers import find_number
from chat.core.triage.reading import Reading
from chat.core.triage.verdict import Context
from chat.core.triage.words import group

# Endings that are no English words; those that are need a path behind them to be an address.
_ENDING: Final = (
    r"(?:com|co\.?uk|org|net|gg|io|tv|ly|app|xyz|links?|info|club|online|site|website|dev|uk|eu|edu"
    r"|gov|biz|chat|blog|page|pw|ru|de|fr|ie|example|cc|ws|art|live|shop|store|space|world|tech)"
)
_WORD_ENDING: Final = (
    r"(?:me|be|to|it|is|in|so|us|my|at|am|do|id|la|st|re|ee|sh|fm|gl|fi|co|ai|gd|ch|no|pl|es|lol"
    r"|fun|top|one|life|today|social)"
)
_SHORT: Final = (
    r"(?:youtu\.be|t\.me|wa\.me|linktr\.ee|redd\.it|goo\.gl|amzn\.to|spoti\.fi|is\.gd|v\.gd|dsc\.gg"
    r"|cutt\.ly|m\.me|fb\.me|ig\.me)"
)
_WEB: Final = re.compile(
    rf"\b(?:https?|hxxps?|htt?ps?|ftp) ?[:;] ?/|\bhttps?\b|\bhxxps?\b|\bwww ?[.,]"
    rf"|[a-z0-9-]{{2,40}}\.{_ENDING}(?![a-z0-9'-])"
    rf"|[a-z0-9]{{2,40}} ?[\[({{<] ?(?:\.|dot|punto|d0t) ?[\])}}>] ?[a-z]{{2,10}}\b"
    rf"|[a-z0-9]{{2,40}} \. ?(?:com|org|net|co ?\. ?uk|gg|io)\b"
    rf"|[a-z0-9]{{3,40}}[,;](?:com|co[.,]?uk|org|net|gg)\b"
    rf"|\b{_SHORT}\b"
    rf"|[a-z0-9-]{{2,40}}\.{_WORD_ENDING}/[a-z0-9]"
    rf"|\b(?:\d{{1,3}}\.){{3}}\d{{1,3}}\b"
    rf"|\b(?:tiktok|instagram|insta|discord|youtube|reddit|snapchat|pastebin|tinyurl|bit)"
    rf" ?(?:\.|dot) ?[a-z]{{2,3}}\b"
)
_MAIL_HOST: Final = r"(?:gmail|hotmail|outlook|icloud|yahoo|proton(?:mail)?|live|aol)"
_EMAIL: Final = re.compile(
    r"[a-z0-9.+_-]{1,40} ?(?:@|[\[({<] ?at ?[\])}>]) ?[a-z0-9-]{2,40}"
    r" ?(?:\.|,|\bdot\b|[\[({] ?dot ?[\])}]) ?[a-z]{2,6}"
    r"|[a-z0-9._]{3,40} at [a-z0-9-]{2,30} ?(?:\.|\bdot\b) ?(?:com|co|net|org|uk)\b"
    rf"|[a-z0-9._]{{2,40}} ?(?:@|\(?\bat\)?) ?{_MAIL_HOST}\b"
)
_MENTION: Final = re.compile(r"(?<![\w@.])@ ?([a-z][a-z0-9_.]{2,30})")
_TAGGED: Final = re.compile(r"\b[a-z][a-z0-9_.]{1,30} ?# ?\d{3,5}\b")
_UNDERSCORED: Final = re.compile(r"\b[a-z0-9]{2,20}(?:_+[a-z0-9]{1,20}){1,4}\b")
_HANDLE_LIKE: Final = re.compile(
    r"\b(?:[a-z]{3,20}\.[a-z0-9]{2,20}|[a-z]{3,20}[._-]?\d{1,6}(?:[a-z]{1,6}\d{0,4})?"
    r"|[a-z]{2,15}[._]\d+)\b"
)
_LABELLED: Final = re.compile(
    r"\b(?:insta(?:gram)?|ig|snap(?:chat)?|sc|disc(?:ord)?|tiktok|kik|psn|user(?:name)?)"
    r" ?[:=] ?[a-z0-9._-]{3,30}"
)
_PLATFORMS: Final = group("platforms")
_PLATFORMS_START: Final = tuple(sorted(group("platforms_start")))
_NOT_HANDLES: Final = group("not_handles")
_ORDINARY: Final = re.compile(
    r"^(?:\d+|(?:year|week|day|part|lv|level|ps|number|room|chapter|page|season|gta|fifa|y|iphone"
    r"|age|top|ch|ep|no|grade|under|u|f|mp|covid-?|step|group)\d+|ok\.[a-z.]+|[a-z]+\.\.+[a-z]*)$"
)


def find_link(reading: Reading, context: Context) -> str | None:
    """A web address, however it is dressed."""
    text = reading.folded
    if not any(sign in text for sign in (".", ",", "dot", "tt", "xx", ";")):
        return None
    for found in _WEB.finditer(text):
        if "@" not in text[max(0, found.start() - 1) : found.end()]:
            return reading.folded_piece(*found.span())
    return None


def find_email(reading: Reading, context: Context) -> str | None:
    """An e-mail address, also with “at” and “dot” in words."""
    text = reading.folded
    if not any(sign in text for sign in ("@", " at", "(at", "[at", "{at", "<at")):
        return None
    found = _EMAIL.search(text)
    return reading.folded_piece(*found.span()) if found else None


def find_handle(reading: Reading, context: Context) -> str | None:
    """A handle: after @, with # and figures, with underscores, or shaped so beside a platform."""
    text = reading.folded
    ours = {fold(name) for name in context.nicknames}
    for sign, shape in (("@", _MENTION), ("#", _TAGGED), ("_", _UNDERSCORED)):
        if sign in text:
            for found in shape.finditer(text):
                name = found.group().lstrip("@ ").rstrip(".")
                if name not in _NOT_HANDLES and name not in ours:
                    return reading.folded_piece(*found.span())
    labelled = _LABELLED.search(text) if ":" in text or "=" in text else None
    if labelled:
        return reading.folded_piece(*labelled.span())
    if (reading.has_figures or "." in text) and _names_platform(text):
        for found in _HANDLE_LIKE.finditer(text):
            if not _ORDINARY.match(found.group()) and found.group() not in ours:
                return reading.folded_piece(*found.span())
    return None


def _names_platform(text: str) -> bool:
    words = text.split()
    return not _PLATFORMS.isdisjoint(words) or any(it.startswith(_PLATFORMS_START) for it in words)


FINDERS: Final[dict[str, Callable[[Reading, Context], str | None]]] = {
    "link": find_link,
    "email": find_email,
    "handle": find_handle,
    "number": find_number,
    "full_name": find_full_name,
    "school": find_school,
    "place": find_place,
    "adult": find_adult,
}
