"""Who sits at the console in the other process: starts it, asks it to act, kills it."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.server.serving import ROOT
from tests.support.cut_off.told import Done, Order, Start, encode, read_done

ENDS_S = 30.0


class PersonAtDesk:
    """One desk's folder and its lives; `filrouge pop` of the same session reaches whichever runs."""

    def __init__(self, start: Start, *, session: Path) -> None:
        session.mkdir()
        self._start = start
        # What Python compiled is kept: each of eighty small programs would compile it again.
        compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self._environment = compiled | {"QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(session)}
        self._process: subprocess.Popen[str] | None = None

    def sit_down(self, now: datetime) -> None:
        """The console is opened, and its window is there."""
        start = Start(**{name: getattr(self._start, name) for name in _KEPT}, now=now)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.cut_off.desk", encode(start)],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._hear("sit_down")

    def do(self, act: str, at: datetime, **values: Any) -> Done:
        """What was seen of it. Fails when it was waited for in vain."""
        process = self._running()
        assert process.stdin is not None
        print(encode(Order(act=act, at=at, **values)), file=process.stdin, flush=True)
        return self._hear(f"{act} {values}")

    def pop(self, number: str) -> None:
        """What the soft phone runs when somebody calls."""
        pop = [sys.executable, "-m", "ui", "pop", number]
        done = subprocess.run(pop, env=self._environment, cwd=ROOT, timeout=ENDS_S, check=False)
        assert done.returncode == 0, number

    def leave(self) -> None:
        """The console is closed."""
        process = self._running()
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(ENDS_S) == 0
        self._bury()

    def kill(self) -> None:
        """As the system does, whatever it was at."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(ENDS_S)
            self._bury()

    def _hear(self, what: str) -> Done:
        process = self._running()
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, f"the console ended at {what}"
        done = read_done(line)
        assert not done.fault, f"{what}: {done.fault}"
        return done

    def _running(self) -> subprocess.Popen[str]:
        assert self._process is not None, "nobody sits here"
        return self._process

    def _bury(self) -> None:
        process, self._process = self._running(), None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


_KEPT = ("address", "folder", "key", "login", "password")
