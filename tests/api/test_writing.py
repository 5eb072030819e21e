"""Acting by plain HTTP: the same table and the same answers as over a socket."""

from __future__ import annotations

import sqlite3

import pytest

from config.phones import Frame
from tests.api.caller import Caller, caller
from tests.evening import HOLD
from tests.live.conftest import Running
from tests.live.test_socket import together

WHERE = ("id", "state", "stream", "seq")


@pytest.mark.promise("L1", "L5")
async def test_a_message_reaches_the_sockets(running: Running) -> None:
    async with together(running, "juniper") as (robin, *_adults):
        sky = caller(running, "lowtide")
        await sky.poll()
        answer = await sky.messages(cid="http-1", body="hello by post")
        assert answer.status == 200
        entry = await robin.until("message", cid="http-1")
        assert (entry["n"], entry["id"]) == (answer.frame["seq"], answer.frame["id"])


@pytest.mark.promise("L2")
async def test_a_re_send_by_another_door_gets_the_same_answer(running: Running) -> None:
    async with together(running, "juniper") as (robin, *_adults):
        first = await robin.send("said by socket", cid="both-doors")
        again = await caller(running, "juniper").messages(cid="both-doors", body="said by socket")
        assert {key: again.frame[key] for key in WHERE} == {key: first[key] for key in WHERE}
        other = await caller(running, "juniper").messages(cid="both-doors", body="other words")
        assert other.refusal == (409, "same_cid")


@pytest.mark.promise("H2", "G2")
async def test_the_desk_decides_by_http(running: Running) -> None:
    async with together(running, "juniper") as (robin, maya, _jo):
        held = await robin.send(HOLD)
        item = await maya.until("item", id=held["id"])
        desk = caller(running, "Jo")
        claim = await desk.frames("claim", cid="c", id=held["id"])
        assert claim.frame == {"t": "done", "cid": "c"}
        fields = {"id": held["id"], "decision": "approve", "sha": item["sha"]}
        assert (await desk.frames("decide", cid="d", **fields)).status == 200
        assert (await robin.until("message", id=held["id"]))["body"] == HOLD
        assert (await desk.frames("decide", cid="e", **fields)).refusal == (409, "decided")


async def test_words_are_taken_back_by_http(running: Running) -> None:
    async with together(running, "juniper") as (robin, *_adults):
        sent = await robin.send("never mind")
        done = await caller(running, "juniper").frames("withdraw", cid="w", id=sent["id"])
        assert done.status == 200
        assert (await robin.until("gone", id=sent["id"]))["how"] == "withdrawn"


@pytest.mark.promise("W1")
@pytest.mark.parametrize(
    "origin", [None, "null", "https://127.0.0.1", "http://127.0.0.1:1", "http://evil.example"]
)
async def test_what_another_origin_sends_is_not_kept(running: Running, origin: str | None) -> None:
    async with together(running, "juniper") as (_robin, *_adults):
        stranger = caller(running, "juniper")
        stranger.origin = origin
        before = stored(running)
        for what, body in (("messages", SEND), ("frames", {"t": "send", **SEND})):
            assert (await stranger.post(what, body)).refusal == (403, "not_allowed")
        assert stored(running) == before


async def test_no_token_is_needed_beside_the_exact_origin(running: Running) -> None:
    async with together(running, "juniper") as (_robin, *_adults):
        bare = caller(running, "juniper")
        cookies = [part for part in bare.cookie.split("; ") if not part.startswith("csrf=")]
        bare.cookie = "; ".join(cookies)
        assert (await bare.messages(cid="tokenless", body="hello")).status == 200


@pytest.mark.promise("W4")
async def test_nobody_signed_in(running: Running) -> None:
    for cookie in ("", "session=nonsense"):
        nobody = Caller(running.server.base_url, running.server.demo["room"]["id"], cookie)
        assert (await nobody.messages(**SEND)).refusal == (401, "signed_out")
        assert (await nobody.frames("open", cid="o")).refusal == (401, "signed_out")
        assert (await nobody.poll()).refusal == (401, "signed_out")


@pytest.mark.promise("I2")
async def test_missing_and_forbidden_rooms_are_the_same(running: Running) -> None:
    closed = rooms(running, "closed")
    assert closed
    for name in ("juniper", "Noor", "Femi"):
        one = caller(running, name)
        here = [] if name == "juniper" else [one.room]
        answers = set()
        for room in ("nothinghere", "a" * 200, *closed, *here):
            one.room = room
            for answer in (await one.messages(**SEND), await one.poll()):
                assert answer.refusal == (404, "missing")
            answers.add(answer.raw)
        assert len(answers) == 1


