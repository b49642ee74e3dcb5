"""Plays a script step by step beside the window, without ever blocking its thread."""

from collections.abc import Callable, Generator
from typing import TypeAlias

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

TICK_MS = 2
SETTLE_MS = 150


class Until(msgspec.Struct, frozen=True, kw_only=True):
    """What the story waits for, and how long at most (seconds)."""

    what: str
    holds: Callable[[], bool]
    within_s: float = 15.0


class Step(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One thing that happened, or did not; `measured` in milliseconds by name."""

    step: str
    is_done: bool
    took_ms: float
    measured: dict[str, float] = {}
    picture: str = ""
    fault: str = ""


def settle() -> Until:
    """Lets the layout of what just changed be done, so that the picture is what a person sees."""
    since = QElapsedTimer()
    since.start()
    return Until(what="the window is still", holds=lambda: since.elapsed() > SETTLE_MS)


Script: TypeAlias = Generator[Until, None, None]


class Player(QObject):
    """Runs a script: after each condition it yields, the script goes on where it was."""

    finished = Signal()

    def __init__(self, script: Script, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failure = ""
        self._script = script
        self._awaited: Until | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin at once."""
        self._go_on()
        self._timer.start()

    def _look(self) -> None:
        awaited = self._awaited
        if awaited is None:
            return
        if awaited.holds():
            self._go_on()
        elif self._since.elapsed() > awaited.within_s * 1000:
            self._end(f"waited {awaited.within_s:.0f} s in vain until {awaited.what}")

    def _go_on(self) -> None:
        try:
            self._awaited = next(self._script)
            self._since.start()
        except StopIteration:
            self._end("")
        except Exception as fault:
            self._end(f"{type(fault).__name__}: {fault}")
            raise

    def _end(self, failure: str) -> None:
        self.failure = failure
        self._awaited = None
        self._timer.stop()
        self._script.close()
        self.finished.emit()
