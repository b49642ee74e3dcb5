"""What the feed and the snapshot read besides the journal: who holds whom, and whom to hide."""

from collections.abc import Collection, Generator
from contextlib import contextmanager

import sqlalchemy as sa

from app.store import tables


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


def read_services(connection: sa.Connection, establishment: str) -> list[str]:
    """The services of the house, by their ids."""
    found = sa.select(tables.service.c.id).filter_by(establishment=establishment)
    return sorted(connection.execute(found).scalars())


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


def read_establishments(connection: sa.Connection) -> list[str]:
    """The establishments of this database."""
    found = sa.select(tables.house_fact.c.establishment).distinct()
    return sorted(connection.execute(found).scalars())
