"""Many whole persons at once, as bare values in columns, for a replica that begins."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from app.store import tables
from app.store.bundles import CONTACTS_HELD

Values: TypeAlias = tuple[Any, ...]
"""One row's values, as they are stored, in the order of `columns_of` its table."""


@cache
def columns_of(table: sa.Table) -> tuple[str, ...]:
    """What a row says: neither whose replica it is in, nor since when it is so."""
    names = (str(column.name) for column in table.c)
    return tuple(name for name in names if name not in ("establishment", "position"))


def read_persons(
    connection: sa.Connection, establishment: str, persons: Collection[str]
) -> dict[str, list[Values]]:
    """Whole persons, each with the last fifty contacts, in one statement a table."""
    bound = {"establishment": establishment, "persons": list(persons)}
    rows = {
        str(table.name): _read(connection, _of_persons(table), bound)
        for table in tables.OF_PERSON
        if table not in (tables.contact, tables.timeline)
    }
    lines = _read(connection, _LAST_CONTACTS, bound)
    width = len(columns_of(tables.timeline))
    rows[str(tables.timeline.name)] = [line[:width] for line in lines]
    rows[str(tables.contact.name)] = [line[width:] for line in lines]
    return rows


def read_house_rows(connection: sa.Connection, establishment: str) -> dict[str, list[Values]]:
    """The rows that every desk holds, by table."""
    bound = {"establishment": establishment}
    return {str(table.name): _read(connection, _whole(table), bound) for table in tables.HOUSE}


def read_values(connection: sa.Connection, table: sa.Table, *which: sa.ColumnElement[bool]) -> list[Values]:
    """The rows of one table for which all of these hold."""
    return _read(connection, sa.select(*_stored(table)).where(*which), {})


def _read(
    connection: sa.Connection, statement: sa.Select[*tuple[Any, ...]], bound: dict[str, Any]
) -> list[Values]:
    return [tuple(row) for row in connection.execute(statement, bound).all()]


def _stored(table: sa.Table) -> Sequence[sa.ColumnElement[Any]]:
    """A table's columns, with times left as the integers they are."""
    columns = (table.c[name] for name in columns_of(table))
    return [sa.type_coerce(column, sa.BigInteger) if _is_time(column) else column for column in columns]


def _is_time(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, tables.UtcAt)


@cache
def _whole(table: sa.Table) -> sa.Select[Any]:
    return sa.select(*_stored(table)).where(table.c.establishment == sa.bindparam("establishment"))


@cache
def _of_persons(table: sa.Table) -> sa.Select[Any]:
    person = table.c[tables.OF_PERSON[table]]
    return _whole(table).where(person.in_(sa.bindparam("persons", expanding=True)))


def _last_contacts() -> sa.Select[*tuple[Any, ...]]:
    """Each line of the timeline with its contact: the newest of each person, found in one pass."""
    line, contact = tables.timeline, tables.contact
    newest_first = sa.func.row_number().over(partition_by=line.c.person, order_by=line.c.at.desc())
    ranked = (
        sa.select(*_stored(line), newest_first.label("rank"))
        .where(
            line.c.establishment == sa.bindparam("establishment"),
            line.c.person.in_(sa.bindparam("persons", expanding=True)),
        )
        .subquery("line")
    )
    is_its_contact = sa.and_(
        contact.c.establishment == sa.bindparam("establishment"), contact.c.id == ranked.c.contact
    )
    lines = [ranked.c[name] for name in columns_of(line)]
    return (
        sa.select(*lines, *_stored(contact))
        .join_from(ranked, contact, is_its_contact)
        .where(ranked.c.rank <= CONTACTS_HELD)
    )


_LAST_CONTACTS = _last_contacts()
