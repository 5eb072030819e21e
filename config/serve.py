"""The web server: Daphne, without its logs of addresses, with kind refusals and an orderly end."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

import daphne.server  # first: it chooses the event loop of Twisted
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import defer, reactor
from twisted.web import http

from chat.live import hub
from chat.protocol import MAX_FRAME_BYTES
from config.asgi import application
from config.headers import security_headers
from config.logs import get_logger

log = get_logger("waymark.serve")

LONG_POLL_SECONDS = 25
LARGEST_BODY = 256 * 1024
RESTART = 4012
DRAIN_SECONDS = 1.0
PLAIN = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{status}</title><p>{say}</p></html>
"""
SAY = {
    400: "That did not arrive in a form we can read. Please go back and try once more.",
    413: "That is longer than we can take. Please make it shorter.",
    503: "We cannot answer just now. Please wait a moment and try again.",
}
SORRY = "Something on our side did not work. It is not your doing. Please try again soon."


class Channel(http.HTTPChannel):
    """One connection; what is not HTTP is refused in the same voice as everything else."""

    def _respondToBadRequestAndDisconnect(self) -> None:
        self.refuse(400, b"Bad Request")

    def lineLengthExceeded(self, line: bytes) -> None:
        """A header or an address that is far too long."""
        self.refuse(400, b"Bad Request")

    def refuse(self, status: int, reason: bytes) -> None:
        """Answer at once, whatever is still coming, and hang up."""
        self.transport.write(whole_answer(status, reason, SAY[status].encode()))
        self.loseConnection()


class Request(WebRequest):
    """One request; what is refused before it reaches Django is refused in the same voice."""

    _room_left = LARGEST_BODY
    _refused = False

    def gotLength(self, length: int | None) -> None:
        """Take no body that could fill the memory or the disk."""
        super().gotLength(min(length or 0, LARGEST_BODY))
        if (length or 0) > LARGEST_BODY:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:
        """The same for a body that did not say its length."""
        self._room_left -= len(data)
        if self._room_left < 0:
            self._refuse()
        if not self._refused:
            super().handleContentChunk(data)

    def process(self) -> Any:
        """Hand it on, if it came in whole."""
        return None if self._refused else super().process()

    def _refuse(self) -> None:
        if not self._refused:
            self._refused = True
            self.channel.refuse(413, b"Content Too Large")

    def basic_error(self, status: int, status_text: bytes, body: str) -> None:
        """An answer that Daphne gives by itself, with our headers and words."""
        page = PLAIN.format(status=status, say=SAY.get(status, SORRY))
        headers = [(b"content-type", b"text/html; charset=utf-8"), *_headers()]
        self.handle_reply({"type": "http.response.start", "status": status, "headers": headers})
        self.handle_reply({"type": "http.response.body", "body": page.encode()})


class Factory(HTTPFactory):
    """Makes channels of our kind, with requests of our kind."""

    def protocol(self) -> Any:
        """A connection before anything came over it."""
        return http._GenericHTTPChannelProtocol(Channel())

    def buildProtocol(self, addr: Any) -> Any:
        """One connection."""
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = Request
        return protocol


class Socket(WebSocketProtocol):
    """One socket; a handshake that does not come about is answered like everything else."""

    def sendHttpErrorResponse(self, code: int, reason: str, responseHeaders: Any = None) -> None:
        """The answer instead of a socket."""
        self.sendData(whole_answer(code, reason.encode(), b""))


class House(daphne.server.Server):
    """One server on one socket, which says when it serves and drains before it stops."""

    def __init__(self, listener: socket.socket, ready: Callable[[], None]) -> None:
        super().__init__(
            application,
            endpoints=["adopted"],
            signal_handlers=False,
            http_timeout=LONG_POLL_SECONDS + 15,
            websocket_max_message_size=2 * MAX_FRAME_BYTES,
            websocket_max_frame_size=2 * MAX_FRAME_BYTES,
            application_close_timeout=3,
            server_name="",
            verbosity=0,
        )
        self.endpoints: list[
            str
        ] = []  # Daphne's own would look through every plug-in of Twisted first
        self.listener = listener
        listener.setblocking(False)
        self.stopping = False
        self.ready = ready

    def run(self) -> None:
        """Serve until a signal."""
        loop = reactor._asyncioEventloop
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.begin_stop)
        reactor.callWhenRunning(self._listen)
        super().run()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    def _listen(self) -> None:
        number, family = self.listener.fileno(), self.listener.family
        self.port = reactor.adoptStreamPort(number, family, self.http_factory)
        self.listener.close()
        self.ready()

    @property
    def http_factory(self) -> Factory:
        """Ours, whatever Daphne's `run` would put there."""
        return self._factory

    @http_factory.setter
    def http_factory(self, _daphnes: HTTPFactory) -> None:
        self._factory = Factory(self)

    @property
    def ws_factory(self) -> WebSocketFactory:
        """Daphne's, but with our sockets."""
        return self._ws_factory

    @ws_factory.setter
    def ws_factory(self, daphnes: WebSocketFactory) -> None:
        daphnes.protocol = Socket
        self._ws_factory = daphnes

    def begin_stop(self) -> None:
        """Drain once, however often it is asked."""
        if not self.stopping:
            self.stopping = True
            self._drain = asyncio.ensure_future(self.drain())

    async def drain(self) -> None:
        """Take nobody new, tell every room to come back, then stop."""
        log.info("draining", count=len(self.connections))
        self.port.stopListening()
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await hub.close_all(RESTART)
                for line in self.open_sockets():
                    # Also those that are not in a room yet.
                    line.serverClose(code=RESTART)
                while self.open_sockets():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            log.warning("drain cut short", count=len(self.open_sockets()))
        self.stop()

    def open_sockets(self) -> list[Socket]:
        """The sockets whose other end is still there."""
        lines = [line for line in self.connections if isinstance(line, Socket)]
        return [line for line in lines if "disconnected" not in self.connections[line]]

    def kill_all_applications(self) -> defer.Deferred[Any]:
        """End what still runs. Connections whose application is already gone have none."""
        running = [
            its["application_instance"]
            for its in self.connections.values()
            if "application_instance" in its
        ]
        for task in running:
            task.cancel()
        gathered = asyncio.gather(*running, return_exceptions=True)
        for protocol in list(self.connections):
            transport = getattr(protocol, "transport", None)
            if transport is not None:
                transport.abortConnection()
        return defer.Deferred.fromFuture(asyncio.ensure_future(gathered))


def run(listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve on this bound socket until SIGTERM or SIGINT; ``ready`` is called once it serves."""
    try:
        listener.listen(1024)
    except OSError:
        sys.exit("waymark: the port was taken while starting. Use --port.")
    House(listener, ready).run()


def whole_answer(status: int, reason: bytes, say: bytes) -> bytes:
    """An answer of HTTP/1.1 in one piece, with every header, after which the connection ends."""
    head = b"HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: %d\r\n"
    kind = b"content-type: text/plain; charset=utf-8\r\n"
    lines = b"".join(b"%s: %s\r\n" % pair for pair in _headers())
    return head % (status, reason, len(say)) + kind + lines + b"\r\n" + say


def _headers() -> list[tuple[bytes, bytes]]:
    pairs = {**security_headers(), "Cache-Control": "no-store"}
    return [(name.lower().encode(), value.encode()) for name, value in pairs.items()]
