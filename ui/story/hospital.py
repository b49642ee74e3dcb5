"""The demonstration's server: a real one, in its own process, on fictitious data."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections import deque
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

READY_S = 60.0
STOP_S = 5.0


class NotStarted(Exception):  # noqa: N818 - it is a sentence for the person who asked
    """The demonstration's server did not start; the message says why."""


class Hospital:
    """Makes the data, serves them with a simulated telephone, and ends what it started."""

    def __init__(
        self,
        folder: Path,
        *,
        anchor: datetime,
        seed: int,
        port: int = 0,
        database: str = "",
        persons: int = 2_000,
    ) -> None:
        self.database = database or f"sqlite:///{folder / 'hospital.db'}"
        self.port = port or _free_port()
        self._anchor = anchor.isoformat()
        self._filling = ("--seed", str(seed), "--anchor", self._anchor, "--persons", str(persons))
        self._environment = os.environ | {
            "FILROUGE_DATABASE_URL": self.database,
            "FILROUGE_DATA_DIR": str(folder),
            "FILROUGE_LISTEN": f"127.0.0.1:{self.port}",
        }
        self._process: subprocess.Popen[str] | None = None
        self._listener = threading.Thread(target=self._listen, name="hospital", daemon=True)
        self._ear = self._mouth = -1
        self._said: deque[str] = deque(maxlen=20)
        self._wire = requests.Session()
        self._wire.trust_env = False

    def __enter__(self) -> Self:
        """Fill the database and serve it; raises `NotStarted`."""
        self._run("demo-data", *self._filling)
        self._ear, self._mouth = os.pipe()
        self._listener.start()
        try:
            self._serve(self._anchor)
        except NotStarted:
            self._stop_listening()
            raise
        return self

    def _serve(self, anchor: str) -> None:
        """Start the server, whose clock begins at that moment; raises `NotStarted`."""
        self._process = subprocess.Popen(
            self._command("serve", "--anchor", anchor, "--simulated-line"),
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=self._mouth,
            text=True,
        )
        self._wait_until_it_serves()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the server that was started here."""
        self._wire.close()
        self._end()
        self._stop_listening()

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_S)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _stop_listening(self) -> None:
        os.close(self._mouth)
        self._listener.join(STOP_S)

    @property
    def address(self) -> str:
        """Where consoles reach it."""
        return f"http://127.0.0.1:{self.port}"

    def play(self, act: str, **values: str) -> str:
        """One act of the simulated line, committed when this returns; the contact's id."""
        answer = self._wire.post(f"{self.address}/demo/line", json={"act": act, **values}, timeout=10)
        answer.raise_for_status()
        contact: str = answer.json()["contact"]
        return contact

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(
            self._command(*arguments), env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NotStarted(done.stderr.strip() or f"{arguments[0]} failed")

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "sync.server", *arguments]

    def _listen(self) -> None:
        with os.fdopen(self._ear) as said:
            for line in said:
                self._said.append(line.rstrip())

    def _wait_until_it_serves(self) -> None:
        process = self._process
        if process is None or process.stdout is None:
            raise NotStarted("the server has no output")
        watch = threading.Timer(READY_S, process.kill)
        watch.start()
        line = process.stdout.readline()
        watch.cancel()
        if not line or "listening" not in json.loads(line):
            raise NotStarted("\n".join(self._said) or "the server ended without a word")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
