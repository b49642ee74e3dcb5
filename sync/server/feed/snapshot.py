"""A desk's whole scope, part by part, for a replica that begins or can't resume.

No database transaction outlives a part: a console that reads slowly holds nothing of the server's,
and what changes from one part to the next comes again by the feed.
"""

from collections.abc import Collection, Generator, Mapping
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.domain.directory import MASKED
from app.store import journal, tables
from app.store.columns import EPOCH, MICROSECOND
from app.store.extracts import Values, columns_of, read_house_rows, read_persons, read_values
from app.store.known_numbers import Pair, marks_of, read_numbers
from app.store.lifted import FOR_GOOD, read_lifted
from app.store.reading import one_moment, read_holders, read_house_words, read_protected
from app.store.scopes import PERSONS_HELD, Held, read_held
from sync.protocol.messages import (
    PART_NUMBERS,
    PART_PERSONS,
    SnapshotEnd,
    SnapshotLine,
    SnapshotNumbers,
    SnapshotPart,
    SnapshotStart,
    cursor_of,
)
from sync.server.feed.desk import Desk

_encode = msgspec.json.Encoder().encode
_LAID: tuple[sa.Table, ...] = (
    *tables.HOUSE,
    tables.agent_state,
    tables.glass,
    *tables.OF_PERSON,
)
_CALL = columns_of(tables.contact).index("id")
_CANDIDATES = columns_of(tables.contact).index("candidates")
_NOTED = columns_of(tables.call_back_note).index("contact")
_PROMISED = columns_of(tables.commitment).index("contact")
_MOBILE = columns_of(tables.directory_entry).index("mobile")
_PROTECTED_AT_ONCE = 500
_CALLS_SINCE = timedelta(days=1)
"""Yesterday's too: a server whose clock was a day ahead for a while would give none of today's."""
_NOTES_SINCE = timedelta(days=30)
_ACCESSES_SINCE = timedelta(days=30)
_LIFTED = columns_of(tables.person).index("lifted_until")
Rows = dict[str, list[Values]]


