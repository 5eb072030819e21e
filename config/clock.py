"""The task worker and its beat as two threads of the one process, for a single machine.

Tasks only wake somebody who asks the database what is due, so a tick that is lost costs nothing.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from celery.beat import Scheduler, Service
from celery.worker import WorkController, state

from config.celery import app
from config.logs import get_logger
from scheduling.tasks import SCHEDULE

log = get_logger("waymark.clock")
PATIENCE = 0.3


@dataclass
class Ticking:
    """The two running threads."""

    worker: threading.Thread
    beat: threading.Thread
    service: Service

    def stop(self) -> None:
        """Let a running task finish, but wait for no more than a moment."""
        self.service.stop()
        state.should_stop = 0  # type: ignore[assignment]  # an exit code, or None
        self.worker.join(PATIENCE)


def start() -> Ticking:
    """Start worker and beat; they end with the process."""
    app.conf.beat_schedule = SCHEDULE
    worker = threading.Thread(target=_work, name="worker", daemon=True)
    service = Service(app, max_interval=1, scheduler_cls=Scheduler)
    beat = threading.Thread(target=service.start, name="beat", daemon=True)
    worker.start()
    beat.start()
    return Ticking(worker, beat, service)


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
