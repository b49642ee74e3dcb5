"""The live board as a supervisor's screen reads it: on change, once a second at most, only while shown."""

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, QTimer, Signal

from app.ports import Clock
from app.queries.board import Board, board
from app.queries.trends import Trends, trends
from ui.tasks import Desk
from ui.viewmodels.pace import ONCE_MS, Pace

REFRESH_MS = 2000


class Supervision(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows; nothing until the first answer."""

    board: Board | None = None
    trends: Trends | None = None


class LiveBoard(QObject):
    """Asks for the board when something changed; hidden, it asks nothing."""

    state_changed = Signal()
    ticked = Signal()

    def __init__(self, desk: Desk, *, services: tuple[str, ...], clock: Clock) -> None:
        super().__init__()
        self.state = Supervision()
        self._desk = desk
        self._services = frozenset(services)
        self._clock = clock
        self._is_shown = False
        self._pace = Pace(self, self._ask, beat_ms=REFRESH_MS)
        self._second = QTimer(self, interval=ONCE_MS)
        self._second.timeout.connect(self.ticked)

    def show(self, *, is_shown: bool) -> None:
        """Follow the calls while the screen is seen, and rest when it is not."""
        self._is_shown = is_shown
        for pace in (self._second, self._pace):
            pace.start() if is_shown else pace.stop()

    def look(self) -> None:
        """Read again, now or when the second is over."""
        if self._is_shown:
            self._pace.ask()

    def _ask(self) -> None:
        if self._is_shown:
            self._desk.ask(self._read, self._show)

    def _read(self, connection: sa.Connection, establishment: str) -> Supervision:
        now = self._clock.now()
        shown = board(connection, establishment, now=now, services=self._services)
        known, last = self.state.trends, self.state.board
        if known is None or last is None or now.date() != last.read_at.date():
            known = trends(connection, establishment, now=now)
        return Supervision(board=shown, trends=known)

    def _show(self, state: Supervision) -> None:
        self.state = state
        self.state_changed.emit()
