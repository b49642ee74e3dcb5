"""How long a service has business with a person: the horizon of what its desks hold (rules R24).

A contact or a call from one of the person's numbers within ninety days, an appointment within thirty
days either side, anything open. A call counts for all who use its number: a desk without the server
must see each of them, or it would open the file of one (rules R2).
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.domain.words import CaseState, NoteState
from app.store import tables
from app.store.prepared import Prepared, constant, given, given_number

CONTACT_WITHIN = timedelta(days=90)
VISIT_WITHIN = timedelta(days=30)


class Reviewed(msgspec.Struct, frozen=True):
    """Some persons of a service's scope: those seen, in order, and those it has no business with."""

    seen: tuple[str, ...]
    over: tuple[str, ...]


def has_business(
    connection: sa.Connection,
    establishment: str,
    person: str,
    service: str,
    *,
    now: datetime,
    besides: str = "",
) -> bool:
    """Whether a service's desks hold this person now, whatever is said of the contact `besides` or at it."""
    bound = {"establishment": establishment, "service": service, "besides": besides, **_since(now)}
    return _HAS.first(connection, person=person, **bound) is not None


def read_scope_page(
    connection: sa.Connection, establishment: str, service: str, *, after: str, most: int, now: datetime
) -> Reviewed:
    """The next persons whom a service holds, by their ids."""
    bound = {"establishment": establishment, "service": service, "after": after, "most": most, "besides": ""}
    rows = _PAGE.all(connection, **bound, **_since(now))
    return Reviewed(
        seen=tuple(row.person for row in rows), over=tuple(row.person for row in rows if not row.is_held)
    )


def read_coming(
    connection: sa.Connection, establishment: str, service: str, *, after: str, most: int, now: datetime
) -> list[str]:
    """The next persons whose appointment has come near, and whom the service does not hold yet."""
    bound = {"establishment": establishment, "service": service, "after": after, "most": most}
    rows = _COMING.all(connection, **bound, visits_since=now - VISIT_WITHIN, visits_until=now + VISIT_WITHIN)
    return [row.person for row in rows]


def _since(now: datetime) -> dict[str, datetime]:
    return {
        "contacts_since": now - CONTACT_WITHIN,
        "visits_since": now - VISIT_WITHIN,
        "visits_until": now + VISIT_WITHIN,
    }


_ESTABLISHMENT = given("establishment")
_scope, _visit = tables.person_scope.c, tables.appointment.c
Column = sa.ColumnElement[Any]


def _moment(column: Column) -> Column:
    return sa.type_coerce(column, sa.BigInteger)


def _plain(column: Column) -> Column:
    return sa.func.coalesce(column, constant(""))


def _business(person: Column, service: Column) -> Column:
    """Each looked up from the person: `_plain` keeps a planner without figures from another index."""
    return sa.or_(
        _has_contact(person, service),
        _has_called(person, service),
        _has_visit(person, service),
        _has_open(tables.case, person, _plain(tables.case.c.service) == service, CaseState.OPEN),
        _has_open(tables.commitment, person, _of_promise(service), *PENDING),
        _has_open(tables.call_back_note, person, _of_note(service), NoteState.SENT, NoteState.READ),
    )


def _has_contact(person: Column, service: Column) -> Column:
    line = tables.timeline
    own = sa.select(line.c.contact).where(
        line.c.establishment == _ESTABLISHMENT,
        line.c.person == person,
        line.c.contact != given("besides"),
        _moment(line.c.at) >= given_number("contacts_since"),
    )
    return _was_at(service, own.correlate_except(line))


def _has_called(person: Column, service: Column) -> Column:
    number, call = tables.person_number, tables.contact.alias("call")
    numbers = sa.select(number.c.number).where(
        number.c.establishment == _ESTABLISHMENT, number.c.person == person, number.c.until == constant("")
    )
    calls = sa.select(call.c.id).where(
        call.c.establishment == _ESTABLISHMENT,
        call.c.number.in_(numbers.correlate_except(number)),
        _moment(call.c.at) >= given_number("contacts_since"),
    )
    return _was_at(service, calls.correlate_except(call))


