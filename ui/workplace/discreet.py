"""« Écran discret »: names, notes and excerpts are hidden where they stand, until somebody is here again."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from ui.discretion import discretion
from ui.idleness import Idle, NotTold
from ui.main_window import MainWindow
from ui.panels.top_bar import TopBar
from ui.widgets.code_field import CodeField

_HELD = {
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
"""Keys that say nothing by themselves: one of them begins Ctrl+Maj+H."""
_OWN = (Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_HIDES, _SHOWS = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


ALONE_S = 60
LOOK_MS = 2000
"""How often it is asked how long nobody was here."""


class Discreet(QObject):
    """`toggle` is Ctrl+Maj+H; any other key and any click brings the names back, and does what it does.

    The windows are watched while names are hidden, and only then. `is_busy` is a call of this desk: whoever
    speaks is here without touching a key, and who sat here answers it.
    """

    def __init__(self, *, top_bar: TopBar, window: MainWindow, is_busy: Callable[[], bool]) -> None:
        super().__init__(window)
        self._is_busy = is_busy
        self._idle: Idle | None = None
        self._ask_who: Callable[[], None] | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)
        self._top_bar = top_bar
        self._watched: list[QWindow] = []
        self._fields: list[QLineEdit] = []
        top_bar.names_asked.connect(self.come_back)
        window.closed.connect(self.restore)
        window.closed.connect(self._look.stop)

    def wait(self, idle: Idle | None) -> None:
        """Hide the names too once nobody touched this machine for a minute; with None, only when asked."""
        self._idle = idle
        self._look.stop() if idle is None else self._look.start()

    def protect(self, ask_who: Callable[[], None] | None) -> None:
        """Have who wants the names back asked who they are (a shared desk), or not."""
        self._ask_who = ask_who

    def look(self) -> None:
        """Hide them if nobody was here for a minute."""
        if self._idle is None or self._is_busy():
            return
        try:
            is_alone = self._idle() >= ALONE_S
        except NotTold:
            return
        if is_alone:
            self.hide()

    def toggle(self) -> None:
        """Hide them, or show them again."""
        self.come_back() if discretion.is_on else self.hide()

    def hide(self) -> None:
        """From now on, until somebody presses a key or clicks; the keyboard stays where it is."""
        if discretion.is_on:
            return
        QToolTip.hideText()
        discretion.turn(is_on=True)
        self._fields = [
            one
            for one in QApplication.allWidgets()
            if isinstance(one, QLineEdit) and one.echoMode() == _SHOWS and not isinstance(one, CodeField)
        ]
        for field in self._fields:
            field.setEchoMode(_HIDES)
        self._watched = QGuiApplication.topLevelWindows()
        for window in self._watched:
            window.installEventFilter(self)
        self._top_bar.say_discreet(is_on=True)

    @property
    def is_guarded(self) -> bool:
        """Whether names are hidden from whoever did not say who they are."""
        return discretion.is_on and self._ask_who is not None

    def come_back(self) -> None:
        """Somebody wants the names; whoever it is says so first, on a shared desk without a call."""
        if self._ask_who is None or self._is_busy():
            self.restore()
        else:
            self._ask_who()

    def restore(self) -> None:
        """As it was; what was typed, and the caret, never moved."""
        if not discretion.is_on:
            return
        for window in self._watched:
            window.removeEventFilter(self)
        for field in self._fields:
            field.setEchoMode(_SHOWS)
        self._watched, self._fields = [], []
        discretion.turn(is_on=False)
        self._top_bar.say_discreet(is_on=False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See who is here again; what brings the names back goes on to whom it was meant for."""
        if event.type() in _CLICKS or (event.type() in _KEYS and _means_something(event)):
            self.come_back()
            return discretion.is_on
        return False


def _means_something(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    key = Qt.Key(event.key())
    return key not in _HELD and (key, event.modifiers()) != _OWN
