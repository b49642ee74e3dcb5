"""The keyboard's map: one filter on the window, so that a key means the same wherever it is."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.widgets.digits import read_digit

Act: TypeAlias = Callable[[], None]


class Keys(QObject):
    """Function keys and Ctrl keys as shortcuts of the window, Alt and a digit by physical key."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._on_alt_digit: Callable[[int], None] | None = None
        self._since_key = QElapsedTimer()
        window.winId()  # makes the native window, which sees a key before any widget does
        window.windowHandle().installEventFilter(self)

    def on(self, sequence: str, act: Act) -> None:
        """Do `act` at a key such as `F4` or `Ctrl+I`; a key held down acts once."""
        shortcut = QShortcut(QKeySequence(sequence), self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def on_alt_digit(self, act: Callable[[int], None]) -> None:
        """Do `act` with the digit at Alt+1 to Alt+9, whatever the keyboard's letters."""
        self._on_alt_digit = act

    def was_pressed_within(self, milliseconds: int) -> bool:
        """Whether a key went down so recently: a hand is on the keyboard."""
        return self._since_key.isValid() and not self._since_key.hasExpired(milliseconds)

    def rest(self) -> None:
        """What was typed is done with: the hand is free."""
        self._since_key.invalidate()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take Alt and a digit before a text field writes it: on AZERTY it carries a letter."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        self._since_key.start()
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier != Qt.KeyboardModifier.AltModifier:
            return False
        digit = read_digit(event)
        if not digit or self._on_alt_digit is None:
            return False
        if not event.isAutoRepeat():
            self._on_alt_digit(digit)
        return True
