"""The keyboard's map: one filter on the window, so that a key means the same wherever it is."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.widgets.digits import read_digit

Act: TypeAlias = Callable[[], None]
_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_TAKEN = {(Qt.Key.Key_K, _CTRL): "Ctrl+K"}
"""Keys that a text field would take for itself on X11: they come first, wherever the keyboard is."""
_BACK = {(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier): "Escape", (Qt.Key.Key_Left, _ALT): "Alt+Left"}
"""Keys that act only where nothing else wants them."""


class Keys(QObject):
    """Function keys and Ctrl keys as shortcuts of the window, digits with Alt or Ctrl by physical key.

    `acting` comes just before a key does something.
    """

    acting = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._acts: dict[str, Act] = {}
        self._on_alt_digit: Callable[[int], None] | None = None
        self._on_ctrl_digit: Callable[[int], None] | None = None
        self._since_key = QElapsedTimer()
        window.installEventFilter(self)
        window.winId()  # makes the native window, which sees a key before any widget does
        window.windowHandle().installEventFilter(self)

    def on(self, sequence: str, act: Act) -> None:
        """Do `act`, and nothing else any more, at a key such as `F4` or `Ctrl+I`; held down it acts once."""
        is_new = sequence not in self._acts
        self._acts[sequence] = act
        if is_new and sequence not in (*_TAKEN.values(), *_BACK.values()):
            shortcut = QShortcut(QKeySequence(sequence), self._window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(self.do, sequence))

    def on_alt_digit(self, act: Callable[[int], None]) -> None:
        """Do `act` with the digit at Alt+1 to Alt+9, whatever the keyboard's letters."""
        self._on_alt_digit = act

    def on_ctrl_digit(self, act: Callable[[int], None]) -> None:
        """Do `act` with the digit at Ctrl+1 to Ctrl+9, whatever the keyboard's letters."""
        self._on_ctrl_digit = act

    def does(self, sequence: str) -> bool:
        """Whether a key does something in the whole window."""
        return sequence in self._acts

    def do(self, sequence: str) -> None:
        """As if the key were pressed."""
        self.acting.emit(sequence)
        self._acts[sequence]()

    def was_pressed_within(self, milliseconds: int) -> bool:
        """Whether a key went down so recently: a hand is on the keyboard."""
        return self._since_key.isValid() and not self._since_key.hasExpired(milliseconds)

    def rest(self) -> None:
        """What was typed is done with: the hand is free."""
        self._since_key.invalidate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is ours before a text field writes it: on AZERTY Alt and a digit carry a letter.

        What comes to the window itself is what no widget wanted.
        """
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self._window:
            return self._take(event, _BACK)
        self._since_key.start()
        return self._take(event, _TAKEN) or self._take_digit(event)

    def _take(self, event: QKeyEvent, keys: dict[tuple[Qt.Key, Qt.KeyboardModifier], str]) -> bool:
        keypad = Qt.KeyboardModifier.KeypadModifier
        sequence = keys.get((Qt.Key(event.key()), event.modifiers() & ~keypad), "")
        if sequence not in self._acts:
            return False
        if not event.isAutoRepeat():
            self.do(sequence)
        return True

    def _take_digit(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
        act = {_ALT: self._on_alt_digit, _CTRL: self._on_ctrl_digit}.get(held)
        digit = read_digit(event) if act is not None else None
        if not digit or act is None:
            return False
        if not event.isAutoRepeat():
            self.acting.emit("")
            act(digit)
        return True


def do_near(place: QWidget | None, sequence: str) -> bool:
    """Do what a key does where the keyboard is, or around it; False when it does nothing there."""
    wanted = QKeySequence(sequence)
    while place is not None:
        for key in place.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if key.key() == wanted and key.isEnabled():
                key.activated.emit()
                return True
        place = place.parentWidget()
    return False
