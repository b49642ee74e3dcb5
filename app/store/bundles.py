"""A whole person as rows, to be laid in a replica when that person enters its scope."""

from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa

from app.store import tables
from app.store.rows import Rows

CONTACTS_HELD = 50

Row = dict[str, Any]


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """One person's rows by table, true as of a journal position."""

    person: str
    as_of: int
    rows: dict[str, list[Row]]


def read_bundle(connection: sa.Connection, establishment: str, person: str, *, as_of: int) -> Bundle:
    """What a desk holds of a person: all but the contacts older than the last fifty."""
    rows = {
        table.name: _read(connection, _of_person(table, establishment, person))
        for table in tables.OF_PERSON
        if table is not tables.contact
    }
    rows["contact"] = _read(connection, _last_contacts(establishment, person))
    held = {row["id"] for row in rows["contact"]}
    rows["timeline"] = [row for row in rows["timeline"] if row["contact"] in held]
    return Bundle(person=person, as_of=as_of, rows=rows)


def read_call(connection: sa.Connection, establishment: str, contact: str, *, as_of: int) -> Bundle | None:
    """A contact that concerns nobody yet, as the bundle of nobody; None once it has a person."""
    rows = {
        table.name: _read(
            connection, sa.select(table).filter_by(establishment=establishment, **{key: contact})
        )
        for table, key in ((tables.contact, "id"), (tables.commitment, "contact"))
    }
    is_alone = any("person" not in row for row in rows["contact"])
    return Bundle(person="", as_of=as_of, rows=rows) if is_alone else None


def apply_bundle(connection: sa.Connection, establishment: str, bundle: Bundle) -> None:
    """Lay a bundle over what is held of that person; what is newer than it stays."""
    clear_person(connection, establishment, bundle.person, as_of=bundle.as_of)
    rows = Rows(connection, establishment, position=bundle.as_of)
    for name, values in bundle.rows.items():
        lay_rows(rows, tables.metadata.tables[name], values)


def lay_rows(rows: Rows, table: sa.Table, values: list[Row]) -> None:
    """Put raw rows whole: what a row doesn't say is empty, whatever was there before."""
    for row in values:
        rows.put(table, **(_blank(table) | _typed(table, row)))


def clear_person(
    connection: sa.Connection, establishment: str, person: str, *, as_of: int | None = None
) -> None:
    """Remove what is held of a person, or only what is not newer than `as_of`."""
    for table, column in tables.OF_PERSON.items():
        statement = sa.delete(table).where(table.c.establishment == establishment, table.c[column] == person)
        if as_of is not None:
            statement = statement.where(table.c.position <= as_of)
        connection.execute(statement)


def raw_rows(connection: sa.Connection, statement: sa.Select[Any]) -> list[Row]:
    """Rows as they are stored (times in microseconds), without what the replica implies."""
    return _read(connection, statement)


def _of_person(table: sa.Table, establishment: str, person: str) -> sa.Select[Any]:
    return sa.select(table).where(
        table.c.establishment == establishment,
        table.c[tables.OF_PERSON[table]] == person,
    )


def _last_contacts(establishment: str, person: str) -> sa.Select[Any]:
    line = tables.timeline
    last = (
        sa.select(line.c.contact)
        .where(line.c.establishment == establishment, line.c.person == person)
        .order_by(line.c.at.desc())
        .limit(CONTACTS_HELD)
    )
    return sa.select(tables.contact).where(
        tables.contact.c.establishment == establishment, tables.contact.c.id.in_(last)
    )


def _read(connection: sa.Connection, statement: sa.Select[Any]) -> list[Row]:
    return [_plain(row) for row in connection.execute(statement).mappings()]


def _plain(row: sa.RowMapping) -> Row:
    return {
        name: _stored(value)
        for name, value in row.items()
        if name not in ("establishment", "position") and value not in (None, "")
    }


@cache
def _blank(table: sa.Table) -> Row:
    told = (column for column in table.c if column.name not in ("establishment", "position"))
    return {column.name: None if column.nullable else "" for column in told}


def _stored(value: Any) -> Any:
    return (value - tables.EPOCH) // tables.MICROSECOND if hasattr(value, "tzinfo") else value


def _typed(table: sa.Table, row: Row) -> Row:
    return {
        name: tables.EPOCH + value * tables.MICROSECOND
        if isinstance(table.c[name].type, tables.UtcAt)
        else value
        for name, value in row.items()
        if name in table.c
    }
