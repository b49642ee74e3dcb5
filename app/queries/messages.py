"""The messages « Merci de rappeler » of a desk: sent by its author, received, and of its services (R29)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.messages import PATIENCE, SUPERVISOR
from app.domain.words import Channel, EntryKind, NoteState
from app.queries.kept_persons import IS_SHOWN, with_person
from app.store import tables
from app.store.directory_tables import WAITING
from app.store.opening import read_midnight
from app.store.prepared import Prepared, Row, constant, given, given_number, in_slots, slots

MOST = 200


class MessageLine(msgspec.Struct, frozen=True, kw_only=True):
    """One message; whoever wrote, read or did it is told by name.

    The contact's moment is there when this desk holds it, the person's names when they may be seen.
    """

    message: str
    recipient: str
    recipient_name: str
    recipient_kind: EntryKind | None
    recipient_detail: str
    text: str
    state: NoteState
    left_at: datetime
    due_at: datetime
    by: str
    by_name: str
    read_by: str = ""
    read_at: datetime | None = None
    done_by: str = ""
    done_at: datetime | None = None
    steps: int = 0
    escalated_to: str = ""
    escalated_at: datetime | None = None
    contact: str = ""
    contact_channel: Channel | None = None
    contact_at: datetime | None = None
    contact_subject: str = ""
    person: str = ""
    birth_name: str = ""
    first_given_name: str = ""

    @property
    def is_done(self) -> bool:
        """« Fait »."""
        return self.state is NoteState.DONE

    @property
    def is_with_supervisor(self) -> bool:
        """Whether nobody of the chain did it in time."""
        return self.steps >= SUPERVISOR

    def is_overdue(self, now: datetime) -> bool:
        """Whether its hour is past and it is not done."""
        return not self.is_done and self.due_at < now


class MessageBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The three lists, newest first: what is to do, and what was done since midnight; `MOST` of each."""

    sent: tuple[MessageLine, ...] = ()
    received: tuple[MessageLine, ...] = ()
    of_service: tuple[MessageLine, ...] = ()


def read_messages(
    connection: sa.Connection,
    establishment: str,
    *,
    author: str,
    extension: str,
    services: Collection[str],
    now: datetime,
) -> MessageBoard:
    """The messages of whoever sits at an extension; received are those to an entry that rings there."""
    known = {"establishment": establishment, "since": read_midnight(connection, establishment, now)}
    sent = _found(connection, _SENT, [known | {"author": author}])
    of_service = _found(connection, _OF_SERVICE, [known | part for part in in_slots(services)])
    own = _entries_at(connection, establishment, extension)
    return MessageBoard(
        sent=sent, received=tuple(line for line in of_service if line.recipient in own), of_service=of_service
    )


def messages_to_escalate(
    connection: sa.Connection, establishment: str, *, now: datetime, most: int
) -> list[tuple[str, int]]:
    """The messages that nobody did in time, each with how often it went further, soonest due first."""
    bound = {"establishment": establishment, "now": now, "before": now - PATIENCE, "most": most}
    return [(row.id, row.steps) for row in _TO_ESCALATE.all(connection, **bound)]


def _entries_at(connection: sa.Connection, establishment: str, extension: str) -> set[str]:
    if not extension:
        return set()
    rows = _AT_EXTENSION.all(connection, establishment=establishment, extension=extension)
    return {row.id for row in rows}


def _found(
    connection: sa.Connection, statements: Iterable[Prepared], asked: Iterable[Mapping[str, Any]]
) -> tuple[MessageLine, ...]:
    rows = {row.id: row for bound in asked for one in statements for row in one.all(connection, **bound)}
    newest = sorted(rows.values(), key=lambda row: (row.left_at, row.id), reverse=True)
    return tuple(_line(row) for row in newest[:MOST])


def _line(row: Row) -> MessageLine:
    return MessageLine(
        message=row.id,
        recipient=row.recipient,
        recipient_name=row.recipient_name,
        recipient_kind=EntryKind(row.recipient_kind) if row.recipient_kind else None,
        recipient_detail=row.recipient_detail or "",
        text=row.text,
        state=NoteState(row.state),
        left_at=row.left_at,
        due_at=row.due_at,
        by=row.by,
        by_name=row.by_name,
        read_by=row.reader,
        read_at=row.read_at,
        done_by=row.doer,
        done_at=row.done_at,
        steps=row.steps,
        escalated_to=row.escalated_to,
        escalated_at=row.escalated_at,
        contact=row.contact or "",
        contact_channel=Channel(row.contact_channel) if row.contact_channel else None,
        contact_at=row.contact_at,
        contact_subject=row.contact_subject or "",
        person=row.seen or "",
        birth_name=row.birth_name or "",
        first_given_name=row.first_given_name or "",
    )