class Snapshot:
    """One desk's scope as it is read; its calls are those without a person that came after `since`."""

    def __init__(
        self,
        engine: sa.Engine,
        establishment: str,
        desk: Desk,
        *,
        since: datetime,
        part_persons: int = PART_PERSONS,
        most_persons: int = PERSONS_HELD,
    ) -> None:
        self._engine = engine
        self._establishment = establishment
        self._desk = desk
        self._since = since
        self._part_persons = part_persons
        self._most_persons = most_persons

    def lines(self) -> Generator[bytes]:
        """Each line as it is sent, its end of line included; the next is read when asked for."""
        start, first, persons = self._begin()
        yield _line(start)
        yield _line(first)
        for at in range(0, len(persons), self._part_persons):
            yield _line(self._part(persons[at : at + self._part_persons]))
        yield from map(_line, self._numbers())
        yield _line(SnapshotEnd())

    def _begin(self) -> tuple[SnapshotStart, SnapshotPart, list[str]]:
        with one_moment(self._engine) as connection:
            head = journal.head(connection, self._establishment).position
            words = read_house_words(connection, self._establishment)
            scopes = (*self._desk.services, self._desk.own)
            held = read_held(connection, self._establishment, scopes, most=self._most_persons)
            rows = read_house_rows(connection, self._establishment)
            notes = self._notes(connection)
            promises = self._promises(connection)
            about = {*(row[_NOTED] for row in notes), *(row[_PROMISED] for row in promises)}
            rows[tables.call_back_note.name] = notes
            rows[tables.commitment.name] = promises
            rows[tables.commitment_act.name] = self._acts(connection, promises)
            calls = self._calls(connection)
            about.difference_update(row[_CALL] for row in calls)
            rows[tables.contact.name] = [*calls, *self._calls_about(connection, about)]
            self._mask_mobiles(rows)
            rows[tables.agent_state.name] = self._agents(connection)
            rows[tables.glass.name] = self._accesses(connection)
            self._hide(connection, rows, ())
        return (
            self._start(cursor_of(words["epoch"], head), held),
            SnapshotPart(as_of=head, rows=rows),
            held.persons,
        )

    def _start(self, cursor: str, held: Held) -> SnapshotStart:
        return SnapshotStart(
            cursor=cursor,
            columns={str(table.name): columns_of(table) for table in _LAID},
            persons=len(held.persons),
            beyond=held.beyond,
            scope=self._desk.scope,
        )

    def _part(self, persons: list[str]) -> SnapshotPart:
        with one_moment(self._engine) as connection:
            head = journal.head(connection, self._establishment).position
            rows = read_persons(connection, self._establishment, persons)
            self._hide(connection, rows, persons)
        return SnapshotPart(as_of=head, rows=rows)

    def _numbers(self) -> Generator[SnapshotNumbers]:
        """Everybody's, whom this desk holds or not: what it says does not change with the scope."""
        after: Pair = ("", "")
        while True:
            with one_moment(self._engine) as connection:
                some = read_numbers(connection, self._establishment, after=after, most=PART_NUMBERS)
                pairs = marks_of(connection, self._establishment, some)
            if not pairs:
                return
            yield SnapshotNumbers(pairs=pairs)
            after = some[-1]

    def _calls(self, connection: sa.Connection) -> list[Values]:
        call, desk = tables.contact.c, self._desk
        is_of_desk = call.service.in_(sorted(desk.services))
        is_here = sa.and_(call.extension == desk.extension, call.extension != "")
        return read_values(
            connection,
            tables.contact,
            call.establishment == self._establishment,
            call.at >= self._since - _CALLS_SINCE,
            call.person.is_(None),
            sa.or_(is_of_desk, is_here, _rings_at(desk.extension)),
        )

    def _notes(self, connection: sa.Connection) -> list[Values]:
        """Messages that concern no person known, left here or for here."""
        note, services = tables.call_back_note.c, sorted(self._desk.services)
        columns = (note.recipient_service, note.escalated_service, note.by_service)
        is_of_desk = sa.or_(*(column.in_(services) for column in columns))
        return read_values(
            connection,
            tables.call_back_note,
            note.establishment == self._establishment,
            note.person.is_(None),
            note.left_at >= self._since - _NOTES_SINCE,
            is_of_desk,
        )

    def _promises(self, connection: sa.Connection) -> list[Values]:
        """Promises made to nobody known that stand: those of these services, and of whoever sits in them."""
        promise, agent, services = tables.commitment.c, tables.agent.c, sorted(self._desk.services)
        seated = sa.select(agent.id).where(
            agent.establishment == self._establishment, agent.service.in_(services)
        )
        is_of_desk = sa.or_(
            promise.service.in_(services),
            promise.owner.in_([*services, self._desk.login]),
            promise.by == self._desk.login,
            promise.owner.in_(seated),
            promise.by.in_(seated),
        )
        return read_values(
            connection,
            tables.commitment,
            promise.establishment == self._establishment,
            promise.person.is_(None),
            promise.state.in_(PENDING),
            is_of_desk,
        )

    def _acts(self, connection: sa.Connection, promises: list[Values]) -> list[Values]:
        act = tables.commitment_act.c
        return read_values(
            connection,
            tables.commitment_act,
            act.establishment == self._establishment,
            act.commitment.in_([row[0] for row in promises]),
        )

    def _calls_about(self, connection: sa.Connection, about: Collection[str]) -> list[Values]:
        """What messages and promises are about, whatever its day and whichever service it went to since."""
        call = tables.contact.c
        return read_values(
            connection,
            tables.contact,
            call.establishment == self._establishment,
            call.id.in_(sorted(filter(None, about))),
            call.person.is_(None),
        )

    def _mask_mobiles(self, rows: Rows) -> None:
        if self._desk.sees_mobiles:
            return
        name = tables.directory_entry.name
        rows[name] = [_without_mobile(row) for row in rows[name]]

    def _agents(self, connection: sa.Connection) -> list[Values]:
        """Those of the queues of the desk's services, and what the desk itself does in any."""
        agent, queue, desk = tables.agent_state.c, tables.queue.c, self._desk
        of_desk = sa.select(queue.id).where(
            queue.establishment == self._establishment, queue.service.in_(sorted(desk.services))
        )
        is_here = sa.and_(agent.extension == desk.extension, agent.extension != "")
        return read_values(
            connection,
            tables.agent_state,
            agent.establishment == self._establishment,
            sa.or_(agent.queue.in_(of_desk), is_here),
        )

    def _accesses(self, connection: sa.Connection) -> list[Values]:
        """Who broke the glass lately, for those who are told."""
        if not self._desk.is_told:
            return []
        glass = tables.glass.c
        return read_values(
            connection,
            tables.glass,
            glass.establishment == self._establishment,
            glass.broken_at >= self._since - _ACCESSES_SINCE,
        )

    def _hide(self, connection: sa.Connection, rows: Rows, persons: Collection[str]) -> None:
        """Leave out the persons who do not exist for this desk (rules R5)."""
        contacts = rows[tables.contact.name]
        named = {*persons, *(person for row in contacts for person in row[_CANDIDATES].split())}
        protected: frozenset[str] = frozenset()
        for some in _slices(sorted(named)):
            protected |= read_protected(connection, self._establishment, some)
        opened = self._opened(connection, persons)
        if self._desk.is_unaware:
            _leave_out(rows, protected.difference(opened))
        else:
            opened |= dict.fromkeys(protected, FOR_GOOD)
        if opened:
            _lift(rows, opened)

    def _opened(self, connection: sa.Connection, persons: Collection[str]) -> dict[str, datetime]:
        """Whom this author alone opened, until when; none whom the desk would be shown anyhow."""
        lifted = read_lifted(connection, self._establishment, persons)
        mine = {person: until for (scope, person), until in lifted.items() if scope == self._desk.own}
        held = read_holders(connection, self._establishment, list(mine))
        protected = read_protected(connection, self._establishment, list(mine))
        return {
            person: until
            for person, until in mine.items()
            if person in protected or self._desk.services.isdisjoint(held.get(person, ()))
        }


