"""The day as the first page shows it, read on change and every two seconds while it is seen."""

from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.ports import Clock
from app.queries.board import Board, board
from app.queries.day import DayView, read_day
from app.queries.house import has_house
from app.queries.notices import Notice, read_notices
from ui.tasks import Desk
from ui.viewmodels.pace import Pace

REFRESH_MS = 2000


class DayPage(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing until the first answer."""

    board: Board | None = None
    view: DayView = DayView()
    notices: tuple[Notice, ...] = ()


class DayBoard(QObject):
    """Hidden, it asks nothing."""

    state_changed = Signal()

    def __init__(self, desk: Desk, *, services: tuple[str, ...], agent: str, clock: Clock) -> None:
        super().__init__()
        self.state = DayPage()
        self._desk, self._services, self._agent, self._clock = desk, services, agent, clock
        self._is_shown = False
        self._pace = Pace(self, self._ask, beat_ms=REFRESH_MS)

    def show(self, *, is_shown: bool) -> None:
        """Follow the day while it is seen."""
        self._is_shown = is_shown
        self._pace.start() if is_shown else self._pace.stop()

    def look(self) -> None:
        """What is known changed."""
        if self._is_shown:
            self._pace.ask()

    def _ask(self) -> None:
        if self._is_shown:
            question = partial(_read, services=self._services, agent=self._agent, clock=self._clock)
            self._desk.ask(question, self._keep)

    def _keep(self, page: DayPage) -> None:
        self.state = page
        self.state_changed.emit()


def _read(
    connection: sa.Connection, establishment: str, *, services: tuple[str, ...], agent: str, clock: Clock
) -> DayPage:
    if not has_house(connection, establishment):
        return DayPage()
    now = clock.now()
    return DayPage(
        board=board(connection, establishment, now=now, services=frozenset(services)),
        view=read_day(connection, establishment, services=services, agent=agent, now=now),
        notices=read_notices(connection, establishment, services=services, now=now),
    )
