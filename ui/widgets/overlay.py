"""A card over the whole window, opened by a key: what is behind waits as it was (design 12)."""

from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from ui.theme import theme

_AIR = 20
_MADE = WeakSet["Overlay"]()
"""All there are: a window has a few, among two thousand other widgets."""


class Overlay(QWidget):
    """Over all of its host; Échap or a click beside the card closes, and the keyboard goes back where it was.

    Nothing that happens meanwhile takes the keyboard: `is_over(window)` says that it is taken.
    """

    closed = Signal()

    def __init__(self, host: QWidget, *, size: QSize, top: int | None = None) -> None:
        super().__init__(host)
        self._host, self._wanted, self._top = host, size, top
        self._before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setObjectName("dialog")
        host.installEventFilter(self)
        _MADE.add(self)
        self.hide()

    @property
    def keyboard_before(self) -> QWidget | None:
        """What had the keyboard when it opened, if it is still there."""
        return self._before if self._before is not None and isValid(self._before) else None

    def open_over(self, first: QWidget) -> None:
        """Come up with the keyboard in `first`."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go away; the keyboard goes back where it was."""
        if not self.isVisible():
            return
        before = self.keyboard_before
        self.hide()
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Tab goes to nothing behind."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap closes; no other key goes to what is behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card closes."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Cover a window that is resized."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken what is behind."""
        QPainter(self).fillRect(self.rect(), theme.scrim())

    def _place(self) -> None:
        self.setGeometry(self._host.rect())
        width = min(self._wanted.width(), self.width() - 2 * _AIR)
        height = min(self._wanted.height(), self.height() - 2 * _AIR)
        top = (self.height() - height) // 2 if self._top is None else min(self._top, self.height() - height)
        self.card.setGeometry((self.width() - width) // 2, top, width, height)


def is_over(window: QWidget) -> bool:
    """Whether one is open in this window.

    Looking for them among all that a window holds would cost more than anything else that a ring does.
    """
    return any(isValid(one) and one.isVisible() and one.window() is window for one in tuple(_MADE))
