"""Slows down whoever guesses, by network, and never shuts anybody out for good.

In this process's memory only, under keys made with a random secret that dies with the process:
no address is ever stored or logged (I4).
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final

FREE_TRIES: Final = 10
SECONDS_A_TRY: Final = 6.0
MOST_NETWORKS: Final = 20_000


@dataclass
class _Bucket:
    left: float
    at: float


class Pace:
    """A bucket of tries for each network. A try that succeeds costs nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._secret = os.urandom(32)
        self._lock = threading.Lock()
        self._buckets: OrderedDict[bytes, _Bucket] = OrderedDict()

    def take(self, address: str) -> int:
        """Take one try: 0, or the seconds to wait when none is left."""
        with self._lock:
            bucket = self._bucket(address)
            if bucket.left < 1:
                return max(1, ceil((1 - bucket.left) * SECONDS_A_TRY))
            bucket.left -= 1
            return 0

    def give_back(self, address: str) -> None:
        """The try was right: a whole school may come in from one network."""
        with self._lock:
            bucket = self._bucket(address)
            bucket.left = min(FREE_TRIES, bucket.left + 1)

    def _bucket(self, address: str) -> _Bucket:
        now = self._clock()
        key = hashlib.blake2b(
            network_of(address).encode(), key=self._secret, digest_size=16
        ).digest()
        bucket = self._buckets.pop(key, None) or _Bucket(FREE_TRIES, now)
        bucket.left = min(FREE_TRIES, bucket.left + (now - bucket.at) / SECONDS_A_TRY)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > MOST_NETWORKS:
            self._buckets.popitem(last=False)
        return bucket


def network_of(address: str) -> str:
    """What one household or school shares: an IPv4 address, or the first half of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(found), 64), strict=False))
    return str(found)


pace = Pace()
