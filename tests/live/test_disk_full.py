"""A full disk: every send is refused with a code and kept by the phone, none is half kept (L9)."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.live.conftest import Running
from tests.live.test_socket import together

NO_LIMIT = resource.RLIM_INFINITY


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    """No file of this process may grow: what the system says then is what a full disk says."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, NO_LIMIT))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))


@pytest.mark.promise("L9")
async def test_a_send_on_a_full_disk_is_refused_and_goes_later(running: Running) -> None:
    assert running.server.process is not None
    async with together(running, "juniper", "lowtide") as (robin, sky, *_adults):
        cid = robin.compose("written while the disk is full")
        with full_disk(running.server.process.pid):
            refused = await robin.ask(robin.outbox[cid])
            assert (refused["t"], refused["code"]) == ("err", "unavailable")
            assert cid in robin.outbox, "the words stay on the phone"
        async with asyncio.timeout(20):
            while (kept := await robin.ask(robin.outbox[cid]))["t"] == "err":
                assert kept["code"] in ("unavailable", "paused")
        assert (await sky.until("message", cid=cid))["body"] == "written while the disk is full"
        again = await robin.ask({"t": "send", "cid": cid, "body": "written while the disk is full"})
        assert again["seq"] == kept["seq"]
