"""Persons by their ids or number, without those who are invisible at reception (rules R5)."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.store import tables
from app.store.lifted import is_shown
from app.store.prepared import Prepared, Row, constant, given, given_number, in_slots, slots

SAME = "same"
"""Kind of the rows that tell who was merged into a person."""

Person = Row


def read_persons(
    connection: sa.Connection, establishment: str, ids: Iterable[str], *, now: datetime
) -> list[Person]:
    """The visible persons among these, a merged one replaced by whom it was merged into.

    Overdue promise first, then by birth name.
    """
    found = _fetch(connection, establishment, ids, now)
    missing = [row.same_as for row in found if row.same_as]
    if missing:
        found += _fetch(connection, establishment, missing, now)
    kept = {row.id: row for row in found if not row.same_as}
    return sorted(kept.values(), key=_rank)


def person_kept(connection: sa.Connection, establishment: str, person: str) -> str:
    """The id under which a human's record is kept: this one, or whom it was merged into."""
    row = _POINTER.first(connection, establishment=establishment, person=person)
    return person if row is None or row.same_as is None else row.same_as


def ids_of(connection: sa.Connection, establishment: str, person: str) -> tuple[str, ...]:
    """Every id of one human: the one kept, then those merged into it."""
    kept = person_kept(connection, establishment, person)
    merged = _MERGED.all(connection, establishment=establishment, person=kept)
    return kept, *(row.id for row in merged)


def pointers(connection: sa.Connection, establishment: str) -> dict[str, str]:
    """Whoever was merged, to the record kept: few, for what reads a whole period."""
    rows = _POINTERS.all(connection, establishment=establishment)
    return {row.id: row.same_as for row in rows}


def persons_at(connection: sa.Connection, establishment: str, e164: str) -> tuple[str, ...]:
    """The ids of those who use a number today, invisible ones too."""
    rows = _AT_NUMBER.all(connection, establishment=establishment, number=e164) if e164 else ()
    return tuple(row.person for row in rows)


def _fetch(connection: sa.Connection, establishment: str, ids: Iterable[str], now: datetime) -> list[Person]:
    return [
        row
        for part in in_slots(ids)
        for row in _PERSONS.all(connection, establishment=establishment, now=now, **part)
    ]


def _rank(row: Person) -> tuple[bool, str, str, str]:
    return not row.is_overdue, row.birth_name, row.birth_date, row.id


_p, _m = tables.person.c, tables.commitment.c
_overdue = (
    sa.select(sa.literal_column("1", sa.Integer))
    .where(
        _m.establishment == _p.establishment,
        _m.person == _p.id,
        _m.state.in_([constant(state.value) for state in PENDING]),
        sa.type_coerce(_m.due_at, sa.BigInteger) < given_number("now"),
    )
    .exists()
)
_PERSONS = Prepared(
    sa.select(
        _p.id,
        _p.birth_name,
        _p.first_given_name,
        _p.used_name,
        _p.birth_date,
        _p.sex,
        _p.birth_place,
        _p.ipp,
        _p.identity_status,
        _p.doubt,
        _p.protection,
        _p.deceased_on,
        _p.preferred_channel,
        _p.preferred_hours,
        _p.same_as,
        _overdue.label("is_overdue"),
    ).where(
        _p.establishment == given("establishment"),
        _p.id.in_(slots()),
        is_shown(tables.person),
    )
)
_AT_NUMBER = Prepared(
    sa.select(tables.person_number.c.person).where(
        tables.person_number.c.establishment == given("establishment"),
        tables.person_number.c.number == given("number"),
        tables.person_number.c.until == constant(""),
    )
)
_POINTER = Prepared(
    sa.select(_p.same_as).where(_p.establishment == given("establishment"), _p.id == given("person"))
)
_MERGED = Prepared(
    sa.select(_p.id).where(_p.establishment == given("establishment"), _p.same_as == given("person"))
)
_POINTERS = Prepared(
    sa.select(_p.id, _p.same_as).where(_p.establishment == given("establishment"), _p.same_as.is_not(None))
)
STATEMENTS = (_PERSONS, _AT_NUMBER, _POINTER, _MERGED, _POINTERS)
"""For the test that keeps them free of scans."""
