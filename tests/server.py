"""The real program as a process: started on a free port, waited for, ended by its pid."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

BASE = Path(__file__).resolve().parent.parent
NOT_INHERITED = ("DATA_DIR", "ORIGINS", "PYTHONDEVMODE", "PYTHONWARNINGS")


class NotServing(Exception):
    """The program ended or fell silent before READY; the text is what it said."""


class Server:
    """One `manage.py up` on one data folder. `start` may be called again after `stop` or `kill`."""

    def __init__(self, folder: Path, *options: str, patience: float = 90) -> None:
        self.folder = folder
        self.options = options
        self.patience = patience
        self.process: subprocess.Popen[str] | None = None
        self.base_url = ""
        self.lines: list[str] = []

    @property
    def demo(self) -> dict[str, Any]:
        """The content of `demo.json`."""
        content: dict[str, Any] = json.loads((self.folder / "demo.json").read_text())
        return content

    @property
    def errors(self) -> str:
        """What it has written to standard error so far."""
        return (self.folder.parent / f"{self.folder.name}.log").read_text()

    def link(self, nickname: str) -> str:
        """The sign-in address of one of the demo people."""
        people = {person["nickname"]: person["sign_in_url"] for person in self.demo["people"]}
        return str(people[nickname])

    def start(self, port: int = 0) -> Server:
        """Start it and wait until it serves. Raises `NotServing`."""
        environment = {k: v for k, v in os.environ.items() if k not in NOT_INHERITED}
        command = [sys.executable, str(BASE / "manage.py"), "up", "--port", str(port)]
        command += ["--data", str(self.folder), *self.options]
        with open(self.folder.parent / f"{self.folder.name}.log", "a") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout is not None
        self.base_url = self._wait_for_ready(self.process.stdout)
        threading.Thread(target=self._drain, args=[self.process.stdout], daemon=True).start()
        return self

    def stop(self) -> int:
        """Ask it to stop, as an operator would; its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """End it at once, as a power cut would."""
        return self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let it fall silent with every connection open, as a lost network would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)

    def _end(self, number: signal.Signals) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(number)
        code = self.process.wait(timeout=20)
        self.process = None
        return code

    def _wait_for_ready(self, output: IO[str]) -> str:
        until = time.monotonic() + self.patience
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            while selector.select(timeout=max(0, until - time.monotonic())):
                line = output.readline()
                if line.startswith("READY "):
                    return line.split()[1]
                if not line:
                    break
        self.kill()
        raise NotServing(self.errors)

    def _drain(self, output: IO[str]) -> None:
        with output:
            self.lines.extend(output)
