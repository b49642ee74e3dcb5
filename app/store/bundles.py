"""A whole person as rows, to be laid in a replica when that person enters its scope."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa

from app.store import tables
from app.store.prepared import Prepared
from app.store.prepared import Row as PreparedRow
from app.store.rows import Keep, Rows

CONTACTS_HELD = 50

Row = dict[str, Any]


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """One person's rows by table, true as of a journal position."""

    person: str
    as_of: int
    rows: dict[str, list[Row]]


def read_bundle(connection: sa.Connection, establishment: str, person: str, *, as_of: int) -> Bundle:
    """What a desk holds of a person: all but the contacts older than the last fifty."""
    bound = {"establishment": establishment, "person": person}
    rows = {
        table.name: _read(connection, _LAST_CONTACTS if table is tables.contact else _of_person(table), bound)
        for table in tables.OF_PERSON
    }
    held = {row["id"] for row in rows["contact"]}
    rows["timeline"] = [row for row in rows["timeline"] if row["contact"] in held]
    return Bundle(person=person, as_of=as_of, rows=rows)


def read_call(connection: sa.Connection, establishment: str, contact: str, *, as_of: int) -> Bundle | None:
    """A contact that concerns nobody yet, as the bundle of nobody; None once it has a person."""
    bound = {"establishment": establishment, "contact": contact}
    rows = {
        "contact": _read(connection, _CALL, bound),
        "commitment": _read(connection, _PROMISES_OF_CALL, bound),
        "commitment_act": _read(connection, _ACTS_OF_CALL, bound),
    }
    is_alone = any("person" not in row for row in rows["contact"])
    return Bundle(person="", as_of=as_of, rows=rows) if is_alone else None


def read_note(connection: sa.Connection, establishment: str, message: str, *, as_of: int) -> Bundle | None:
    """A message to call back that is about nobody known, as the bundle of nobody; None once it is."""
    note = _read(connection, _NOTE, {"establishment": establishment, "message": message})
    is_alone = any("person" not in row for row in note)
    return Bundle(person="", as_of=as_of, rows={"contact": [], "call_back_note": note}) if is_alone else None


def rows_of_person(
    connection: sa.Connection, establishment: str, table: sa.Table, person: str
) -> list[PreparedRow]:
    """Every row of one of the tables of a whole person, whatever its age."""
    return _of_person(table).all(connection, establishment=establishment, person=person)


def read_promise(
    connection: sa.Connection, establishment: str, commitment: str, *, as_of: int
) -> Bundle | None:
    """A promise made to nobody known, with its call, as the bundle of nobody; None once it is somebody's."""
    bound = {"establishment": establishment, "commitment": commitment}
    promise = _read(connection, _PROMISE, bound)
    is_alone = any("person" not in row for row in promise)
    rows = {
        "contact": _read(connection, _CALL_OF_PROMISE, bound),
        "commitment": promise,
        "commitment_act": _read(connection, _ACTS, bound),
    }
    return Bundle(person="", as_of=as_of, rows=rows) if is_alone else None


def apply_bundle(
    connection: sa.Connection, establishment: str, bundle: Bundle, *, keep: Keep | None = None
) -> None:
    """Lay a bundle over what is held of that person; what is newer than it stays.

    Raises `ValueError` for a row that is not of that person.
    """
    clear_person(connection, establishment, bundle.person, as_of=bundle.as_of)
    rows = Rows(connection, establishment, position=bundle.as_of, keep=keep)
    for name, values in bundle.rows.items():
        # A later server may hold more of a person than this version knows.
        if (table := tables.metadata.tables.get(name)) in tables.OF_PERSON:
            if any(row.get(tables.OF_PERSON[table], "") != bundle.person for row in values):
                raise ValueError(f"a row of {name} is of somebody else")
            lay_rows(rows, table, values)


def lay_rows(rows: Rows, table: sa.Table, values: list[Row]) -> None:
    """Put raw rows whole: what a row doesn't say is empty, whatever was there before."""
    for row in values:
        rows.put(table, **(_blank(table) | _typed(table, row)))


