"""Whom the evening and the night left waiting, read as it changes, and called back from there (rules R30)."""

from functools import partial

import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.errors import Refusal
from app.domain.line_commands import DialNumber
from app.ports import Clock
from app.queries.morning import LeftCaller, read_morning
from ui.tasks import Desk
from ui.viewmodels.pace import Pace

REFRESH_MS = 30_000


class MorningList(QObject):
    """`callers` is empty until the first answer, and once everybody was seen to."""

    state_changed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, *, services: tuple[str, ...], clock: Clock) -> None:
        super().__init__()
        self.callers: tuple[LeftCaller, ...] = ()
        self._desk = desk
        self._question = partial(_read, services=services, clock=clock)
        self._pace = Pace(self, self._ask, beat_ms=REFRESH_MS)

    def begin(self) -> None:
        """Read them, and keep them true."""
        self._pace.start()

    def look(self) -> None:
        """What is known changed."""
        self._pace.ask()

    def call(self, contact: str) -> bool:
        """Let one's own phone ring and dial the caller; whether there is a number to dial."""
        number = next((one.number for one in self.callers if one.contact == contact), "")
        if number:
            self._desk.submit(DialNumber(number_raw=number), self._tell_sent, self._tell_refused)
        return bool(number)

    def spoken(self, contact: str) -> str:
        """Which of the caller's contacts has a voicemail to play; empty when none."""
        return next((one.spoken for one in self.callers if one.contact == contact), "")

    def _tell_sent(self, _sent: str) -> None:
        self._pace.ask_now()

    def _tell_refused(self, refusal: Refusal) -> None:
        self.refused.emit(refusal)

    def _ask(self) -> None:
        self._desk.ask(self._question, self._keep)

    def _keep(self, callers: tuple[LeftCaller, ...]) -> None:
        self.callers = callers
        self.state_changed.emit()


def _read(
    connection: sa.Connection, establishment: str, *, services: tuple[str, ...], clock: Clock
) -> tuple[LeftCaller, ...]:
    return read_morning(connection, establishment, services=services, now=clock.now())
