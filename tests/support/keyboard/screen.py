"""One X server with a window manager, and keys pressed as a keyboard would."""

import os
import subprocess
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

_PATIENCE_S = 20.0
_STOP_S = 10.0
_BETWEEN_KEYS_MS = "4"


class Screen:
    """Xvfb and openbox on a display of their own; only they are ended."""

    def __enter__(self) -> Self:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
        self._server = _start(command, os.environ, pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as told:
            display = told.readline().strip()
        if not display:
            raise RuntimeError("The X server did not start: is xvfb installed?")
        self.environment = os.environ | {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        self._manager = _start(["openbox", "--sm-disable"], self.environment)
        self._await_manager()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(_STOP_S)

    def give_keyboard(self, window: int) -> None:
        """Put the keyboard in a window, as a person does who clicks on its title."""
        self._do("windowactivate", "--sync", str(window))

    @property
    def active(self) -> int:
        """The window that has the keyboard."""
        return int(self._do("getactivewindow"))

    def type(self, text: str) -> None:
        """Press the keys of a text, one after the other, whatever window they go to."""
        self._do("type", "--delay", _BETWEEN_KEYS_MS, text)

    def press(self, *keys: str) -> None:
        """Press keys by their X names, such as `F8` or `ctrl+Return`."""
        self._do("key", *keys)

    def _await_manager(self) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not self._do("get_num_desktops", is_checked=False).strip().isdecimal():
            if time.monotonic() > deadline:
                raise RuntimeError("The window manager did not start: is openbox installed?")
            time.sleep(0.05)

    def _do(self, *arguments: str, is_checked: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=is_checked,
        )
        return done.stdout


def _start(
    command: list[str], environment: Mapping[str, str], *, pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env=environment,
        pass_fds=pass_fds,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
