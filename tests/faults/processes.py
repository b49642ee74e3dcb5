"""Servers and consoles as processes which are killed, paused and started again, and what they said."""

import queue
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from tests.faults.told import Asked, At, Order, Told, decode, encode
from tests.server.serving import ROOT, start

PATIENCE_S = 90.0
GIVEN_UP_S = 10.0
NO_LIMIT = resource.RLIM_INFINITY
FULL_AT_BYTES = 4096
"""From there on, a process whose disk is full writes nothing more into any file."""
LAST_WORDS = 200


class Killable:
    """A process that is expected to die only when it is killed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fell: list[str] = []
        self.errors: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self._readers: list[threading.Thread] = []
        self._last_words: list[str] = []

    @property
    def is_alive(self) -> bool:
        """Whether it runs, or is paused."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """At once, as the system does when memory is short."""
        self._send(signal.SIGKILL)
        self._bury()

    def pause(self) -> None:
        """It keeps all it has, and does nothing."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        """After a pause."""
        self._send(signal.SIGCONT)

    def fill_disk(self) -> None:
        """Nothing can be written any more."""
        self._limit(FULL_AT_BYTES)

    def free_disk(self) -> None:
        """There is room again."""
        self._limit(NO_LIMIT)

    def end(self) -> None:
        """As an administrator does; the rest of what it says is read."""
        if self.process is not None and self.is_alive:
            self._send(signal.SIGCONT)
            self._send(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.fell.append(f"{self.name} does not end")
                self._send(signal.SIGKILL)
        self._bury()

    def _run(self, process: subprocess.Popen[str], hear: Callable[[str], None]) -> None:
        self.process = process
        assert process.stdout is not None
        assert process.stderr is not None
        self._readers = [_read(process.stdout, hear), _read(process.stderr, self._keep_words)]

    def _keep_words(self, line: str) -> None:
        if '"level":"error"' in line.replace(" ", ""):
            self.errors.append(f"{self.name}: {line.strip()}")
        self._last_words = [*self._last_words[-LAST_WORDS:], line]

    def _notice_fall(self) -> bool:
        """Whether it ended by itself, which is told with its last words."""
        has_fallen = self.process is not None and self.process.poll() is not None
        if has_fallen and self.process is not None:
            status = self.process.returncode
            self._bury()
            self.fell.append(f"{self.name} ended by itself ({status}): " + "".join(self._last_words)[-8000:])
        return has_fallen

    def _bury(self) -> None:
        if self.process is None:
            return
        self.process.wait(PATIENCE_S)
        for reader in self._readers:
            reader.join(PATIENCE_S)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                _close(pipe)
        self.process = None

    def _send(self, what: signal.Signals) -> None:
        if self.process is not None and self.is_alive:
            self.process.send_signal(what)

    def _limit(self, most: int) -> None:
        if self.process is not None and self.is_alive:
            _, hard = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(
                self.process.pid, resource.RLIMIT_FSIZE, (hard if most == NO_LIMIT else most, hard)
            )


class Server(Killable):
    """`filrouge-server serve` at a port that stays the same; `now` tells what its clock says at a start."""

    def __init__(
        self, name: str, database_url: str, folder: Path, *, now: Callable[[], datetime], program: str
    ) -> None:
        super().__init__(name)
        self.port = free_port()
        self._database_url = database_url
        self._folder = folder
        self._now = now
        self._ahead = timedelta()
        self._program = program
        self._is_listening = threading.Event()

    @property
    def url(self) -> str:
        """Without the wire that is cut."""
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """Start it, and wait for nothing; one that fell is told."""
        if self.is_alive:
            return
        # Before it listens it may say in a sentence why it can't, its database being away: that is no fall.
        if self._is_listening.is_set():
            self._notice_fall()
        self._bury()
        self._is_listening.clear()
        settings = {"FILROUGE_LISTEN": f"127.0.0.1:{self.port}", "FILROUGE_LOG_LEVEL": "WARNING"}
        settings["PYTHONFAULTHANDLER"] = "1"
        arguments = ("serve", "--anchor", (self._now() + self._ahead).isoformat())
        self._run(
            start(self._database_url, self._folder, *arguments, program=self._program, **settings),
            lambda _line: self._is_listening.set(),
        )

    def leap(self, by: timedelta) -> None:
        """Its machine's clock is set anew, and it starts again."""
        self.kill()
        self._ahead += by
        self.begin()

    def kill(self) -> None:
        """Whatever it was doing."""
        if self._is_listening.is_set():
            self._notice_fall()
        super().kill()
        self._is_listening.clear()

    def until_listening(self) -> None:
        """It takes requests; started again as often as it says that it can't."""
        self.begin()
        for _ in range(round(PATIENCE_S / 0.5)):
            if self._is_listening.wait(0.5):
                return
            self.begin()
        self.fell.append(f"{self.name} never listens: " + "".join(self._last_words)[-8000:])


class ConsoleProcess(Killable):
    """One console's desk: its lives, and what each told."""

    def __init__(self, login: str, ask: Callable[[int], Asked], *, program: str) -> None:
        super().__init__(f"the console of {login}")
        self.login = login
        self.lives: list[list[Told]] = []
        self._ask = ask
        self._program = program
        self._states: queue.Queue[str] = queue.Queue()

    def begin(self) -> None:
        """Start it if it does not run; it works at once."""
        if self.is_alive:
            return
        self._notice_fall()
        told: list[Told] = []
        asked = self._ask(len(self.lives))
        self.lives.append(told)
        self._states = queue.Queue()
        states = self._states
        process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", self._program, encode(asked).decode()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._run(process, lambda line: self._hear(line, told, states))

    def kill(self) -> None:
        """Whatever it was doing."""
        if self._notice_fall():
            return
        super().kill()

    def until(self, state: str) -> bool:
        """Wait until it says so; whether it did."""
        try:
            while self._states.get(timeout=PATIENCE_S) != state:
                pass
        except queue.Empty:
            self.fell.append(f"{self.name} is never {state}: " + "".join(self._last_words)[-8000:])
            return False
        return True

    def order(self, what: Order) -> None:
        """Told through its standard input."""
        if self.process is None or not self.is_alive:
            self._notice_fall()
            return
        assert self.process.stdin is not None
        self.process.stdin.write(encode(what).decode() + "\n")
        self.process.stdin.flush()

    def leave(self) -> None:
        """It closes its files and ends by itself."""
        self.order(("leave", 0))
        if self.process is None:
            return
        try:
            status = self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.fell.append(f"{self.name} does not leave")
            super().kill()
            return
        self._bury()
        if status:
            self.fell.append(f"{self.name} left badly ({status}): " + "".join(self._last_words)[-8000:])

    def _hear(self, line: str, told: list[Told], states: queue.Queue[str]) -> None:
        one = decode(line)
        if isinstance(one, At):
            states.put(one.state)
        else:
            told.append(one)


def free_port() -> int:
    """Where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _read(pipe: IO[str], hear: Callable[[str], None]) -> threading.Thread:
    def run() -> None:
        # A line cut by a kill was not said.
        for line in _whole(pipe):
            hear(line)

    reader = threading.Thread(target=run, name="hearing", daemon=True)
    reader.start()
    return reader


def _whole(pipe: IO[str]) -> Iterator[str]:
    return (line for line in pipe if line.endswith("\n"))


def _close(pipe: IO[str]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        """Nobody reads any more."""


def told_of(console: ConsoleProcess) -> tuple[tuple[Told, ...], ...]:
    """All its lives."""
    return tuple(tuple(life) for life in console.lives)
