"""The record that a search opened without a call: read once it is traced, with its reason."""

from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.commands import OpenPerson
from app.ports import Clock
from app.queries.person_record import PersonRecord, person_record
from ui.tasks import Desk

REASON = "search"


class OpenedRecord(QObject):
    """`state` is the record shown, or nothing; `absent` tells of one that this desk does not hold."""

    state_changed = Signal()
    absent = Signal()

    def __init__(self, desk: Desk, *, clock: Clock) -> None:
        super().__init__()
        self.state: PersonRecord | None = None
        self._desk, self._clock = desk, clock
        self._person = ""

    @property
    def person(self) -> str:
        """Whose record is open, or nothing."""
        return self._person

    def open(self, person: str) -> None:
        """Read somebody's record; what this desk does not hold is not read, and not traced."""
        self._person = person
        self._ask(partial(self._begin, person))

    def look(self) -> None:
        """What is known changed."""
        if self.state is not None:
            self._ask(partial(self._show, self._person))

    def close(self) -> None:
        """Show nobody's."""
        self._person = ""
        self._set(None)

    def _ask(self, then: Callable[[PersonRecord | None], None]) -> None:
        self._desk.ask(partial(_record, person=self._person, clock=self._clock), then)

    def _begin(self, person: str, found: PersonRecord | None) -> None:
        if person != self._person:
            return
        if found is None:
            self._person = ""
            self.absent.emit()
            return
        trace = OpenPerson(person=found.traits.person, reason=REASON)
        self._desk.submit(trace, lambda _: self._show(person, found))

    def _show(self, person: str, found: PersonRecord | None) -> None:
        if person == self._person:
            self._set(found)

    def _set(self, found: PersonRecord | None) -> None:
        self.state = found
        self.state_changed.emit()


def _record(
    connection: sa.Connection, establishment: str, *, person: str, clock: Clock
) -> PersonRecord | None:
    return person_record(connection, establishment, person, now=clock.now())
