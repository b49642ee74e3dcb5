"""The live board as a supervisor reads it: on change, once a second at most, only while it is seen."""

from datetime import datetime

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.periods import Period
from app.ports import Clock
from app.queries.board import Board, Chosen, board
from app.queries.trends import Trends, trends
from ui.house_time import house_time
from ui.tasks import Desk
from ui.viewmodels.pace import ONCE_MS, Pace
from ui.viewmodels.team_week import TeamWeek, WeekReader

REFRESH_MS = 2000


class Supervision(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen and the wall show; nothing until the first answer, and no `week` but for a manager."""

    board: Board | None = None
    trends: Trends | None = None
    week: TeamWeek | None = None


class LiveBoard(QObject):
    """Asks for the board when something changed; while nobody follows it, it asks nothing.

    `chosen` is what is asked for, agents' names with it if `is_manager`; `dated_at` is when the server
    was last there, while it is away.
    """

    state_changed = Signal()
    ticked = Signal()

    def __init__(
        self, desk: Desk, *, services: tuple[str, ...], clock: Clock, is_manager: bool = False
    ) -> None:
        super().__init__()
        self.state = Supervision()
        self.chosen = Chosen()
        self.dated_at: datetime | None = None
        self._desk = desk
        self._services = frozenset(services)
        self._clock = clock
        self.is_manager = is_manager
        self._week = WeekReader(desk, told=self._keep_week) if is_manager else None
        self._followers: set[QObject] = set()
        self._pace = Pace(self, self._ask, beat_ms=REFRESH_MS)
        self._second = QTimer(self, interval=ONCE_MS)
        self._second.timeout.connect(self.ticked)

    @property
    def is_followed(self) -> bool:
        """Somebody sees it."""
        return bool(self._followers)

    def follow(self, who: QObject) -> None:
        """Follow the calls while this is seen."""
        self._followers.add(who)
        self._second.start()
        self._pace.start()
        self._ask_week()

    def leave(self, who: QObject) -> None:
        """Rest once nobody follows."""
        self._followers.discard(who)
        if not self.is_followed:
            self._second.stop()
            self._pace.stop()

    def look(self) -> None:
        """Read again, now or when the second is over."""
        if self.is_followed:
            self._pace.ask()

    def choose_queues(self, queues: frozenset[str]) -> None:
        """Show these alone, by their ids; none of them is every one."""
        self._choose(msgspec.structs.replace(self.chosen, queues=queues))

    def choose_period(self, period: Period) -> None:
        """Count the calls of this part of today."""
        self._choose(msgspec.structs.replace(self.chosen, period=period))

    def hear_link(self, *, is_offline: bool) -> None:
        """Without the server nothing is live any more: what is shown is of the time it left."""
        if is_offline != (self.dated_at is not None):
            self.dated_at = self._clock.now() if is_offline else None
            self.ticked.emit()
            self._ask_week()

    def _choose(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self._pace.ask_now()

    def _ask_week(self) -> None:
        if self._week is not None and self.is_followed and self.dated_at is None:
            self._week.ask(house_time.day(self._clock.now()))

    def _keep_week(self, week: TeamWeek) -> None:
        self._show(msgspec.structs.replace(self.state, week=week))

    def _ask(self) -> None:
        if self.is_followed:
            self._desk.ask(self._read, self._show_board)

    def _read(self, connection: sa.Connection, establishment: str) -> Supervision:
        now = self._clock.now()
        shown = board(
            connection,
            establishment,
            now=now,
            services=self._services,
            chosen=self.chosen,
            is_manager=self.is_manager,
        )
        known, last = self.state.trends, self.state.board
        if known is None or last is None or house_time.day(now) != house_time.day(last.read_at):
            known = trends(connection, establishment, now=now)
        return Supervision(board=shown, trends=known)

    def _show_board(self, read: Supervision) -> None:
        self._show(msgspec.structs.replace(read, week=self.state.week))

    def _show(self, state: Supervision) -> None:
        self.state = state
        self.state_changed.emit()
