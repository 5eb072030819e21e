"""A real server for the socket tests: `manage.py up` as a process, with nobody scripted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from config.phones import Phone, sign_in
from tests.server import Server


@dataclass
class Running:
    """A server under test, and the cookies of whoever has signed in."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    def phone(self, name: str) -> Phone:
        """A client signed in as one of the demo's people, by nickname."""
        if name not in self.cookies:
            self.cookies[name] = sign_in(self.server.link(name))
        ws_url = self.server.demo["room"]["ws_url"]
        return Phone(ws_url, self.server.base_url, self.cookies[name], name=name)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    server = Server(tmp_path_factory.mktemp("live") / "data", "--demo", "--quiet")
    try:
        yield Running(server.start())
    finally:
        server.stop()
