"""The real program, from its first line to its last."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
import websockets

from config.headers import security_headers
from tests.server import BASE, Server

WANTED = [*security_headers(), "Cache-Control"]

SHAKE = {
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


def ask(server: Server, method: str, path: str, **options: object) -> tuple[int, dict[str, str]]:
    """Status and headers of one answer."""
    connection = HTTPConnection(server.base_url.removeprefix("http://"), timeout=10)
    connection.request(method, path, **options)  # type: ignore[arg-type]
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, dict(response.getheaders())


def test_it_says_ready_and_how_to_come_in(server: Server) -> None:
    sheet = server.demo
    assert sheet["base_url"] == server.base_url
    assert set(sheet["room"]) == {"id", "url", "ws_url"}
    assert len(sheet["people"]) >= 12
    for person in sheet["people"]:
        assert set(person) == {"role", "nickname", "seat", "sign_in_url"}
    assert (server.folder / "demo.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("path", ["/", "/livez", "/readyz", "/help"])
def test_what_must_answer_answers(server: Server, path: str) -> None:
    assert ask(server, "GET", path)[0] == 200


@pytest.mark.promise("W5")
@pytest.mark.parametrize(
    ("method", "path", "status", "headers"),
    [
        ("GET", "/", 200, {}),
        ("GET", "/no-such-page", 404, {}),
        ("GET", "/demo/no-such-link", 404, {}),
        ("POST", "/come-back", 403, {}),
        ("POST", "/come-back", 413, {"Content-Length": "999999999"}),
        ("GET", "/", 400, {"Host": "evil.example"}),
        ("GET", "/", 400, {"X-Strange": "a\x0bb"}),
        ("GET", "/static/no-such-file.js", 404, {}),
        ("GET", "/ws/rooms/none", 403, {"Upgrade": "websocket", **SHAKE, "Origin": "http://x.y"}),
        ("GET", "/ws/rooms/none", 400, {"Upgrade": "websocket"}),
    ],
)
def test_every_answer_carries_the_headers(
    server: Server, method: str, path: str, status: int, headers: dict[str, str]
) -> None:
    found, got = ask(server, method, path, headers=headers)
    assert found == status
    assert [name for name in WANTED if name.lower() not in {key.lower() for key in got}] == []
    assert "server" not in {key.lower() for key in got}


@pytest.mark.promise("W5")
def test_static_files_carry_them_too_and_may_be_kept(server: Server) -> None:
    manifest = json.loads((BASE / "frontend" / "dist" / ".vite" / "manifest.json").read_text())
    path = manifest["src/room/main.tsx"]["file"]
    status, headers = ask(server, "GET", f"/static/{path}", headers={"Accept-Encoding": "gzip"})
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert [name for name in WANTED if name not in headers] == []


@pytest.mark.promise("W5", "W3")
@pytest.mark.parametrize(
    "sent",
    [
        b"hello\r\n\r\n",
        b"GET / HTTP/9.9 x y\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET /?q=\xff HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnot hex\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 20000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 2000 + b"\r\n",
    ],
)
def test_what_is_no_request_gets_a_400_with_the_headers(server: Server, sent: bytes) -> None:
    answer = say(server, sent)
    assert answer.startswith(b"HTTP/1.1 400 ")
    for name in WANTED:
        assert name.lower().encode() in answer.lower()


def say(server: Server, sent: bytes) -> bytes:
    """What comes back for these bytes, until the server hangs up."""
    host, port = server.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while more := line.recv(65536):
            answer += more
        return answer


def test_a_body_without_a_length_is_not_read_for_ever(server: Server) -> None:
    host, port = server.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(b"POST /come-back HTTP/1.1\r\nHost: %s\r\n" % host.encode())
        line.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        try:
            for _ in range(1000):
                line.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            taken = True
        except ConnectionError:
            taken = False
    assert not taken


def test_a_second_start_keeps_the_data_and_stops_without_a_word(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", "--demo")
    first = server.start().demo
    assert server.stop() == 0
    second = server.start().demo
    begun = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - begun < 10
    assert second["room"]["id"] == first["room"]["id"]
    assert "Traceback" not in server.errors


@pytest.mark.promise("R2")
async def test_a_stop_tells_open_rooms_to_come_back(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", "--demo", "--quiet").start()
    cookie = await asyncio.to_thread(signed_in, server, "juniper")
    async with websockets.connect(
        server.demo["room"]["ws_url"],
        origin=websockets.Origin(server.base_url),
        additional_headers={"Cookie": cookie},
    ) as line:
        await line.send('{"t":"hello"}')
        assert json.loads(await line.recv())["t"] == "snapshot"
        stopped = asyncio.create_task(asyncio.to_thread(server.stop))
        await line.wait_closed()
        assert line.close_code == 4012
    assert await stopped == 0
    assert "Traceback" not in server.errors


def signed_in(server: Server, nickname: str) -> str:
    """The session cookie of one of the demo people."""
    _status, headers = ask(server, "GET", server.link(nickname).removeprefix(server.base_url))
    return headers["Set-Cookie"].partition(";")[0]


@pytest.fixture
def taken() -> socket.socket:
    """A port that somebody else listens on."""
    return socket.create_server(("127.0.0.1", 0))


def attempt(*options: str) -> subprocess.CompletedProcess[str]:
    """`manage.py up` that is expected to refuse."""
    return subprocess.run(
        [sys.executable, str(BASE / "manage.py"), "up", *options],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path, taken: socket.socket) -> None:
    with taken:
        port = str(taken.getsockname()[1])
        run = attempt("--data", str(tmp_path / "data"), "--port", port)
    assert run.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


def test_two_on_one_folder_are_refused(server: Server) -> None:
    run = attempt("--data", str(server.folder), "--port", "0")
    assert (run.returncode, run.stdout) == (1, "")
    assert "in use by another" in run.stderr


def test_a_demo_never_listens_to_a_network(server: Server) -> None:
    run = attempt("--data", str(server.folder), "--host", "192.0.2.1")
    assert (run.returncode, run.stdout) == (1, "")
    assert "this machine only" in run.stderr
