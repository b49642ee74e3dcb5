"""A hospital on one database or the other, and the same rows laid bare in the order they are sought."""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import psycopg
import sqlalchemy as sa

from app.domain.names import compact
from app.store import tables
from app.store.engine import create_server_tables, open_database
from tests.benchmarks.hospital import fill, hospital_of
from tests.support.postgres import throw_away_cluster

SEARCHES = 60


class Base(StrEnum):
    """Which database answers."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Sought(NamedTuple):
    """What a caller says of one person."""

    name: str
    first: str
    born: str
    number: str
    ipp: str


class Bare(Protocol):
    """A few lines of SQL by the driver alone; parameters are written `?`."""

    def ask(self, statement: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        """Every row."""
        ...

    def fill(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """The statement for each row."""
        ...

    def make(self, statement: str) -> None:
        """A table, in the order of its key where the database knows how; or an index."""
        ...


class _BareSqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ask(self, statement: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()

    def fill(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._connection.execute("BEGIN")
        self._connection.executemany(statement, rows)
        self._connection.execute("COMMIT")

    def make(self, statement: str) -> None:
        self._connection.execute(
            f"{statement} WITHOUT ROWID" if statement.startswith("CREATE TABLE") else statement
        )


class _BarePostgresql:
    """The driver prepares a statement that it is asked again; the tables lie in a schema of their own."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        connection.execute("CREATE SCHEMA bare")
        connection.execute("SET search_path TO bare")

    def ask(self, statement: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement.replace("?", "%s").encode(), values).fetchall()

    def fill(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(statement.replace("?", "%s").encode(), rows)

    def make(self, statement: str) -> None:
        self._connection.execute(statement.replace("TEXT", 'TEXT COLLATE "C"').encode())
        self._connection.execute("ANALYZE")


@contextmanager
def searched(base: Base, persons: int) -> Generator[tuple[sa.Connection, Bare]]:
    """The product's connection and the bare one, over the same persons."""
    with _of_sqlite(persons) if base is Base.SQLITE else _of_postgresql(persons) as (url, bare):
        engine = open_database(url)
        with engine.connect() as connection:
            _lay(connection, bare)
            yield connection, bare
        engine.dispose()


def some_sought(connection: sa.Connection) -> list[Sought]:
    """Visible persons with a number."""
    person, number = tables.person.c, tables.person_number.c
    used = sa.and_(number.person == person.id, number.establishment == person.establishment)
    found = connection.execute(
        sa.select(person.birth_name, person.first_given_name, person.birth_date, number.number, person.ipp)
        .join(tables.person_number, used)
        .where(person.protection == "", number.until == "")
        .limit(20_000)
    ).all()
    return [Sought(*row) for row in random.Random(8).sample(found, SEARCHES)]


def median_ms(sought: list[Sought], ask: Callable[[Sought], object]) -> float:
    """The median milliseconds of one question asked for each person."""
    spent: list[float] = []
    for one in sought:
        started = time.perf_counter()
        ask(one)
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent)


@contextmanager
def _of_sqlite(persons: int) -> Generator[tuple[str, Bare]]:
    path = hospital_of(persons)
    with closing(sqlite3.connect(_beside(path), isolation_level=None)) as connection:
        yield f"sqlite:///{path}", _BareSqlite(connection)


def _beside(path: Path) -> Path:
    """Laid anew each time: it takes a fraction of what the hospital took."""
    beside = path.with_suffix(".sought.db")
    beside.unlink(missing_ok=True)
    return beside


@contextmanager
def _of_postgresql(persons: int) -> Generator[tuple[str, Bare]]:
    """A cluster of its own, filled anew: minutes for a hundred thousand."""
    with throw_away_cluster() as cluster:
        url = cluster.new_database()
        engine = open_database(url)
        create_server_tables(engine)
        fill(engine, persons)
        engine.dispose()
        plain = url.replace("+psycopg", "", 1)
        with psycopg.connect(plain, autocommit=True) as connection:
            # As the house's own autovacuum leaves it, at a moment of our choosing.
            connection.execute("VACUUM (ANALYZE)")
            yield url, _BarePostgresql(connection)


def _lay(connection: sa.Connection, bare: Bare) -> None:
    """The shown values of each person in one row, in the order of the names, and three indexes."""
    bare.make(
        "CREATE TABLE sought (name TEXT, first TEXT, id TEXT, born TEXT, ipp TEXT, birth_name TEXT,"
        " first_given_name TEXT, used_name TEXT, sex TEXT, place TEXT, last_at BIGINT,"
        " PRIMARY KEY (name, first, id))"
    )
    bare.make("CREATE TABLE number (number TEXT, name TEXT, first TEXT, id TEXT, PRIMARY KEY (number, id))")
    bare.fill("INSERT INTO sought VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", sorted(_persons(connection)))
    bare.fill("INSERT INTO number VALUES (?, ?, ?, ?)", sorted(_numbers(connection)))
    bare.make("CREATE INDEX sought_born ON sought (born)")
    bare.make("CREATE INDEX sought_ipp ON sought (ipp)")


def _persons(connection: sa.Connection) -> Iterable[tuple[Any, ...]]:
    found = connection.exec_driver_sql(
        "SELECT id, birth_date, ipp, birth_name, first_given_name, used_name, sex, birth_place,"
        " (SELECT max(at) FROM timeline t WHERE t.establishment = p.establishment AND t.person = p.id)"
        " FROM person p WHERE protection = ''"
    )
    for row in found:
        yield compact(row[3]), compact(row[4]), *row


def _numbers(connection: sa.Connection) -> Iterable[tuple[str, ...]]:
    found = connection.exec_driver_sql(
        "SELECT n.number, birth_name, first_given_name, id FROM person_number n"
        " JOIN person p ON p.establishment = n.establishment AND p.id = n.person"
        " WHERE n.until = '' AND protection = ''"
    )
    for number, name, first, person in found:
        yield number, compact(name), compact(first), person
