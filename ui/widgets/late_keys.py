"""Keeps a key meant for what was there before from acting on what just appeared (design 5.2)."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

GRACE_MS = 600
_ACTS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LateKeys(QObject):
    """Ignores Enter and Space on a widget during its first 600 ms on the screen."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._shown = QElapsedTimer()
        watched.installEventFilter(self)

    def restart(self) -> None:
        """Count again: what the widget shows has changed."""
        self._shown.start()

    def is_early(self) -> bool:
        """Whether it appeared too recently to be acted on."""
        return self._shown.isValid() and not self._shown.hasExpired(GRACE_MS)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the moment it appears; take the keys that come too early."""
        if event.type() is QEvent.Type.Show:
            self.restart()
        is_act = isinstance(event, QKeyEvent) and event.key() in _ACTS
        return is_act and event.type() is QEvent.Type.KeyPress and self.is_early()
