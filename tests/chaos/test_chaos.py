"""The short run with a stored seed: the server dies four times and nothing is broken."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from config.chaos.ledger import FAULTS
from tests.server import BASE

FIRST = ("kills", "sends", "acknowledged", "deliveries", "lost", "duplicated", "gaps",
         "inversions", "leaks")  # fmt: skip


@pytest.mark.slow
@pytest.mark.promise("L1", "L2", "L4", "H1", "H2", "G1")
def test_four_kills_break_nothing() -> None:
    command = [sys.executable, "manage.py", "chaos", "--faults", "4", "--seed", "7"]
    done = subprocess.run(command, cwd=BASE, capture_output=True, text=True, timeout=400)
    sums = json.loads(done.stdout.splitlines()[-1])
    assert tuple(sums)[: len(FIRST)] == FIRST
    assert {name: sums[name] for name in FAULTS if sums[name]} == {}, done.stderr
    assert sums["kills"] == 4
    assert sums["acknowledged"] > 50
    assert sums["deliveries"] > 500
    assert done.returncode == 0, done.stderr
