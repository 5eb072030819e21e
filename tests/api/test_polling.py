"""Hearing by plain HTTP: snapshots, long polls, presence, and the end of a stay."""

from __future__ import annotations

import asyncio
import socket
from urllib.parse import urlencode, urlsplit

import pytest

from config.phones import Frame, sign_in
from tests.api.caller import Answer, Caller, caller
from tests.evening import HOLD
from tests.live.conftest import Running
from tests.live.test_socket import together


def snapshot_of(answer: Answer) -> Frame:
    """The one frame of a first poll."""
    (frame,) = answer.frame["frames"]
    assert frame["t"] == "snapshot"
    made: Frame = frame
    return made


def place(shot: Frame) -> tuple[str, dict[str, int]]:
    """Where a client is after a snapshot, as it asks in the next poll."""
    return shot["epoch"], shot["tops"]


@pytest.mark.promise("L11")
async def test_the_first_poll_is_the_snapshot_of_the_socket(running: Running) -> None:
    async with together(running, "juniper") as (robin, *_adults):
        polled = snapshot_of(await caller(running, "juniper").poll())
        by_socket = running.phone("juniper")
        async with by_socket.online():
            assert await by_socket.until("snapshot") == polled
        assert polled["me"]["who"] == robin.snapshots[0]["me"]["who"]


@pytest.mark.promise("L5")
async def test_a_poll_wakes_with_the_news(running: Running) -> None:
    async with together(running, "juniper") as (robin, *_adults):
        sky = caller(running, "lowtide")
        shot = snapshot_of(await sky.poll())
        waiting = asyncio.create_task(sky.poll(*place(shot)))
        sent = await robin.send("anybody there")
        async with asyncio.timeout(2):
            answer = await waiting
        assert [entry["cid"] for entry in answer.entries()] == [sent["cid"]]


@pytest.mark.promise("L4")
async def test_polls_bring_every_entry_once_and_in_order(running: Running) -> None:
    async with together(running, "juniper") as (robin, *_adults):
        sky = caller(running, "lowtide")
        shot = snapshot_of(await sky.poll())
        have, got = dict(shot["tops"]), []
        for number in range(6):
            last = await robin.send(f"line {number}")
        while last["seq"] > have["room"]:
            answer = await sky.poll(shot["epoch"], have)
            got += [entry["n"] for entry in answer.entries()]
            have["room"] = got[-1]
        assert got == list(range(shot["tops"]["room"] + 1, last["seq"] + 1))


@pytest.mark.promise("L8")
async def test_another_epoch_gets_a_snapshot(running: Running) -> None:
    async with together(running, "juniper") as (_robin, *_adults):
        one = caller(running, "juniper")
        shot = snapshot_of(await one.poll())
        snapshot_of(await one.poll("other", {"room": 1}))
        snapshot_of(await one.poll(shot["epoch"]))


async def test_a_place_that_was_never_reached_gets_a_snapshot(running: Running) -> None:
    async with together(running, "juniper") as (_robin, *_adults):
        one = caller(running, "juniper")
        shot = snapshot_of(await one.poll())
        async with asyncio.timeout(5):
            snapshot_of(await one.poll(shot["epoch"], {"room": 999_999_999}))


@pytest.mark.promise("H1", "H6")
async def test_a_poll_shows_nothing_of_a_held_message(running: Running) -> None:
    async with together(running, "juniper") as (robin, maya, _jo):
        sky = caller(running, "lowtide")
        shot = snapshot_of(await sky.poll())
        waiting = asyncio.create_task(sky.poll(*place(shot)))
        held = await robin.send(HOLD + " canary")
        item = await maya.until("item", id=held["id"])
        again = snapshot_of(await sky.poll())
        assert again == shot, "nobody can tell that something is held"
        await maya.act("decide", id=held["id"], decision="approve", sha=item["sha"])
        (entry,) = (await waiting).entries()
        assert entry["id"] == held["id"]


async def test_a_stream_of_somebody_else_is_not_given(running: Running) -> None:
    async with together(running, "juniper") as (robin, maya, _jo):
        sky = caller(running, "lowtide")
        shot = snapshot_of(await sky.poll())
        mine = f"seat:{shot['me']['who']}"
        theirs = f"seat:{robin.snapshots[0]['me']['who']}"
        await robin.send("only for you", to="line")
        seat = maya.snapshots[0]["members"]
        assert seat
        await maya.send("and you", to="line", seat=shot["me"]["who"])
        asked = {"room": shot["tops"]["room"], theirs: 0, "desk": 0}
        answer = await sky.poll(shot["epoch"], asked)
        streams = {frame["s"] for frame in answer.frame["frames"]}
        assert streams <= {"room", mine}
        assert "only for you" not in answer.raw.decode()