@pytest.mark.promise("W3", "L9")
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "not_json"),
        (b"", 400, "not_json"),
        (b"\xff\xfe\x00", 400, "not_json"),
        (b'{"cid":"a","body":"\\ud800"}', 400, "not_json"),
        (b"[" * 9000, 400, "bad_field"),
        (b'{"cid":' + b"[" * 9000, 400, "not_json"),
        (b"[]", 400, "bad_field"),
        (b"null", 400, "bad_field"),
        ({"cid": "a"}, 400, "bad_field"),
        ({"cid": "a b", "body": "x"}, 400, "bad_field"),
        ({"cid": "a\n", "body": "x"}, 400, "bad_field"),
        ({"cid": "a", "body": "x", "more": 1}, 400, "bad_field"),
        ({"cid": "a", "body": "x", "to": "desk"}, 400, "bad_field"),
        ({"cid": "a", "body": " \n "}, 400, "empty"),
        ({"cid": "a", "body": "x" * 1001}, 413, "too_long"),
        ({"cid": "a", "body": "x" * 20000}, 413, "too_long"),
        (b"x" * 100_000, 413, "too_long"),
        (b"x" * 300_000, 413, ""),
        ({"cid": "a", "body": "x", "reply_to": "nothing"}, 404, "missing"),
    ],
)
async def test_a_message_that_does_not_fit(
    running: Running, body: Frame | bytes, status: int, code: str
) -> None:
    async with together(running, "lowtide") as (_sky, *_adults):
        before = stored(running)
        answer = await caller(running, "lowtide").post("messages", body)
        assert answer.status == status
        assert not code or answer.frame["code"] == code
        assert stored(running) == before


@pytest.mark.promise("W3")
@pytest.mark.parametrize(
    ("name", "frame", "status", "code"),
    [
        ("lowtide", {"t": "nothing"}, 400, "unknown_kind"),
        ("lowtide", {"t": "hello"}, 400, "unknown_kind"),
        ("lowtide", {"t": "beat"}, 400, "unknown_kind"),
        ("lowtide", {"cid": "a"}, 400, "bad_field"),
        ("lowtide", {"t": "open", "cid": "a"}, 403, "not_allowed"),
        ("lowtide", {"t": "mute", "cid": "a", "who": "b", "minutes": 5}, 403, "not_allowed"),
        ("Maya", {"t": "mute", "cid": "a", "who": "b", "minutes": 5}, 404, "missing"),
        ("Maya", {"t": "mute", "cid": "a", "who": "b", "minutes": 10**30}, 400, "bad_field"),
        ("Maya", {"t": "claim", "cid": "a", "id": "b"}, 404, "missing"),
        ("Jo", {"t": "acknowledge", "cid": "a", "alert": "b"}, 403, "not_allowed"),
        ("Maya", {"t": "acknowledge", "cid": "a", "alert": "b"}, 404, "missing"),
    ],
)
async def test_an_act_that_does_not_fit(
    running: Running, name: str, frame: Frame, status: int, code: str
) -> None:
    async with together(running, "lowtide") as (_sky, *_adults):
        assert (await caller(running, name).post("frames", frame)).refusal == (status, code)


@pytest.mark.promise("W3")
@pytest.mark.parametrize(
    ("method", "what"),
    [("GET", "messages"), ("PUT", "messages"), ("GET", "frames"), ("DELETE", "frames")],
)
async def test_another_method(running: Running, method: str, what: str) -> None:
    one = caller(running, "juniper")
    answer = await one.request(method, f"/api/rooms/{one.room}/{what}", b"{}")
    assert answer.status == 405


@pytest.mark.promise("W5")
async def test_no_answer_is_kept_by_anybody(running: Running) -> None:
    one = caller(running, "juniper")
    for answer in (await one.poll(), await one.messages(), await Caller(one.base_url, "x").poll()):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


SEND: Frame = {"cid": "stranger", "body": "hello"}


def stored(running: Running) -> int:
    """How many messages the database holds."""
    return int(ask(running, "SELECT count(*) FROM chat_message")[0][0])


def rooms(running: Running, state: str) -> list[str]:
    """The ids of the rooms in this state."""
    rows = ask(running, "SELECT id FROM chat_room WHERE state = ?", state)
    return [str(row[0]) for row in rows]


def ask(running: Running, sql: str, *values: str) -> list[tuple[str | int, ...]]:
    """Read the server's database file."""
    base = sqlite3.connect(f"file:{running.server.folder / 'waymark.sqlite3'}?mode=ro", uri=True)
    try:
        return list(base.execute(sql, values))
    finally:
        base.close()
