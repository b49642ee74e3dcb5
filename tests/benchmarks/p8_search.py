"""P8: a search by each kind of typing, against the same rows laid in the order they are sought.

The figures page allows 2 ms where a full-text prefix takes 0.1 ms (aim 0.5): twenty times, and five.
"""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.names import LAST, compact
from app.domain.names_sought import read_questions
from app.queries.person_search import search_persons
from app.store import tables
from app.store.engine import open_database
from tests.benchmarks.hospital import ANCHOR, HOUSE, hospital_of
from tests.benchmarks.paired import Figure, Goal, measure

SEARCHES = 60
TODAY = ANCHOR.astimezone(UTC).date()


class Sought(NamedTuple):
    """What a caller says of one person."""

    name: str
    first: str
    born: str
    number: str
    ipp: str


def figures(sizes: list[int]) -> list[Figure]:
    """Milliseconds for one search of each of the five kinds, at each size."""
    return [_figure(size) for size in sizes]


def _figure(persons: int) -> Figure:
    goal = Goal(
        id="P8",
        what="one search by name, two names, date, telephone, IPP",
        unit="ms",
        goal=20.0,
        aim=5.0,
        size=f"{persons} persons, sqlite",
    )
    path = hospital_of(persons)
    engine = open_database(f"sqlite:///{path}")
    bare = laid_bare(path)
    with engine.connect() as connection:
        sought = some_sought(connection)
        figure = measure(
            goal,
            lambda: _each_kind(
                sought, _BARE, lambda kind, one: bare.execute(kind[0], kind[1](one)).fetchall()
            ),
            lambda: _each_kind(sought, _TYPED, lambda kind, one: search(connection, kind(one))),
        )
    bare.close()
    engine.dispose()
    return figure


def search(connection: sa.Connection, typed: str) -> object:
    """What the route does of one line of typing."""
    return search_persons(connection, HOUSE, *read_questions(typed, today=TODAY))


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


def laid_bare(path: Path) -> sqlite3.Connection:
    """The shown values of each person in one row, in the order of the names, and three indexes."""
    beside = path.with_suffix(".sought.db")
    is_new = not beside.exists()
    connection = sqlite3.connect(beside, isolation_level=None)
    if is_new:
        connection.create_function("compact", 1, compact)
        connection.execute("ATTACH ? AS product", (str(path),))
        connection.executescript(
            "CREATE TABLE sought (name TEXT, first TEXT, id TEXT, born TEXT, ipp TEXT, birth_name TEXT,"
            " first_given_name TEXT, used_name TEXT, sex TEXT, place TEXT, last_at INTEGER,"
            " PRIMARY KEY (name, first, id)) WITHOUT ROWID;"
            "INSERT INTO sought SELECT compact(birth_name), compact(first_given_name), id, birth_date, ipp,"
            " birth_name, first_given_name, used_name, sex, birth_place,"
            " (SELECT max(at) FROM product.timeline t WHERE t.establishment = p.establishment"
            " AND t.person = p.id) FROM product.person p WHERE protection = '' ORDER BY 1, 2, 3;"
            "CREATE INDEX sought_born ON sought (born); CREATE INDEX sought_ipp ON sought (ipp);"
            "CREATE TABLE number (number TEXT, name TEXT, first TEXT, id TEXT, PRIMARY KEY (number, id))"
            " WITHOUT ROWID;"
            "INSERT INTO number SELECT n.number, compact(birth_name), compact(first_given_name), id"
            " FROM product.person_number n JOIN product.person p ON p.establishment = n.establishment"
            " AND p.id = n.person WHERE n.until = '' ORDER BY 1, 4;"
        )
    return connection


def _each_kind(sought: list[Sought], kinds: Iterable[Any], ask: Callable[[Any, Sought], object]) -> float:
    """The sum over the kinds of the median milliseconds."""
    return sum(median_ms(sought, lambda one, kind=kind: ask(kind, one)) for kind in kinds)


def median_ms(sought: list[Sought], ask: Callable[[Sought], object]) -> float:
    """The median milliseconds of one question asked for each person."""
    spent: list[float] = []
    for one in sought:
        started = time.perf_counter()
        ask(one)
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent)


_TYPED: tuple[Callable[[Sought], str], ...] = (
    lambda one: one.name[:4],
    lambda one: f"{one.name[:4]} {one.first[:3]}",
    lambda one: one.born,
    lambda one: one.number,
    lambda one: one.ipp,
)
_BARE: tuple[tuple[str, Callable[[Sought], tuple[str, ...]]], ...] = (
    ("SELECT * FROM sought WHERE name >= ? AND name <= ? LIMIT 21", lambda one: _span(one.name[:4])),
    (
        "SELECT * FROM sought WHERE name >= ? AND name <= ? AND first >= ? AND first <= ? LIMIT 21",
        lambda one: (*_span(one.name[:4]), *_span(one.first[:3])),
    ),
    ("SELECT * FROM sought WHERE born = ? LIMIT 21", lambda one: (one.born,)),
    (
        "SELECT s.* FROM number n JOIN sought s USING (name, first, id) WHERE n.number = ? LIMIT 21",
        lambda one: (one.number,),
    ),
    ("SELECT * FROM sought WHERE ipp = ? LIMIT 21", lambda one: (one.ipp,)),
)


def _span(begun: str) -> tuple[str, str]:
    return compact(begun), compact(begun) + LAST
