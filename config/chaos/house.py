"""The server of a chaos run: a real process on a real data folder, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parents[2]
NOT_INHERITED = ("DATA_DIR", "ORIGINS", "PYTHONDEVMODE", "PYTHONWARNINGS")


class DidNotStart(Exception):
    """The server ended before it served; the text is what it said."""


class House:
    """One `manage.py up` that keeps its folder and its port through every death."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(exist_ok=True)
        self.folder = folder
        self.log = folder.parent / "server.log"
        self.port = _free_port()
        self.kills = 0
        self.starts: list[float] = []
        self._process: subprocess.Popen[str] | None = None

    @property
    def sheet(self) -> dict[str, Any]:
        """What `demo.json` says."""
        content: dict[str, Any] = json.loads((self.folder / "demo.json").read_text())
        return content

    @property
    def tracebacks(self) -> int:
        """How many faults the server did not handle, by its own log."""
        return self.log.read_text().count("Traceback (most recent call last)")

    def begin(self) -> None:
        """Start it and wait for nothing."""
        command = [sys.executable, str(BASE / "manage.py"), "up", "--demo", "--quiet"]
        command += ["--port", str(self.port), "--data", str(self.folder)]
        environment = {k: v for k, v in os.environ.items() if k not in NOT_INHERITED}
        with self.log.open("a") as errors:
            self._process = subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
            )

    def start(self) -> None:
        """Start it and return when it serves. Raises `DidNotStart`."""
        begun = time.monotonic()
        self.begin()
        assert self._process is not None and self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("READY"):
                self.starts.append(time.monotonic() - begun)
                return
        raise DidNotStart(self.log.read_text()[-2000:])

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)
        self.kills += 1

    def stop(self) -> None:
        """End it in an orderly way."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(number)
        process.wait(timeout=20)
        assert process.stdout is not None
        process.stdout.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
