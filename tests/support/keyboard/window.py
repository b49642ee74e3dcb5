"""A process with one window on a screen, which obeys what a test asks of it."""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from tests.support.keyboard.screen import Screen

_STOP_S = 20.0


class Window:
    """A process that shows one window and obeys; ended by closing what it hears."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.window: int = self._heard()

    def do(self, order: str) -> Any:
        """What the process answers."""
        assert self._process.stdin is not None
        print(order, file=self._process.stdin, flush=True)
        return self._heard()

    def _heard(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the window's process is gone"
        return json.loads(line)


@contextmanager
def window_of(screen: Screen, module: str, *arguments: str) -> Generator[Window]:
    """The module of `tests.support.keyboard` so named, until the block ends."""
    command = [sys.executable, "-m", f"tests.support.keyboard.{module}", *arguments]
    with subprocess.Popen(
        command, env=screen.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Window(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(_STOP_S)
