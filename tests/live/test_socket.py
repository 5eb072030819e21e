"""The socket against a real server: order, resume, refusals, exclusion, and who may open it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from chat.protocol import WINDOW_ENTRIES
from config.phones import Frame, Phone
from tests.evening import ALERT, HOLD
from tests.live.conftest import Running

YOUNG = ("juniper", "lowtide", "otter")


@asynccontextmanager
async def together(running: Running, *names: str) -> AsyncIterator[list[Phone]]:
    """The room open with both facilitators, and these people in it."""
    async with AsyncExitStack() as stack:
        adults = [running.phone(name) for name in ("Maya", "Jo")]
        for adult in adults:
            await stack.enter_async_context(adult.online())
            await adult.until("snapshot")
        await adults[0].act("open")
        phones = [running.phone(name) for name in names]
        for phone in phones:
            await stack.enter_async_context(phone.online())
            await phone.until("snapshot")
        yield [*phones, *adults]


async def closing_code(phone: Phone) -> int:
    """The code with which the server ends this line."""
    assert phone._socket is not None
    async with asyncio.timeout(10):
        await phone._socket.wait_closed()
    return phone._socket.close_code or 0


@pytest.mark.promise("L1", "L4", "L5")
async def test_everybody_gets_every_message_once_and_in_order(running: Running) -> None:
    async with together(running, *YOUNG) as (robin, sky, ash, *_adults):
        oks = [await phone.send(f"hello from {phone.name}") for phone in (robin, sky, ash)]
        assert [ok["state"] for ok in oks] == ["published"] * 3
        for phone in (robin, sky, ash):
            await phone.until("message", cid=oks[-1]["cid"])
            got = [entry["cid"] for entry in phone.got["room"] if entry["k"] == "message"]
            assert [cid for cid in got if cid in {ok["cid"] for ok in oks}] == [
                ok["cid"] for ok in oks
            ]
            assert phone.faults == []


@pytest.mark.promise("L2")
async def test_a_re_send_on_another_connection_gets_the_same_answer(running: Running) -> None:
    async with together(running, "juniper") as (robin, *_adults):
        first = await robin.send("said once", cid="resend-1")
    async with together(running, "juniper") as (robin, *_adults):
        again = await robin.send("said once", cid="resend-1")
        assert {k: again[k] for k in ("id", "state", "stream", "seq")} == {
            k: first[k] for k in ("id", "state", "stream", "seq")
        }
        other = await robin.send("said otherwise", cid="resend-1")
        assert (other["t"], other["code"]) == ("err", "same_cid")


@pytest.mark.promise("L4", "L5")
async def test_who_comes_back_gets_exactly_what_was_missed(running: Running) -> None:
    async with together(running, "juniper", "lowtide") as (robin, _sky, *_adults):
        away = running.phone("otter")
        async with away.online():
            await away.until("snapshot")
        for number in range(5):
            await robin.send(f"while away {number}")
        async with away.online():
            last = await robin.send("welcome back")
            await away.until("message", cid=last["cid"])
        assert len(away.snapshots) == 1, "a small gap is filled with entries, not a snapshot"
        assert away.faults == []
        bodies = [entry["body"] for entry in away.got["room"] if entry["k"] == "message"]
        assert bodies == [*(f"while away {number}" for number in range(5)), "welcome back"]


@pytest.mark.promise("L8")
async def test_another_epoch_gets_a_snapshot(running: Running) -> None:
    async with together(running, "juniper") as (robin, *_adults):
        robin.epoch = "other"
    async with robin.online():
        await robin.until("snapshot")
    assert len(robin.snapshots) == 2


@pytest.mark.promise("H1", "H6")
async def test_a_held_message_is_seen_by_its_author_and_the_desk_alone(running: Running) -> None:
    async with together(running, "juniper", "lowtide") as (robin, sky, maya, _jo):
        held = await robin.send(HOLD + " canary")
        assert held["state"] == "held"
        item = await maya.until("item", id=held["id"])
        await robin.until("own", id=held["id"])
        beat = await sky.until("beat")
        assert set(beat["tops"]) == {"room", f"seat:{sky.snapshots[0]['me']['who']}"}
        assert "canary" not in json.dumps([sky.got, sky.snapshots])
        await maya.act("decide", id=held["id"], decision="approve", sha=item["sha"])
        assert (await sky.until("message", id=held["id"]))["body"] == HOLD + " canary"


@pytest.mark.promise("G2")
async def test_an_alert_reaches_the_desk_and_is_taken_by_name(running: Running) -> None:
    async with together(running, "juniper") as (robin, maya, jo):
        await robin.send(ALERT)
        alert = await jo.until("alert", who=robin.snapshots[0]["me"]["who"])
        assert (await jo.act("acknowledge", alert=alert["id"]))["code"] == "not_allowed"
        assert (await maya.act("acknowledge", alert=alert["id"]))["t"] == "done"
        taken = await jo.until("acknowledged", alert=alert["id"])
        assert taken["by"] == maya.snapshots[0]["me"]["who"]


@pytest.mark.promise("H3")
async def test_a_removal_reaches_who_is_here_and_who_comes_back(running: Running) -> None:
    async with together(running, "Sosna", "lowtide", "otter") as (robin, sky, _ash, maya, _jo):
        ok = await robin.send("this will go")
        await sky.until("message", id=ok["id"])
        late = running.phone("otter")
        await maya.act("remove", id=ok["id"], reason="detail")
        assert (await sky.until("gone", id=ok["id"]))["how"] == "removed"
        async with late.online():
            shot = await late.until("snapshot")
            assert "this will go" not in json.dumps(shot)


@pytest.mark.promise("H4")
async def test_who_is_put_out_gets_nothing_later_and_the_line_is_closed(running: Running) -> None:
    async with together(running, "juniper", "lowtide") as (robin, sky, maya, _jo):
        second = running.phone("juniper")
        async with second.online():
            await second.until("snapshot")
            await sign_out(robin)
            codes = await asyncio.gather(closing_code(robin), closing_code(second))
            assert list(codes) == [4010, 4010]
            later = await sky.send("after that")
            await maya.until("message", cid=later["cid"])
            assert later["cid"] not in json.dumps([robin.got, second.got])
            left = [entry["n"] for entry in robin.got["room"] if entry["k"] == "left"]
            assert left == [robin.have["room"]]
    running.cookies.pop("juniper")


async def write_all(writers: list[Phone], number: int) -> Frame:
    """One line from everybody at once; the answer that came last in the room."""
    oks = await asyncio.gather(*(one.send(f"line {number} of {one.name}") for one in writers))
    return max(oks, key=lambda ok: int(ok["seq"]))


async def sign_out(phone: Phone) -> None:
    """Leave by exit, as the page does."""
    from http.client import HTTPConnection
    from urllib.parse import urlsplit

    def leave() -> int:
        parts = urlsplit(phone.origin)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        headers = {"Cookie": phone.cookie, "Origin": phone.origin}
        connection.request("POST", "/leave", headers=headers)
        status = connection.getresponse().status
        connection.close()
        return status

    assert await asyncio.to_thread(leave) in (204, 303)


@pytest.mark.promise("W1")
@pytest.mark.parametrize(
    "origin", [None, "null", "https://127.0.0.1", "http://127.0.0.1:1", "http://evil.example"]
)
async def test_another_origin_cannot_open_a_socket(running: Running, origin: str | None) -> None:
    robin = running.phone("juniper")
    with pytest.raises(InvalidStatus):
        async with connect(
            robin.ws_url,
            origin=Origin(origin) if origin else None,
            additional_headers={"Cookie": robin.cookie},
            proxy=None,
        ):
            pass


async def code_for(running: Running, cookie: str, path: str = "") -> int:
    robin = running.phone("juniper")
    url = robin.ws_url if not path else robin.ws_url.rsplit("/", 1)[0] + path
    headers = {"Cookie": cookie} if cookie else {}
    async with connect(
        url, origin=Origin(robin.origin), additional_headers=headers, proxy=None
    ) as socket:
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        return socket.close_code or 0


async def test_nobody_signed_in(running: Running) -> None:
    assert await code_for(running, "") == 4001
    assert await code_for(running, "session=nonsense") == 4001


@pytest.mark.promise("I2")
async def test_missing_and_forbidden_rooms_are_the_same(running: Running) -> None:
    robin, noor = running.phone("juniper"), running.phone("Noor")
    assert await code_for(running, robin.cookie, "/nothinghere") == 4004
    assert await code_for(running, robin.cookie, "/..%2f..") == 4004
    assert await code_for(running, noor.cookie) == 4004


@pytest.mark.promise("W3", "L9")
@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("{", "not_json"),
        ('"send"', "bad_field"),
        ('{"t":"nothing"}', "unknown_kind"),
        ("[]", "bad_field"),
        ('{"t":"send","cid":"a"}', "bad_field"),
        ('{"t":"send","cid":"a b","body":"x"}', "bad_field"),
        ('{"t":"send","cid":"a","body":"x","more":1}', "bad_field"),
        ('{"t":"hello"}', "hello_first"),
        (json.dumps({"t": "send", "cid": "big", "body": "a" * 1001}), "too_long"),
        ("x" * 20000, "too_long"),
        ('{"t":"open","cid":"a"}', "not_allowed"),
        ('{"t":"withdraw","cid":"a","id":"nothing"}', "missing"),
    ],
)
async def test_a_frame_that_does_not_fit(running: Running, raw: str, code: str) -> None:
    async with together(running, "lowtide") as (sky, *_adults):
        before = dict(sky.have)
        assert sky._socket is not None
        await sky._socket.send(raw)
        assert (await sky.until("err"))["code"] == code
        assert (await sky.until("beat"))["tops"] == before


async def test_a_binary_frame_of_nonsense(running: Running) -> None:
    async with together(running, "lowtide") as (sky, *_adults):
        assert sky._socket is not None
        await sky._socket.send(b"\xff\xfe\x00")
        assert (await sky.until("err"))["code"] == "not_json"


async def test_a_frame_before_hello(running: Running) -> None:
    robin = running.phone("juniper")
    async with connect(
        robin.ws_url,
        origin=Origin(robin.origin),
        additional_headers={"Cookie": robin.cookie},
        proxy=None,
    ) as socket:
        await socket.send('{"t":"send","cid":"early","body":"x"}')
        answer = json.loads(await socket.recv())
        assert (answer["code"], answer["cid"]) == ("hello_first", "early")


async def test_too_many_frames_close_the_line(running: Running) -> None:
    async with together(running, "lowtide") as (sky, *_adults):
        for _frame in range(320):
            await sky.say({"t": "beat"})
        assert await closing_code(sky) == 4029


async def test_too_many_unreadable_frames_close_the_line(running: Running) -> None:
    async with together(running, "lowtide") as (sky, *_adults):
        assert sky._socket is not None
        for _frame in range(22):
            await sky._socket.send("{")
        assert await closing_code(sky) == 4008


@pytest.mark.promise("L7")
async def test_who_reads_but_never_says_got_is_held_at_a_window(running: Running) -> None:
    others = ("juniper", "otter", "cwtch", "halfmoon", "Sosna", "tin drum", "Paper Kite")
    async with together(running, "lowtide", *others) as (sky, ash, *writers):
        sky.acknowledge = False
        start = sky.have["room"]
        for number in range(9):
            last = await write_all(writers, number)
        await ash.until("message", cid=last["cid"])
        assert 0 < sky.have["room"] - start <= WINDOW_ENTRIES < ash.have["room"] - start
        sky.acknowledge = True
        await sky.say({"t": "got", "have": sky.have})
        await sky.until("message", cid=last["cid"])
        assert sky.faults == []


@pytest.mark.promise("H5")
async def test_a_room_without_adults_pauses_within_twenty_seconds(running: Running) -> None:
    robin = running.phone("juniper")
    async with AsyncExitStack() as stack:
        async with together(running):
            await stack.enter_async_context(robin.online())
            await robin.until("snapshot")
        begun = asyncio.get_running_loop().time()
        entry = await robin.until("room", 25, state="paused")
        assert entry["why"] == "adults"
        assert asyncio.get_running_loop().time() - begun < 20
        assert (await robin.send("anybody"))["code"] == "paused"
        assert (await robin.send("just you then", to="line"))["state"] == "published"
        async with together(running):
            await robin.until("room", state="open")
