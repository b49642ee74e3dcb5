"""The first thing seen: the door is painted before the rest of the console is even read."""

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ui.housekeeping import Housekeeping
from ui.screens.sign_in import SignIn
from ui.theme import theme
from ui.translate import Language, tongue

VERSION = "0.1.0"
WINDOW = (1440, 900)
PAINT_FIRST_MS = 20
SIGNAL_CHECK_MS = 200


class Entrance(Protocol):
    """The console behind the door, and the server it speaks to."""

    @property
    def address(self) -> str:
        """The server's, as set."""
        ...

    def enter(self, door: SignIn, login: str, password: str) -> None:
        """Sign in; the door says what was wrong, or gives way."""
        ...

    def offer(self, door: SignIn) -> None:
        """Show the other ways in that the server has, once it says so."""
        ...

    def close(self) -> None:
        """Close whatever was opened."""
        ...


ReadConsole = Callable[[], Callable[[], Entrance]]
"""Reads the settings and what the console needs, on any thread; it returns what makes one on the GUI's."""


class Door(QObject):
    """Asks who sits here; what the console needs is read meanwhile, on a thread of its own."""

    unreadable = Signal(object)

    def __init__(self, read_console: ReadConsole) -> None:
        super().__init__()
        self._read_console = read_console
        self._entrance: Entrance | None = None
        self._waiting: tuple[str, str] | None = None
        self.screen = SignIn(house="", version=VERSION)
        self.screen.asked.connect(self._ask)

    def show(self) -> None:
        """Paint the door, then begin to read the rest."""
        self.screen.resize(*WINDOW)
        self.screen.show()
        self.screen.suggest("")
        QTimer.singleShot(PAINT_FIRST_MS, self._read_the_rest)

    def close(self) -> None:
        """Close whatever was opened."""
        self.screen.close()
        if self._entrance is not None:
            self._entrance.close()

    def _read_the_rest(self) -> None:
        from ui.background import in_background

        in_background(self._read_console, self._furnish, self.unreadable.emit, owner=self)

    def _furnish(self, make: Callable[[], Entrance]) -> None:
        self._entrance = make()
        self.screen.say_server(self._entrance.address)
        self._entrance.offer(self.screen)
        if self._waiting is not None:
            self._ask(*self._waiting)

    def _ask(self, login: str, password: str) -> None:
        if self._entrance is None:
            self._waiting = (login, password)
        else:
            self._entrance.enter(self.screen, login, password)


def make_application(language: Language = "fr") -> QApplication:
    """The application, dressed, and the language it speaks."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Filrouge")
    Housekeeping(app)
    tongue.choose(app, language)
    theme.apply(app)
    return app


def stop_at_ctrl_c(app: QApplication) -> None:
    """Qt's loop runs no Python by itself: a timer lets the signal be seen."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        app.quit()

    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGTERM, leave)
    timer = QTimer(app, interval=SIGNAL_CHECK_MS)
    timer.timeout.connect(lambda: None)
    timer.start()


def run_console(read_console: ReadConsole, *, language: Language = "fr") -> int:
    """Open the console of this desk: sign in, then work until the window is closed.

    2 when a setting is wrong, after the sentence that names it.
    """
    app = make_application(language)
    faults: list[BaseException] = []
    door = Door(read_console)
    door.unreadable.connect(faults.append)
    door.unreadable.connect(app.quit)
    door.show()
    stop_at_ctrl_c(app)
    status = app.exec()
    door.close()
    return _told(faults[0]) if faults else status


def _told(fault: BaseException) -> int:
    from app.settings import WrongSetting

    if not isinstance(fault, WrongSetting):
        raise fault
    print(fault, file=sys.stderr)
    return 2
