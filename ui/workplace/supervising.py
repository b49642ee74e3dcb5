"""Supervision and its wall: read since the sign-in, shown to whoever supervises."""

from collections.abc import Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.words import Role
from ui.background import in_background
from ui.main_window import MainWindow
from ui.places import SUPERVISION, may_open
from ui.translate import say
from ui.viewmodels.supervision import LiveBoard
from ui.workplace.pages import Pages
from ui.workplace.seat import Seat

if TYPE_CHECKING:
    from ui.screens.supervision import SupervisionScreen
    from ui.screens.wall import Wall

READ_AHEAD_MS = 2_000
"""Past the first page and the first snapshot: almost every role may open it, few do at once."""


class Supervising(QObject):
    """The board that both read, the page of the rail, and the wall that it opens."""

    def __init__(self, seat: Seat, *, window: MainWindow, pages: Pages) -> None:
        super().__init__(window)
        self._seat, self._window, self._pages = seat, window, pages
        self.live = LiveBoard(
            seat.desk, services=seat.person.services, clock=seat.clock, is_manager=self.is_for_all
        )
        self.live.setParent(self)
        self.screen: SupervisionScreen | None = None
        self.wall: Wall | None = None
        if self.is_open:
            pages.put_at_first_use(SUPERVISION, self._make_screen)
        window.closed.connect(self._close_wall)

    @property
    def is_open(self) -> bool:
        """Whoever sits here may see queues: their own services' at least."""
        return may_open(self._seat.person.role, SUPERVISION)

    @property
    def is_for_all(self) -> bool:
        """Whoever sits here supervises: that is what the agent's state says between calls."""
        return self._seat.person.role == Role.SUPERVISOR

    def begin(self) -> None:
        """Read the plotting library once the day is shown: it takes a second, not when it is asked for."""
        if self.is_open:
            QTimer.singleShot(READ_AHEAD_MS, self, self._read_ahead)

    def _read_ahead(self) -> None:
        in_background(partial(import_module, "ui.screens.supervision"), owner=self)

    def toggle_wall(self) -> None:
        """Open the wall on the only screen, or ask on which; close it if it is there (F11)."""
        if not self.is_open:
            return
        if self.wall is not None:
            self._close_wall()
            return
        screens = QGuiApplication.screens()
        if len(screens) == 1:
            self.open_wall(screens[0])
        else:
            self._ask_screen(screens)

    def open_wall(self, screen: QScreen) -> None:
        """Fill a screen with the wall."""
        from ui.screens.wall import Wall

        self.wall = Wall(self.live, house=self._seat.person.house, now=self._seat.clock.now)
        self.wall.left.connect(self._forget_wall)
        self.wall.fill(screen)

    def _ask_screen(self, screens: list[QScreen]) -> None:
        self._pages.go(SUPERVISION)
        if self.screen is None:
            return
        button = self.screen.wall
        menu = QMenu(button)
        for screen, words in zip(screens, screen_words(screens, self._window.screen()), strict=True):
            menu.addAction(words, partial(self.open_wall, screen))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _close_wall(self) -> None:
        if self.wall is not None:
            self.wall.close()

    def _forget_wall(self) -> None:
        wall, self.wall = self.wall, None
        if wall is not None:
            wall.deleteLater()

    def _make_screen(self) -> QWidget:
        from ui.screens.supervision import SupervisionScreen

        self.screen = SupervisionScreen(self.live, now=self._seat.clock.now)
        self.screen.wall.clicked.connect(self.toggle_wall)
        return self.screen


def screen_words(screens: Iterable[QScreen], here: QScreen) -> tuple[str, ...]:
    """« Écran 2, 1920 × 1080 »; the console's own is told."""
    return tuple(
        say("Écran {number}, {width}\u00a0×\u00a0{height}{here}").format(
            number=number,
            width=screen.geometry().width(),
            height=screen.geometry().height(),
            here=say(", celui de la console") if screen is here else "",
        )
        for number, screen in enumerate(screens, start=1)
    )
