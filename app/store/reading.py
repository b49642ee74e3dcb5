"""What the feed and the snapshot read besides the journal: who holds whom, whom to hide, whole scopes."""

from collections.abc import Collection, Generator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from app.store import tables
from app.store.bundles import CONTACTS_HELD, Bundle, Row, raw_rows

PERSONS_HELD = 20_000
"""A desk holds no more persons than this (rules R24)."""


@contextmanager
def one_moment(engine: sa.Engine) -> Generator[sa.Connection]:
    """A read transaction in which every statement sees the database at the same moment."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def read_holders(
    connection: sa.Connection, establishment: str, persons: Collection[str]
) -> dict[str, frozenset[str]]:
    """The services that hold each of these persons."""
    held: dict[str, set[str]] = {}
    if persons:
        for row in connection.execute(_HOLDERS, {"establishment": establishment, "persons": list(persons)}):
            held.setdefault(row.person, set()).add(row.service)
    return {person: frozenset(services) for person, services in held.items()}


def read_protected(connection: sa.Connection, establishment: str, persons: Collection[str]) -> frozenset[str]:
    """Those of these persons who are protected or whose presence is not disclosed (rules R5)."""
    if not persons:
        return frozenset()
    bound = {"establishment": establishment, "persons": list(persons)}
    return frozenset(connection.execute(_PROTECTED, bound).scalars())


def read_scope(
    connection: sa.Connection, establishment: str, services: Collection[str], *, as_of: int
) -> list[Bundle]:
    """Every person these services hold, whole, in a fixed number of statements."""
    bound = {"establishment": establishment, "services": list(services)}
    persons = connection.execute(_IN_SCOPE, bound).scalars().all()
    bundles = {
        person: Bundle(person=person, as_of=as_of, rows={table.name: [] for table in tables.OF_PERSON})
        for person in persons
    }
    for table, column in tables.OF_PERSON.items():
        for row in raw_rows(connection, _whole(table, bound)):
            bundles[row[column]].rows[table.name].append(row)
    return list(bundles.values())


def read_house(connection: sa.Connection, establishment: str) -> dict[str, list[Row]]:
    """The rows that every desk holds, by table."""
    return {
        table.name: raw_rows(connection, sa.select(table).where(table.c.establishment == establishment))
        for table in tables.HOUSE
    }


def read_house_words(connection: sa.Connection, establishment: str) -> dict[str, str]:
    """The establishment's own words by their names: `name`, `short_name`, `epoch`."""
    found = sa.select(tables.house_fact).filter_by(establishment=establishment)
    return {row.name: row.value for row in connection.execute(found)}


_HOLDERS = sa.select(tables.person_scope.c.person, tables.person_scope.c.service).where(
    tables.person_scope.c.establishment == sa.bindparam("establishment"),
    tables.person_scope.c.person.in_(sa.bindparam("persons", expanding=True)),
)
_PROTECTED = sa.select(tables.person.c.id).where(
    tables.person.c.establishment == sa.bindparam("establishment"),
    tables.person.c.id.in_(sa.bindparam("persons", expanding=True)),
    tables.person.c.protection != "",
)
_IN_SCOPE = (
    sa.select(tables.person_scope.c.person)
    .distinct()
    .where(
        tables.person_scope.c.establishment == sa.bindparam("establishment"),
        tables.person_scope.c.service.in_(sa.bindparam("services", expanding=True)),
    )
    .order_by(tables.person_scope.c.person)
    .limit(PERSONS_HELD)
)


def _whole(table: sa.Table, bound: dict[str, Any]) -> sa.Select[Any]:
    scope = _IN_SCOPE.params(**bound).subquery("scope")
    rows = (
        sa.select(table)
        .join(scope, table.c[tables.OF_PERSON[table]] == scope.c.person)
        .where(table.c.establishment == bound["establishment"])
    )
    if table not in (tables.contact, tables.timeline):
        return rows
    last = _last_contacts(scope, bound["establishment"])
    contact = table.c.id if table is tables.contact else table.c.contact
    return rows.join(last, sa.and_(last.c.contact == contact, last.c.rank <= CONTACTS_HELD))


def _last_contacts(scope: sa.Subquery, establishment: str) -> sa.Subquery:
    line = tables.timeline
    newest_first = sa.func.row_number().over(partition_by=line.c.person, order_by=line.c.at.desc())
    ranked = sa.select(line.c.contact, newest_first.label("rank"))
    return (
        ranked.join(scope, line.c.person == scope.c.person)
        .where(line.c.establishment == establishment)
        .subquery("last")
    )
