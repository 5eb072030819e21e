"""The task worker and its beat as two threads of the one process, for a single machine.

Tasks only wake somebody who asks the database what is due, so a tick that is lost costs nothing.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from celery.beat import EmbeddedService
from celery.worker import WorkController, state

from config.celery import app
from config.logs import get_logger

log = get_logger("waymark.clock")
PATIENCE = 1.0


@dataclass
class Ticking:
    """The two running threads."""

    worker: threading.Thread
    beat: EmbeddedService

    def stop(self) -> None:
        """Let a running task finish, but wait for no more than a second."""
        state.should_stop = 0
        self.beat.stop()
        self.worker.join(PATIENCE)


def start() -> Ticking:
    """Start worker and beat; they end with the process."""
    worker = threading.Thread(target=_work, name="worker", daemon=True)
    beat = EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")
    beat.daemon = True
    worker.start()
    beat.start()
    return Ticking(worker, beat)


def _work() -> None:
    controller = WorkController(
        app=app,
        pool_cls="solo",
        concurrency=1,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
        task_events=False,
    )
    try:
        controller.start()
    except SystemExit:
        # How the worker ends itself when it was told to stop.
        log.debug("worker stopped")