def _was_at(service: Column, contacts: sa.Select[Any]) -> Column:
    """Whether one of these contacts was of a service, in its queue, or at the seat of one of its agents."""
    contact, queue, seat = tables.contact.alias("met"), tables.queue.alias("line"), tables.agent.alias("seat")
    is_queue = sa.and_(queue.c.establishment == _ESTABLISHMENT, queue.c.id == contact.c.queue)
    is_seat = sa.and_(
        seat.c.establishment == _ESTABLISHMENT,
        seat.c.extension == contact.c.extension,
        seat.c.extension != constant(""),
    )
    is_there = sa.or_(contact.c.service == service, queue.c.service == service, seat.c.service == service)
    return (
        sa.select(contact.c.id)
        .select_from(contact.outerjoin(queue, is_queue).outerjoin(seat, is_seat))
        .where(contact.c.establishment == _ESTABLISHMENT, contact.c.id.in_(contacts), is_there)
        .correlate_except(contact, queue, seat)
        .exists()
    )


def _has_visit(person: Column, service: Column) -> Column:
    return (
        sa.select(_visit.id)
        .where(
            _visit.establishment == _ESTABLISHMENT,
            _visit.person == person,
            _plain(_visit.service) == service,
            _is_near(_visit.at),
        )
        .correlate_except(tables.appointment)
        .exists()
    )


def _is_near(at: Column) -> Column:
    return _moment(at).between(given_number("visits_since"), given_number("visits_until"))


def _has_open(table: sa.Table, person: Column, of_service: Column, *states: str) -> Column:
    return (
        sa.select(table.c.id)
        .where(
            table.c.establishment == _ESTABLISHMENT,
            table.c.person == person,
            table.c.state.in_([constant(state) for state in states]),
            of_service,
        )
        .correlate_except(table)
        .exists()
    )


def _of_promise(service: Column) -> Column:
    """A promise of no service in particular stands for each that holds its person.

    One that went to another service is still that of whoever made it, or keeps it.
    """
    promise, seat = tables.commitment.c, tables.agent.alias("own")
    at_home = (
        sa.select(seat.c.id)
        .where(
            seat.c.establishment == _ESTABLISHMENT,
            seat.c.id.in_([promise.owner, promise.by]),
            seat.c.service == service,
        )
        .correlate_except(seat)
    )
    is_theirs = sa.or_(
        promise.service.in_([service, constant("")]), promise.owner == service, at_home.exists()
    )
    is_besides = sa.and_(promise.contact == given("besides"), promise.contact != constant(""))
    return sa.and_(is_theirs, ~is_besides)


def _of_note(service: Column) -> Column:
    note = tables.call_back_note.c
    return sa.or_(
        note.recipient_service == service, note.escalated_service == service, note.by_service == service
    )


def _page() -> sa.Select[Any, Any]:
    page = (
        sa.select(_scope.person)
        .where(
            _scope.establishment == _ESTABLISHMENT,
            _scope.service == given("service"),
            _scope.person > given("after"),
        )
        .order_by(_scope.person)
        .limit(given_number("most"))
        .subquery("page")
    )
    is_held = sa.case((_business(page.c.person, given("service")), 1), else_=0)
    return sa.select(page.c.person, is_held.label("is_held")).order_by(page.c.person)


_HAS = Prepared(
    sa.select(sa.literal_column("1", sa.Integer).label("found")).where(
        _business(given("person"), given("service"))
    )
)
_PAGE = Prepared(_page())
_COMING = Prepared(
    sa.select(_visit.person)
    .distinct()
    .where(
        _visit.establishment == _ESTABLISHMENT,
        _visit.service == given("service"),
        _is_near(_visit.at),
        _plain(_visit.person) > given("after"),
        ~sa.select(_scope.person)
        .where(
            _scope.establishment == _ESTABLISHMENT,
            _scope.person == _visit.person,
            _scope.service == given("service"),
        )
        .correlate_except(tables.person_scope)
        .exists(),
    )
    .order_by(_visit.person)
    .limit(given_number("most"))
)
STATEMENTS = (_HAS, _PAGE, _COMING)
"""For the test that keeps them free of scans."""