def _lift(rows: Rows, opened: Mapping[str, datetime]) -> None:
    """Say until when each may be read, where the role or the services alone would not show it."""
    name = tables.person.name
    rows[name] = [_until(row, opened[row[0]]) if row[0] in opened else row for row in rows.get(name, ())]


def _until(row: Values, until: datetime) -> Values:
    return (*row[:_LIFTED], (until - EPOCH) // MICROSECOND, *row[_LIFTED + 1 :])


def _leave_out(rows: Rows, hidden: frozenset[str]) -> None:
    for table, column in tables.OF_PERSON.items():
        at = columns_of(table).index(column)
        rows[table.name] = [row for row in rows.get(table.name, ()) if row[at] not in hidden]
    contacts = rows[tables.contact.name]
    rows[tables.contact.name] = [_without_candidates(row, hidden) for row in contacts]


def _without_candidates(row: Values, hidden: frozenset[str]) -> Values:
    seen = " ".join(person for person in row[_CANDIDATES].split() if person not in hidden)
    return (*row[:_CANDIDATES], seen, *row[_CANDIDATES + 1 :])


def _rings_at(extension: str) -> sa.ColumnElement[bool]:
    ringing = tables.contact.c.ringing
    among = sa.literal(" ") + ringing + sa.literal(" ")
    return sa.and_(ringing != "", among.contains(f" {extension} ", autoescape=True))


def _without_mobile(row: Values) -> Values:
    return (*row[:_MOBILE], MASKED, *row[_MOBILE + 1 :]) if row[_MOBILE] else row


def _line(line: SnapshotLine) -> bytes:
    return _encode(line) + b"\n"


def _slices(persons: list[str]) -> list[list[str]]:
    return [
        persons[first : first + _PROTECTED_AT_ONCE] for first in range(0, len(persons), _PROTECTED_AT_ONCE)
    ]
