"""Database work off the event loop: the one place that says on which threads it runs.

SQLite takes one writer at a time, so all writes of the live room queue on one thread, which keeps
its connection; reads have two of their own and never wait for a write.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="room-write")
_readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="room-read")


async def write(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run something that writes; what it raises is raised here."""
    return await _run(_writer, work, *args, **kwargs)


async def read(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run something that only reads; what it raises is raised here."""
    return await _run(_readers, work, *args, **kwargs)


async def _run(
    pool: ThreadPoolExecutor, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs
) -> R:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(pool, lambda: work(*args, **kwargs))
