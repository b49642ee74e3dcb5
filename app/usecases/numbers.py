"""Whose the number of a call is, once it is said who speaks: another's is never a patient's (rules R9)."""

from typing import Any

import sqlalchemy as sa

from app.domain.facts import NumberGivenBack, NumberSetAside
from app.domain.words import CallerKind
from app.store import tables
from app.store.prepared import Prepared, given
from app.store.unit_of_work import UnitOfWork


def follow_speaker(contact: Any | None, kind: CallerKind, uow: UnitOfWork) -> None:
    """A save says who spoke: what the call put on a record is set aside, or given back to a patient."""
    if kind.is_another:
        _set_aside(contact, uow)
    elif kind is CallerKind.PATIENT:
        _give_back(contact, uow)


def follow_undone(contact: Any | None, kind: CallerKind, uow: UnitOfWork) -> None:
    """A save is taken back: the number is whose it was by who spoke before it."""
    if kind.is_another:
        _set_aside(contact, uow)
    else:
        _give_back(contact, uow)


def _give_back(contact: Any | None, uow: UnitOfWork) -> None:
    for row in _rows(_ASIDE, contact, uow):
        uow.record(NumberGivenBack(**_named(contact, row, uow), given_back_at=uow.now))


def _set_aside(contact: Any | None, uow: UnitOfWork) -> None:
    for row in _rows(_GIVEN, contact, uow):
        if not _is_confirmed(contact, row.person, uow):
            uow.record(NumberSetAside(**_named(contact, row, uow), set_aside_at=uow.now))


def _rows(statement: Prepared, contact: Any | None, uow: UnitOfWork) -> list[Any]:
    """Only what this very call put there, of this very record or of one whom all may know of (rules R5)."""
    if contact is None or not contact.number:
        return []
    found = uow.rows_of(statement, number=contact.number, contact=contact.id)
    return [row for row in found if row.person == contact.person or _is_open(row.person, uow)]


def _is_open(person: str, uow: UnitOfWork) -> bool:
    row = uow.find(tables.person, id=person)
    return row is not None and not row.protection


def _named(contact: Any, row: Any, uow: UnitOfWork) -> dict[str, str]:
    return {"person": row.person, "number": contact.number, "contact": contact.id, "by": uow.author}


def _is_confirmed(contact: Any, person: str, uow: UnitOfWork) -> bool:
    """Whether another call from there was the patient's own; a desk may not hold it, the server decides."""
    calls = [
        row for one in uow.ids_of(person) for row in uow.rows_of(_CALLS, number=contact.number, person=one)
    ]
    return any(row.id != contact.id and _is_patients(row) for row in calls)


def _is_patients(call: Any) -> bool:
    kind = CallerKind(call.caller_kind or CallerKind.UNKNOWN)
    return kind is CallerKind.PATIENT or (call.verified_at is not None and not kind.is_another)


_c = tables.contact.c


def _put_there(table: sa.Table) -> Prepared:
    """Whom a call gave its number to."""
    return Prepared(
        sa.select(table.c.person)
        .where(
            table.c.establishment == given("establishment"),
            table.c.number == given("number"),
            table.c.contact == given("contact"),
        )
        .order_by(table.c.person)
    )


_GIVEN, _ASIDE = _put_there(tables.person_number), _put_there(tables.number_set_aside)
_CALLS = Prepared(
    sa.select(_c.id, _c.caller_kind, _c.verified_at).where(
        _c.establishment == given("establishment"),
        _c.number == given("number"),
        _c.person == given("person"),
    )
)
STATEMENTS = (_GIVEN, _ASIDE, _CALLS)
"""For the test that keeps them free of scans."""
