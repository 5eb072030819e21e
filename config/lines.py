"""Connections as they arrive: what never reaches Django is refused with its headers and voice."""

from __future__ import annotations

from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketProtocol
from twisted.web import http

from config.headers import security_headers

LARGEST_BODY = 256 * 1024
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


def whole_answer(status: int, reason: bytes, say: bytes) -> bytes:
    """An answer of HTTP/1.1 in one piece, with every header, after which the connection ends."""
    head = b"HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: %d\r\n"
    kind = b"content-type: text/plain; charset=utf-8\r\n"
    lines = b"".join(b"%s: %s\r\n" % pair for pair in _headers())
    return head % (status, reason, len(say)) + kind + lines + b"\r\n" + say


def _headers() -> list[tuple[bytes, bytes]]:
    pairs = {**security_headers(), "Cache-Control": "no-store"}
    return [(name.lower().encode(), value.encode()) for name, value in pairs.items()]