_n, _e, _c, _p = tables.call_back_note.c, tables.directory_entry.c, tables.contact.c, tables.person.c
_writer, _reader, _doer = (tables.agent.alias(name).c for name in ("writer", "reader", "doer"))
_WAITING = (NoteState.SENT, NoteState.READ)


def _with(table: sa.FromClause, column: sa.ColumnElement[str], *, other: sa.FromClause) -> sa.Join:
    is_it = sa.and_(other.c.establishment == _n.establishment, other.c.id == column)
    return sa.outerjoin(table, other, is_it)


def _joined() -> sa.FromClause:
    joined: sa.FromClause = _with(tables.call_back_note, _n.recipient, other=tables.directory_entry)
    joined = _with(joined, _n.contact, other=tables.contact)
    joined = with_person(joined, _n.person, only=IS_SHOWN)
    for column, who in ((_n.by, _writer), (_n.read_by, _reader), (_n.done_by, _doer)):
        joined = _with(joined, column, other=who.id.table)
    return joined


def _statement(whose: sa.ColumnElement[bool], *when: sa.ColumnElement[bool]) -> Prepared:
    return Prepared(
        sa.select(
            _n.id,
            _n.recipient,
            _n.recipient_name,
            _e.kind.label("recipient_kind"),
            _e.detail.label("recipient_detail"),
            _n.text,
            _n.state,
            _n.left_at,
            _n.due_at,
            _n.by,
            sa.func.coalesce(_writer.name, _n.by).label("by_name"),
            sa.func.coalesce(_reader.name, _n.read_by).label("reader"),
            _n.read_at,
            sa.func.coalesce(_doer.name, _n.done_by).label("doer"),
            _n.done_at,
            _n.steps,
            _n.escalated_to,
            _n.escalated_at,
            _n.contact,
            _c.channel.label("contact_channel"),
            _c.at.label("contact_at"),
            _c.subject.label("contact_subject"),
            _p.id.label("seen"),
            _p.birth_name,
            _p.first_given_name,
        )
        .select_from(_joined())
        .where(_n.establishment == given("establishment"), whose, *when)
        .order_by(_n.left_at.desc(), _n.id)
        .limit(MOST)
    )


def _waiting_and_done(whose: sa.ColumnElement[bool]) -> tuple[Prepared, Prepared]:
    done_since = sa.type_coerce(_n.done_at, sa.BigInteger) >= given_number("since")
    return (
        _statement(whose, _n.state.in_([constant(state) for state in _WAITING])),
        _statement(whose, _n.state == constant(NoteState.DONE), done_since),
    )


def _is_of_service(column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """An empty place is no service."""
    return sa.and_(column.in_(slots()), column != constant(""))


_SENT = _waiting_and_done(_n.by == given("author"))
_OF_SERVICE = (
    *_waiting_and_done(_is_of_service(_n.recipient_service)),
    *_waiting_and_done(_is_of_service(_n.escalated_service)),
)
_AT_EXTENSION = Prepared(
    sa.select(_e.id).where(_e.establishment == given("establishment"), _e.extension == given("extension"))
)
_escalated_at = sa.type_coerce(_n.escalated_at, sa.BigInteger)
_TO_ESCALATE = Prepared(
    sa.select(_n.id, _n.steps)
    .where(
        _n.establishment == given("establishment"),
        sa.type_coerce(_n.due_at, sa.BigInteger) <= given_number("now"),
        sa.text(WAITING),
        sa.or_(_escalated_at.is_(None), _escalated_at <= given_number("before")),
    )
    .order_by(_n.due_at, _n.id)
    .limit(given_number("most"))
)
STATEMENTS = (*_SENT, *_OF_SERVICE, _AT_EXTENSION, _TO_ESCALATE)
"""For the test that keeps them free of scans."""