def fill_rows(
    connection: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    same: Row,
) -> None:
    """Lay bare rows where there are none yet, with what is the `same` in all: one statement.

    Columns that this version doesn't know are left out.
    """
    known = [at for at, name in enumerate(columns) if name in table.c]
    names = ", ".join(f'"{name}"' for name in (*(columns[at] for at in known), *same))
    marks = ", ".join("?" * (len(known) + len(same)))
    alike = tuple(same.values())
    is_all_known = len(known) == len(columns)
    values = [(*row, *alike) if is_all_known else (*(row[at] for at in known), *alike) for row in rows]
    connection.connection.cursor().executemany(
        f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})",  # noqa: S608 - our own names
        values,
    )


def clear_person(
    connection: sa.Connection, establishment: str, person: str, *, as_of: int | None = None
) -> None:
    """Remove what is held of a person, or only what is not newer than `as_of`."""
    bound = {"establishment": establishment, "person": person}
    for table in tables.OF_PERSON:
        if as_of is None:
            _clear(table).run(connection, bound)
        else:
            _clear_older(table).run(connection, bound | {"as_of": as_of})


def _read(connection: sa.Connection, statement: Prepared, bound: Row) -> list[Row]:
    return [_plain(msgspec.structs.asdict(row)) for row in statement.all(connection, **bound)]


def _is_of_person(table: sa.Table) -> sa.ColumnElement[bool]:
    person = table.c[tables.OF_PERSON[table]] == sa.bindparam("person")
    return sa.and_(table.c.establishment == sa.bindparam("establishment"), person, _is_on_timeline(table))


def _is_on_timeline(table: sa.Table) -> sa.ColumnElement[bool]:
    """Contacts have no index by person: without the timeline, a bundle would read them all."""
    if table is not tables.contact:
        return sa.true()
    line = tables.timeline.c
    of_person = sa.select(line.contact).where(
        line.establishment == sa.bindparam("establishment"), line.person == sa.bindparam("person")
    )
    return table.c.id.in_(of_person)


@cache
def _of_person(table: sa.Table) -> Prepared:
    return Prepared(sa.select(table).where(_is_of_person(table)))


@cache
def _clear(table: sa.Table) -> Prepared:
    return Prepared(sa.delete(table).where(_is_of_person(table)))


@cache
def _clear_older(table: sa.Table) -> Prepared:
    return Prepared(sa.delete(table).where(_is_of_person(table), table.c.position <= sa.bindparam("as_of")))


_LAST_CONTACTS = Prepared(
    sa.select(tables.contact).where(
        tables.contact.c.establishment == sa.bindparam("establishment"),
        tables.contact.c.id.in_(
            sa.select(tables.timeline.c.contact)
            .where(_is_of_person(tables.timeline))
            .order_by(tables.timeline.c.at.desc())
            .limit(CONTACTS_HELD)
        ),
    )
)

_CALL = Prepared(
    sa.select(tables.contact).filter_by(
        establishment=sa.bindparam("establishment"), id=sa.bindparam("contact")
    )
)
_NOTE = Prepared(
    sa.select(tables.call_back_note).filter_by(
        establishment=sa.bindparam("establishment"), id=sa.bindparam("message")
    )
)
_PROMISES_OF_CALL = Prepared(
    sa.select(tables.commitment).filter_by(
        establishment=sa.bindparam("establishment"), contact=sa.bindparam("contact")
    )
)

_PROMISE = Prepared(
    sa.select(tables.commitment).filter_by(
        establishment=sa.bindparam("establishment"), id=sa.bindparam("commitment")
    )
)
_ACTS = Prepared(
    sa.select(tables.commitment_act).filter_by(
        establishment=sa.bindparam("establishment"), commitment=sa.bindparam("commitment")
    )
)
_ACTS_OF_CALL = Prepared(
    sa.select(tables.commitment_act).where(
        tables.commitment_act.c.establishment == sa.bindparam("establishment"),
        tables.commitment_act.c.commitment.in_(
            sa.select(tables.commitment.c.id).filter_by(
                establishment=sa.bindparam("establishment"), contact=sa.bindparam("contact")
            )
        ),
    )
)
_CALL_OF_PROMISE = Prepared(
    sa.select(tables.contact).where(
        tables.contact.c.establishment == sa.bindparam("establishment"),
        tables.contact.c.id
        == sa.select(tables.commitment.c.contact)
        .filter_by(establishment=sa.bindparam("establishment"), id=sa.bindparam("commitment"))
        .scalar_subquery(),
        tables.contact.c.person.is_(None),
    )
)


def _plain(row: Mapping[str, Any]) -> Row:
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
