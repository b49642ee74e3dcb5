"""Whether capitals are locked while a password is typed: Qt does not say, the keys do."""

import sys

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

_LOCK_MASK = 1 << 1
"""Of the modifiers that X11 and xkb give with each key."""
_TELLING = frozenset(("xcb", "wayland"))


class CapsLock(QObject):
    """Watches one field; `changed` tells whether capitals are locked, as far as the last key shows it.

    Nothing is told before a key is pressed, nor once the keyboard went elsewhere.
    """

    changed = Signal(bool)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.is_on = False
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the keys go by; all of them go on."""
        del watched
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            known = shown_by(event, platform=QGuiApplication.platformName())
            if known is not None:
                self._tell(is_on=known)
        elif event.type() == QEvent.Type.FocusOut:
            self._tell(is_on=False)
        return False

    def _tell(self, *, is_on: bool) -> None:
        if is_on != self.is_on:
            self.is_on = is_on
            self.changed.emit(is_on)


def shown_by(event: QKeyEvent, *, platform: str) -> bool | None:
    """What a key that went down shows of the lock; None when it shows nothing."""
    if event.key() == Qt.Key.Key_CapsLock:
        # It is told as it was before: off once it was on, and else the next letter shows it.
        return False
    if platform in _TELLING and event.nativeScanCode():
        return bool(event.nativeModifiers() & _LOCK_MASK)
    return _written(event.text(), is_shifted=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))


def _written(text: str, *, is_shifted: bool) -> bool | None:
    """Read from one letter: a capital without Maj is the lock's; with Maj macOS writes one in any case."""
    if len(text) != 1 or text.upper() == text.lower():
        return None
    is_capital = text == text.upper()
    if is_shifted and is_capital:
        return None if sys.platform == "darwin" else False
    return is_capital != is_shifted
