"""The desk locks after some minutes without anybody, or when asked: its windows go, the lock stands there."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ui.idleness import Idle, NotTold
from ui.screens.lock import LockScreen
from ui.workplace import Workplace

LOOK_MS = 5000
"""How often it is asked how long nobody was here."""


class Locking(QObject):
    """`lock` puts a screen in the place of all that this desk shows; `unlock` puts it back as it was.

    Everything goes on behind: what was typed stays, calls are followed, what waits is sent. The windows are
    hidden, not covered: nothing of them can be painted, read aloud, hovered or reached by a key.
    """

    locked = Signal()
    unlocked = Signal()

    def __init__(
        self,
        place: Workplace,
        make_screen: Callable[[], LockScreen],
        *,
        idle: Idle,
        after: timedelta | None,
        spared: Callable[[], QWidget | None],
    ) -> None:
        super().__init__(place.window)
        self._place, self._make_screen, self._idle, self._spared = place, make_screen, idle, spared
        self._screen: LockScreen | None = None
        self._seen = _how_it_stands(place)
        self._is_over = False
        self._since_call = QElapsedTimer()
        self._watch = QTimer(self, interval=LOOK_MS)
        self._watch.timeout.connect(self.look)
        self.wait(after)
        place.call.state_changed.connect(self._follow_call)
        place.window.closed.connect(self.close)

    @property
    def is_locked(self) -> bool:
        """Whether the lock stands there."""
        return self._place.window.stand_in is not None

    @property
    def screen(self) -> LockScreen:
        """The lock itself, made when it is first needed."""
        self._screen = self._screen or self._make_screen()
        return self._screen

    def look(self) -> None:
        """Lock once nobody was here for so long."""
        try:
            idle_s = self._idle()
        except NotTold:
            return
        if self._since_call.isValid():
            idle_s = min(idle_s, self._since_call.elapsed() / 1000)
        if self._after is not None and idle_s >= self._after.total_seconds():
            self.lock()

    def wait(self, after: timedelta | None) -> None:
        """Lock after so long from now on, or never by itself."""
        self._after = after
        if after is None:
            self._watch.stop()
        elif not self._is_over:
            self._watch.start()

    def lock(self) -> None:
        """Hide all that this desk shows behind the lock."""
        if self.is_locked:
            return
        window = self._place.window
        is_in_front = not window.is_behind()
        self._place.silence()
        QToolTip.hideText()
        self._take_place(window, takes_keyboard=is_in_front)
        window.stand_in = self.screen
        for top in QApplication.topLevelWidgets():
            if self._must_go(top):
                top.hide()
        self._show_call()
        self.locked.emit()

    def unlock(self) -> None:
        """Put everything back as it was."""
        if not self.is_locked:
            return
        window = self._place.window
        window.stand_in = None
        window.show()
        window.activateWindow()
        self.screen.hide()
        self.unlocked.emit()

    def close(self) -> None:
        """Whoever sat here is gone, and the lock with them: their window closed, or the desk was given up."""
        if self._is_over:
            return
        self._is_over = True
        self._watch.stop()
        self._place.call.state_changed.disconnect(self._follow_call)
        self._place.window.closed.disconnect(self.close)
        if self._screen is not None:
            self._screen.close()
            self._screen.deleteLater()

    def _take_place(self, window: QWidget, *, takes_keyboard: bool) -> None:
        self.screen.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not takes_keyboard)
        self.screen.setGeometry(window.geometry())
        self.screen.setWindowState(window.windowState())
        self.screen.wait_for_password()
        self.screen.show()

    def _must_go(self, top: QWidget) -> bool:
        return top.isVisible() and top is not self.screen and top is not self._spared()

    def _follow_call(self) -> None:
        """A call that rings here, is answered or is held by a hand on the phone is somebody who is here."""
        now = _how_it_stands(self._place)
        if now != self._seen:
            self._seen = now
            self._since_call.start()
        self._show_call()

    def _show_call(self) -> None:
        if self.is_locked:
            card = self._place.call.state.card
            is_live = card is not None and self._place.call.state.is_live
            self.screen.present(card.call if card is not None and is_live else None)


def _how_it_stands(place: Workplace) -> tuple[str, str]:
    card = place.call.state.card
    return (card.call.contact, card.call.state) if card is not None else ("", "")
