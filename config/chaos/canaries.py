"""A word in every message that stands in no other, so that it can be found wherever it got to."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

_SOUNDS = tuple(a + b for a in "bdgkmnrt" for b in "aiou")
CANARY = re.compile(r"vel(?:[bdgkmnrt][aiou]){5}")


def canary(random: Random) -> str:
    """A new one, of 33 million; no triage knows it, and it is no word of any text."""
    return "vel" + "".join(random.choice(_SOUNDS) for _ in range(5))


def found_in(anything: Any) -> set[str]:
    """The canaries that stand in something that can be JSON."""
    return set(CANARY.findall(json.dumps(anything)))
