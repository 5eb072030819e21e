"""From a line to a verdict: runs the rules and keeps the gravest answer."""

from __future__ import annotations

import re

from chat.core.triage.verdict import Context, Outcome, Reason, Verdict

NOTHING_KNOWN = Context()
FAULT = Reason(
    "fault", "other", "A rule broke on this line, so a person must read it.", ""
)

_FIRST: tuple[tuple[str, str, Outcome, str, re.Pattern[str]], ...] = (
    (
        "danger_words",
        "risk",
        "alert",
        "Speaks of dying or of not being safe. Read now and stay with them.",
        re.compile(
            r"\b(kill(ing)? myself|end (my life|it all)|suicid\w*|want to die|wanna die|"
            r"not (be|wake) (here|up)|goodbye everyone|better off without me)\b"
        ),
    ),
    (
        "link",
        "link",
        "hold",
        "Contains a web address.",
        re.compile(r"(https?://|www\.|\b\w{2,}\.(com|co\.uk|org|net|gg|io)\b)"),
    ),
    (
        "long_number",
        "contact",
        "hold",
        "Contains a number long enough to call.",
        re.compile(r"(?:\d[ -]?){9,}"),
    ),
    (
        "handle",
        "contact",
        "hold",
        "Asks for or gives a way to meet outside this room.",
        re.compile(r"\b(add me on|ur (snap|insta)|your (snap|insta)|@\w{3,})"),
    ),
)


def judge(text: str, context: Context = NOTHING_KNOWN) -> Verdict:
    """What to do with this line. Never raises: whatever goes wrong inside means hold (H5)."""
    try:
        found = [
            (outcome, Reason(rule, kind, say, match.group()))
            for rule, kind, outcome, say, pattern in _FIRST
            if (match := pattern.search(text.casefold()))
        ]
    except Exception:  # noqa: BLE001  whatever breaks, the line waits for a person
        return Verdict("hold", (FAULT,))
    if not found:
        return Verdict("publish")
    alert = any(outcome == "alert" for outcome, _ in found)
    reasons = tuple(reason for _, reason in found)
    return Verdict("alert" if alert else "hold", reasons, care=alert)
