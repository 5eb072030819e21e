"""The same real server as for the sockets, spoken to by plain HTTP."""

from __future__ import annotations

from tests.live.conftest import running

__all__ = ["running"]
