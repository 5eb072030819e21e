"""What a weak phone has to fetch: the first view of the room, and the script of each screen."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import House
from tests.server import BASE, Server

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def quiet(shared: Server) -> Server:
    """Nothing is changed here, so one server does for all."""
    return shared


FIRST_VIEW = 60_000
SCRIPTS = {"room": 25_000, "desk": 45_000}


def test_the_first_view_of_the_room(house: House) -> None:
    screen = house.screen("juniper")
    session = screen.context.new_cdp_session(screen.page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived",
        lambda event: sizes.append(len(event["response"]["payloadData"])),
    )
    page = screen.to_room()
    expect(page.get_by_role("log")).to_be_visible()
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert 5_000 < sum(sizes) < FIRST_VIEW


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_small(house: House, name: str) -> None:
    """Everything that the entry imports, compressed."""
    import json

    manifest = json.loads((BASE / "frontend" / "dist" / ".vite" / "manifest.json").read_text())
    entry = next(key for key in manifest if key.endswith(f"/{name}/main.tsx"))
    files, queue = set(), [entry]
    while queue:
        part = manifest[queue.pop()]
        files.add(part["file"])
        queue += part.get("imports", [])
    total = sum(len(gzip.compress((BASE / "frontend" / "dist" / f).read_bytes())) for f in files)
    assert total < SCRIPTS[name]
