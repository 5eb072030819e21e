"""Young people without a screen, beside those in a browser: one thread, one loop, real sockets."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any

from config.phones import Frame, Phone, sign_in
from tests.server import Server


class Crowd:
    """Some of the demo's young people, in the room until the block ends."""

    def __init__(self, server: Server, *names: str) -> None:
        self.names = names
        url = server.demo["room"]["ws_url"]
        self.phones = {
            name: Phone(url, server.base_url, sign_in(server.link(name)), name) for name in names
        }
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.stack = AsyncExitStack()
        self.sent: dict[str, str] = {}

    def __enter__(self) -> Crowd:
        self.thread.start()
        for phone in self.phones.values():
            self._run(self.stack.enter_async_context(phone.online()))
            self._run(phone.until("snapshot"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run(self.stack.aclose())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=5)
        self.loop.close()

    def send(self, name: str, body: str) -> Frame:
        """Write to the room and wait for the answer."""
        answer: Frame = self._run(self.phones[name].send(body))
        assert answer["t"] == "ok", answer
        self.sent[name] = answer["id"]
        return answer

    def states(self) -> dict[str, str]:
        """What became of each one's last message, as their own stream says it."""
        return {name: self._run(self._outcome(name)) for name in self.sent}

    async def _outcome(self, name: str) -> str:
        phone, key = self.phones[name], self.sent[name]
        for entries in phone.got.values():
            for entry in entries:
                if entry["k"] == "outcome" and entry["id"] == key:
                    return str(entry["state"])
        return str((await phone.until("outcome", id=key))["state"])

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=20)
