"""What a client makes of entries, in Python: folds them into a snapshot (L11).

The client's own reducer is tried in `tests.chat.test_convergence`; this one is short, and serves to
compare after every step of a schedule.
"""

from __future__ import annotations

from typing import Any

from chat.protocol import SNAPSHOT_MESSAGES

Shot = dict[str, Any]


def fold(shot: Shot, stream: str, entry: dict[str, Any]) -> None:
    """Apply one entry to a snapshot (as plain JSON values), in place."""
    shot["tops"][stream] = entry["n"]
    if stream == "room":
        _room(shot, entry)
    elif stream == "desk":
        _desk(shot, entry)
    elif shot["me"]["part"] == "young":
        _own(shot, entry)
    else:
        _line(shot, stream, entry)


def _room(shot: Shot, entry: dict[str, Any]) -> None:
    kind = entry["k"]
    if kind == "message":
        shot["messages"] = [*shot["messages"], entry][-SNAPSHOT_MESSAGES:]
        if shot.get("own"):
            shot["own"]["items"] = _without(shot["own"]["items"], entry["id"])
    elif kind == "gone":
        for message in shot["messages"]:
            if message["id"] == entry["id"]:
                message["body"], message["gone"] = None, entry["how"]
    elif kind == "room":
        shot["room"].update(state=entry["state"], why=entry["why"])
    elif kind == "joined":
        others = [m for m in shot["members"] if m["who"] != entry["member"]["who"]]
        shot["members"] = [*others, entry["member"]]
    else:
        for member in shot["members"]:
            if member["who"] == entry["who"]:
                member["out"] = True


def _own(shot: Shot, entry: dict[str, Any]) -> None:
    own, kind = shot["own"], entry["k"]
    if kind == "own":
        items = _without(own["items"], entry.get("replaces"))
        kept = {k: v for k, v in entry.items() if k not in ("k", "replaces")}
        own["items"] = [*items, {**kept, "state": "held"}]
    elif kind == "outcome":
        _outcome(own, entry)
    elif kind == "line":
        own["line"].append(entry)
    elif kind == "muted":
        own["muted"] = entry["until"]


def _outcome(own: dict[str, Any], entry: dict[str, Any]) -> None:
    state, before = entry["state"], [i for i in own["items"] if i["id"] == entry["id"]]
    own["items"] = _without(own["items"], entry["id"])
    if state not in ("declined", "sent_back", "removed"):
        return
    kept = ("n", "at", "id", "state", "say", "note")
    told: dict[str, Any] = {key: entry[key] for key in kept if key in entry}
    if state == "removed":
        own["items"].append(told | {"cid": "", "body": None})
    elif before:
        own["items"].append(before[0] | told)


def _line(shot: Shot, stream: str, entry: dict[str, Any]) -> None:
    handle, desk = stream.removeprefix("seat:"), shot["desk"]
    if entry["k"] == "line":
        desk["lines"].setdefault(handle, []).append(entry)
    elif entry["k"] == "muted":
        desk["muted"].pop(handle, None)
        if entry["until"]:
            desk["muted"][handle] = entry["until"]


def _desk(shot: Shot, entry: dict[str, Any]) -> None:
    desk, kind = shot["desk"], entry["k"]
    if kind == "item":
        desk["items"].append({"state": "held", **entry})
    elif kind == "alert":
        desk["alerts"].append(entry)
    elif kind == "claimed":
        _put(desk["items"], entry["id"], claimed_by=entry["by"])
    elif kind == "decided":
        told = {"state": entry["state"], "by": entry.get("by"), "note": entry.get("note", "")}
        _put(desk["items"], entry["id"], claimed_by=None, **told)
    elif kind == "acknowledged":
        _put(desk["alerts"], entry["alert"], by=entry["by"])
    elif kind == "escalated":
        _put(desk["alerts"], entry["alert"], step=entry["step"])
    elif kind == "how":
        desk["how"][entry["who"]] = entry["how"]


def _put(rows: list[dict[str, Any]], key: str, **values: object) -> None:
    for row in rows:
        if row["id"] == key:
            row.update(values)


def _without(items: list[dict[str, Any]], key: str | None) -> list[dict[str, Any]]:
    return [item for item in items if item["id"] != key]


def plain(shot: Shot) -> Shot:
    """A snapshot with what does not count left out: defaults, the order of sets, and the role on
    somebody's card, which is what it was when they came in."""
    made = dict(shot)
    cards = [{k: v for k, v in _bare(m).items() if k != "role"} for m in shot["members"]]
    made["members"] = sorted(cards, key=lambda m: str(m["who"]))
    for part in ("own", "desk"):
        made[part] = {
            name: [_bare(it) for it in value] if isinstance(value, list) else value
            for name, value in (shot.get(part) or {}).items()
        }
    made["messages"] = [_bare(message) for message in shot["messages"]]
    made["me"] = {k: v for k, v in shot["me"].items() if k not in ("streams", "role")}
    for item in (made["desk"] or {}).get("items", ()):
        item.setdefault("state", "held")
    if made["desk"]:
        lines = made["desk"]["lines"].items()
        made["desk"]["lines"] = {who: [_bare(it) for it in each] for who, each in lines}
    return made


def difference(one: Any, other: Any, where: str = "") -> str:
    """Where two plain values differ, in a few words; empty if they do not."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted({*one, *other})
        return "".join(difference(one.get(k), other.get(k), f"{where}.{k}") for k in keys)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return "".join(difference(a, b, f"{where}[{n}]") for n, (a, b) in pairs)
    return "" if one == other else f" {where}: {one!r} or {other!r};"


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    empty: tuple[object, ...] = (None, "", False, 0, [])
    return {key: value for key, value in row.items() if value not in empty}
