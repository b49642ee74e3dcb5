"""The directory in hand: what is typed, what answers, who is on duty, and the sheet beside it."""

from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, QTimer, Signal

from app.ports import Clock
from app.queries.directory import (
    Duty,
    EntryFound,
    Found,
    Imported,
    Sheet,
    last_import,
    search_directory,
    service_sheet,
    who_is_on_duty,
)
from ui.tasks import Desk

REFRESH_MS = 30_000


class DirectoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows; `chosen` is the row that a transfer would go to."""

    found: Found = Found(text="")
    duty: Duty | None = None
    imported: Imported = Imported()
    sheet: Sheet | None = None
    chosen: int = 0

    @property
    def entry(self) -> EntryFound | None:
        """The chosen row."""
        return self.found.rows[self.chosen] if self.chosen < len(self.found.rows) else None


class _Read(msgspec.Struct, frozen=True, kw_only=True):
    found: Found
    duty: Duty
    imported: Imported


class DirectoryBoard(QObject):
    """Reads at each key; an answer to an older question is let go."""

    state_changed = Signal()

    def __init__(self, desk: Desk, *, clock: Clock) -> None:
        super().__init__()
        self._desk = desk
        self._clock = clock
        self._text = ""
        self._kind = ""
        self._tick = QTimer(self, interval=REFRESH_MS)
        self._tick.timeout.connect(self.look)
        self.state = DirectoryPage()

    def look(self) -> None:
        """Read all that is shown again."""
        question = partial(_read, text=self._text, kind=self._kind, clock=self._clock)
        self._desk.ask(question, partial(self._keep, self._text, self._kind))

    def follow(self, *, is_shown: bool) -> None:
        """Keep « maintenant » true while the page is seen."""
        if is_shown:
            self.look()
            self._tick.start()
        else:
            self._tick.stop()

    def type(self, text: str) -> None:
        """Search what is typed so far."""
        self._text = text
        self.look()

    def narrow(self, kind: str) -> None:
        """Only services, persons or functions; all when empty."""
        self._kind = kind
        self.look()

    def move(self, step: int) -> None:
        """Choose the row above or below."""
        last = len(self.state.found.rows) - 1
        self.choose(min(max(self.state.chosen + step, 0), max(last, 0)))

    def choose(self, row: int) -> None:
        """Choose a row, and read its sheet."""
        self._set(chosen=row)
        self._read_sheet()

    def _keep(self, text: str, kind: str, read: _Read) -> None:
        if (text, kind) != (self._text, self._kind):
            return
        was = self.state.entry
        rows = [row.entry for row in read.found.rows]
        chosen = rows.index(was.entry) if was is not None and was.entry in rows else 0
        is_same = read.found.text == self.state.found.text
        self._set(found=read.found, duty=read.duty, imported=read.imported, chosen=chosen if is_same else 0)
        self._read_sheet()

    def _read_sheet(self) -> None:
        entry = self.state.entry
        if entry is None:
            self._set(sheet=None)
        else:
            self._desk.ask(partial(_sheet, entry=entry.entry), partial(self._keep_sheet, entry.entry))

    def _keep_sheet(self, entry: str, sheet: Sheet | None) -> None:
        here = self.state.entry
        if here is not None and here.entry == entry:
            self._set(sheet=sheet)

    def _set(self, **values: object) -> None:
        self.state = msgspec.structs.replace(self.state, **values)
        self.state_changed.emit()


def _read(connection: sa.Connection, establishment: str, *, text: str, kind: str, clock: Clock) -> _Read:
    now = clock.now()
    return _Read(
        found=search_directory(connection, establishment, text, kind=kind, now=now),
        duty=who_is_on_duty(connection, establishment, now=now),
        imported=last_import(connection, establishment),
    )


def _sheet(connection: sa.Connection, establishment: str, *, entry: str) -> Sheet | None:
    return service_sheet(connection, establishment, entry)
