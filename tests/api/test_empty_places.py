"""A first poll may name its places and leave them empty."""

from __future__ import annotations

from tests.api.caller import caller
from tests.api.test_polling import snapshot_of
from tests.live.conftest import Running


async def test_empty_places_ask_for_a_snapshot(running: Running) -> None:
    one = caller(running, "juniper")
    path = f"/api/rooms/{one.room}/entries?room=&seat=&epoch="
    assert snapshot_of(one.ask("GET", path))["me"]["part"] == "young"
