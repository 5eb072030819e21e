"""The web server: Daphne, without its logs of addresses, with an orderly end."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

import daphne.server  # first: it chooses the event loop of Twisted
from daphne.http_protocol import HTTPFactory
from daphne.ws_protocol import WebSocketFactory
from twisted.internet import defer, reactor

from chat.live import hub
from chat.protocol import MAX_FRAME_BYTES
from config.asgi import application
from config.lines import Factory, Socket
from config.logs import get_logger

log = get_logger("waymark.serve")

LONG_POLL_SECONDS = 25
RESTART = 4012
DRAIN_SECONDS = 1.0


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