@pytest.mark.promise("W3")
@pytest.mark.parametrize(
    "query",
    ["room=x", "room=-1", "room=1.5", "room=9999999999", "seat=%00", "other=1", "t=1"],
)
async def test_a_query_that_does_not_fit(running: Running, query: str) -> None:
    one = caller(running, "juniper")
    await one.poll()
    path = f"/api/rooms/{one.room}/entries?epoch=a&{query}"
    assert (await one.request("GET", path)).refusal == (400, "bad_field")


@pytest.mark.promise("H5")
async def test_two_adults_who_poll_can_open_the_room(running: Running) -> None:
    maya, jo = caller(running, "Maya"), caller(running, "Jo")
    for adult in (maya, jo):
        assert "desk" in snapshot_of(await adult.poll())
    assert (await maya.frames("open", cid="o")).status == 200
    young = caller(running, "otter")
    await young.poll()
    assert (await young.messages(cid="with-pollers", body="hello both")).status == 200


@pytest.mark.slow
@pytest.mark.promise("H5")
async def test_an_adult_counts_while_polls_go_on_and_not_after(running: Running) -> None:
    """A poll that nobody reads any more does not keep the room open."""
    adults = [caller(running, name) for name in ("Maya", "Jo")]
    await asyncio.gather(*(adult.poll() for adult in adults))
    await adults[0].frames("open", cid="o")
    sky, clock = running.phone("lowtide"), asyncio.get_running_loop()
    async with sky.online():
        shot = await sky.until("snapshot")
        assert shot["room"]["state"] == "open"
        going = [asyncio.create_task(keep_polling(adult, 20)) for adult in adults]
        await asyncio.gather(*going)
        assert (await sky.send("still open"))["t"] == "ok"
        ends = [half_open_poll(adult) for adult in adults]
        begun = clock.time()
        entry = await sky.until("room", 30, state="paused")
        assert entry["why"] == "adults"
        assert clock.time() - begun < 20
        for end in ends:
            end.close()


async def keep_polling(adult: Caller, seconds: float) -> None:
    """Poll again and again, as the room's script does."""
    shot = snapshot_of(await adult.poll())
    have, clock = dict(shot["tops"]), asyncio.get_running_loop()
    until = clock.time() + seconds
    while clock.time() < until:
        answer = await adult.poll(shot["epoch"], have)
        for frame in answer.frame["frames"]:
            have[frame["s"]] = frame["e"][-1]["n"]


def half_open_poll(adult: Caller) -> socket.socket:
    """A poll of a laptop that lost its network: asked, never read, never closed."""
    path, parts = f"/api/rooms/{adult.room}/entries", urlsplit(adult.base_url)
    epoch, tops = place(snapshot_of(adult.ask("GET", path)))
    query = urlencode({"epoch": epoch, **tops})
    end = socket.create_connection((parts.hostname or "", parts.port or 80))
    lines = f"Host: {parts.netloc}\r\nCookie: {adult.cookie}\r\n\r\n"
    end.sendall(f"GET {path}?{query} HTTP/1.1\r\n{lines}".encode())
    return end


@pytest.mark.promise("H4")
async def test_a_poll_ends_with_the_stay_and_does_not_undo_it(running: Running) -> None:
    async with together(running, "juniper") as (robin, maya, _jo):
        first = caller(running, "otter")
        shot = snapshot_of(await first.poll())
        waiting = asyncio.create_task(first.poll(*place(shot)))
        second = caller(running, "otter")
        second.cookie = await asyncio.to_thread(sign_in, running.server.link("otter"))
        await second.request("POST", "/leave")
        assert (await waiting).refusal == (410, "left")
        left = await robin.until("left", who=shot["me"]["who"])
        assert (await first.poll(*place(shot))).refusal == (410, "left")
        assert (await first.messages(cid="after", body="after")).refusal == (410, "left")
        assert (await second.poll()).refusal == (401, "signed_out")
        last = await robin.send("and nobody came back")
        await maya.until("message", cid=last["cid"])
        assert last["seq"] == left["n"] + 1
        snapshot_of(await first.poll())
        await robin.until("joined")
