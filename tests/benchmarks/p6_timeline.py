"""P6: one person's history, against the same rows laid in the order they are read."""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import sqlalchemy as sa

from app.queries.timeline import timeline
from app.store import tables
from app.store.engine import open_database
from tests.benchmarks.hospital import ANCHOR, HOUSE, hospital_of
from tests.benchmarks.paired import Figure, Goal, measure

READS = 300


def figures(sizes: list[int]) -> list[Figure]:
    """Median microseconds of a read, at each size."""
    return [_figure(size) for size in sizes]


def _figure(persons: int) -> Figure:
    path = hospital_of(persons)
    engine = open_database(f"sqlite:///{path}")
    bare = _clustered(path)
    goal = Goal(
        id="P6",
        what="one person's history",
        unit="us",
        goal=2.5,
        aim=1.25,
        size=f"{persons} persons, sqlite",
    )
    with engine.connect() as connection:
        asked = _some_persons(connection)
        figure = measure(
            goal,
            lambda: _each(asked, lambda person: _read_bare(bare, person)),
            lambda: _each(
                asked, lambda person: timeline(connection, HOUSE, person, now=ANCHOR.astimezone(UTC))
            ),
        )
    bare.close()
    engine.dispose()
    return figure


def _some_persons(connection: sa.Connection) -> list[str]:
    found = connection.execute(sa.select(tables.person.c.id).limit(20_000)).scalars().all()
    return random.Random(6).sample(list(found), READS)


def _each(persons: list[str], read: Callable[[str], object]) -> float:
    spent: list[float] = []
    for person in persons:
        started = time.perf_counter()
        read(person)
        spent.append((time.perf_counter() - started) * 1e6)
    return statistics.median(spent)


def _clustered(path: Path) -> sqlite3.Connection:
    beside = path.with_suffix(".clustered.db")
    is_new = not beside.exists()
    connection = sqlite3.connect(beside, isolation_level=None)
    if is_new:
        connection.execute("ATTACH ? AS product", (str(path),))
        connection.executescript(
            "CREATE TABLE line (person TEXT, at INTEGER, id TEXT, channel TEXT, direction TEXT,"
            " motive TEXT, outcome TEXT, case_id TEXT, note TEXT, body TEXT, agent TEXT,"
            " PRIMARY KEY (person, at, id)) WITHOUT ROWID;"
            "INSERT INTO line SELECT person, at, id, channel, direction, motive, outcome, case_id,"
            " note, body, agent FROM product.contact WHERE person IS NOT NULL ORDER BY 1, 2, 3;"
        )
    return connection


def _read_bare(connection: sqlite3.Connection, person: str) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT * FROM line WHERE person = ? ORDER BY at DESC, id DESC LIMIT 50", (person,)
    ).fetchall()
