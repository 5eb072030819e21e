"""A plug-in of `manage.py promises`: which tests carry which promise, without running any."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

WHERE = "WAYMARK_MARKS"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write ``{id: [test, …]}`` to the file that the command named."""
    found: dict[str, set[str]] = {}
    for item in session.items:
        for mark in item.iter_markers("promise"):
            for promise in mark.args:
                found.setdefault(promise, set()).add(item.nodeid.partition("[")[0])
    sheet = {promise: sorted(tests) for promise, tests in sorted(found.items())}
    Path(os.environ[WHERE]).write_text(json.dumps(sheet))
