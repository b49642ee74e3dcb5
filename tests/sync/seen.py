"""Rows as a desk may see them, to be compared with those it holds."""

from typing import Protocol

import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.store import tables
from app.store.bundles import Row
from sync.client.outbox import Outbox
from sync.server.feed.desk import Desk as FeedDesk
from sync.server.feed.entries import without_hidden
from tests.sync.hospital import PROTECTED, unlinked_calls, whole_person


class Holding(Protocol):
    """A desk's files, and who sits there."""

    @property
    def feed_desk(self) -> FeedDesk: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def engine(self) -> sa.Engine: ...


class Known(Protocol):
    """The server's database, asked directly."""

    @property
    def engine(self) -> sa.Engine: ...
    def scope(self, services: frozenset[str]) -> set[str]: ...


class Comparison:
    """What a desk holds at rest, against what the server would have it hold."""

    def __init__(self, seat: Holding, hospital: Known) -> None:
        self._seat = seat
        self._hospital = hospital
        self._faults: list[str] = []

    def faults(self) -> list[str]:
        """All that differs."""
        seat = self._seat
        who = seat.feed_desk.login
        if size := seat.outbox.size(who):
            self._faults.append(f"{who}: {size} commands still wait")
        scope = self._hospital.scope(seat.feed_desk.services)
        if seat.feed_desk.is_unaware:
            scope.discard(PROTECTED)
        with self._hospital.engine.connect() as server, seat.engine.connect() as here:
            known = set(here.execute(sa.select(tables.person.c.id)).scalars())
            if known != scope:
                self._faults.append(f"{who}: holds {known - scope} too many, lacks {scope - known}")
            for person in sorted(scope):
                self._compare(
                    f"{who}: {person}",
                    as_seen(seat, whole_person(server, person).rows),
                    whole_person(here, person).rows,
                )
            self._check_strangers(who, here, scope)
            self._check_calls(seat, server, here)
            self._check_promises(seat, server, here)
        return self._faults

    def _check_strangers(self, who: str, here: sa.Connection, scope: set[str]) -> None:
        for table, column in tables.OF_PERSON.items():
            named = set(here.execute(sa.select(table.c[column])).scalars()) - {None}
            if strangers := named - scope:
                self._faults.append(f"{who}: rows of {table.name} concern {strangers} out of its scope")

    def _check_calls(self, seat: Holding, server: sa.Connection, here: sa.Connection) -> None:
        hidden = server.execute(sa.select(tables.contact.c.id).filter_by(person=PROTECTED)).scalars().all()
        theirs = {
            row.id: as_seen(seat, {"contact": [content(row)]})["contact"][0] for row in unlinked_calls(server)
        }
        mine = {row.id: content(row) for row in unlinked_calls(here)}
        desk = seat.feed_desk
        due = {call: row for call, row in theirs.items() if row["service"] in desk.services}
        for call, row in due.items():
            self._compare(f"{desk.login}: call {call}", row, mine.get(call))
        for call, row in mine.items():
            is_hidden = desk.is_unaware and call in hidden
            if call not in due and row["service"] in desk.services and not is_hidden:
                self._compare(f"{desk.login}: old call {call}", theirs.get(call, {}), row)

    def _check_promises(self, seat: Holding, server: sa.Connection, here: sa.Connection) -> None:
        """What was promised to nobody known, at what is still nobody's: the desks that hold one hold both."""
        desk, theirs = seat.feed_desk, unlinked_promises(server)
        mine = unlinked_promises(here)
        for promise, row in theirs.items():
            # A desk that begins anew is given those that stand.
            is_due = row["state"] in PENDING or promise in mine
            if row["service"] in desk.services and is_due:
                self._compare(f"{desk.login}: promise {promise}", row, mine.get(promise))

    def _compare(self, what: str, expected: Row, found: Row | None) -> None:
        if expected != found:
            self._faults.append(f"{what}: {difference(expected, found)}")


def difference(expected: Row, found: Row | None) -> str:
    if not expected or not found:
        return f"expected {expected}, found {found}"
    names = sorted({*expected, *found})
    return "; ".join(
        f"{name}: expected {expected.get(name)}, found {found.get(name)}"
        for name in names
        if expected.get(name) != found.get(name)
    )


def as_seen(seat: Holding, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """What this desk may know of these rows: an unaware one sees no protected candidate."""
    if not seat.feed_desk.is_unaware:
        return rows
    hidden = frozenset({PROTECTED})
    seen = [without_hidden(row, hidden) if "candidates" in row else row for row in rows["contact"]]
    return rows | {"contact": seen}


def unlinked_promises(connection: sa.Connection) -> dict[str, Row]:
    """What was promised to nobody known at a contact of nobody's, by its id."""
    promise, contact = tables.commitment, tables.contact
    at_call = sa.and_(contact.c.id == promise.c.contact, contact.c.person.is_(None))
    nobodys = sa.select(promise).join(contact, at_call).where(promise.c.person.is_(None))
    rows = (dict(row) for row in connection.execute(nobodys).mappings())
    return {row["id"]: {name: row[name] for name in row if name != "position"} for row in rows}


def content(row: sa.Row[tuple[str]]) -> Row:
    named = {column.name: getattr(row, column.name) for column in tables.contact.c}
    return {name: value for name, value in named.items() if name != "position"}
