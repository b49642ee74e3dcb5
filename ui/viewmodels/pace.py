"""Reads again when something changed, once a second at most, and at each beat."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

ONCE_MS = 1000
SERVER_PAUSE_MS = 250
"""A search asks the server once the hand rests: each question leaves a trace."""


class Pace(QObject):
    """`read` is called at once, or when the second is over; the beats go on between `start` and `stop`."""

    def __init__(self, parent: QObject, read: Callable[[], None], *, beat_ms: int) -> None:
        super().__init__(parent)
        self._read = read
        self._is_stale = False
        self._rest = QTimer(self, interval=ONCE_MS, singleShot=True)
        self._rest.timeout.connect(self._after_rest)
        self._beat = QTimer(self, interval=beat_ms)
        self._beat.timeout.connect(self.ask)

    def start(self) -> None:
        """Read now, then at each beat."""
        self._beat.start()
        self.ask()

    def stop(self) -> None:
        """Read no more by itself."""
        self._beat.stop()

    def ask(self) -> None:
        """Read, now or when the second is over."""
        if self._rest.isActive():
            self._is_stale = True
        else:
            self._rest.start()
            self._read()

    def ask_now(self) -> None:
        """Read without waiting: a person acted."""
        self._rest.stop()
        self.ask()

    def _after_rest(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.ask()
