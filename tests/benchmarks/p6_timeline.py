"""P6: one person's history, against the same rows laid in the order they are read."""

import random
import sqlite3
import statistics
import time
import zlib
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
    """Every value that a history shows, names included, each person's rows side by side."""
    beside = path.with_suffix(f".clustered-{zlib.crc32(_LAY.encode()):08x}.db")
    is_new = not beside.exists()
    connection = sqlite3.connect(beside, isolation_level=None)
    if is_new:
        connection.execute("ATTACH ? AS product", (str(path),))
        connection.executescript(_LAY)
    connection.execute("BEGIN")
    return connection


def _read_bare(connection: sqlite3.Connection, person: str) -> list[list[tuple[object, ...]]]:
    return [connection.execute(question, (person,)).fetchall() for question in _QUESTIONS]


_QUESTIONS = (
    "SELECT * FROM line WHERE person = ? ORDER BY at DESC, id DESC LIMIT 50",
    "SELECT * FROM demand WHERE person = ?",
    "SELECT * FROM promise WHERE person = ?",
)
_LAY = """
CREATE TABLE line (person TEXT, at INTEGER, id TEXT, channel TEXT, direction TEXT, state TEXT,
    duration_s INTEGER, ending TEXT, motive TEXT, outcome TEXT, case_id TEXT, note TEXT, body TEXT,
    acknowledged TEXT, author TEXT, agent_name TEXT, elsewhere TEXT,
    PRIMARY KEY (person, at, id)) WITHOUT ROWID;
INSERT INTO line SELECT c.person, c.at, c.id, channel, direction, state,
    (ended_at - answered_at) / 1000000, ending, motive, outcome, case_id, note, body, acknowledged, "by",
    a.name, s.short_name
    FROM product.contact c
    LEFT JOIN product.agent a ON a.id = coalesce(nullif(c.agent, ''), c."by")
    LEFT JOIN product.service s ON s.id = a.service AND s.id <> c.service
    WHERE c.person IS NOT NULL ORDER BY 1, 2, 3;
CREATE TABLE demand (person TEXT, opened_at INTEGER, id TEXT, title TEXT, service_name TEXT, state TEXT,
    closed_at INTEGER, closing TEXT, PRIMARY KEY (person, opened_at, id)) WITHOUT ROWID;
INSERT INTO demand SELECT d.person, d.opened_at, d.id, d.title, s.short_name, d.state, d.closed_at, d.closing
    FROM product.demand d LEFT JOIN product.service s ON s.id = d.service ORDER BY 1, 2, 3;
CREATE TABLE promise (person TEXT, made_at INTEGER, id TEXT, contact TEXT, what TEXT, owner TEXT, state TEXT,
    due_at INTEGER, PRIMARY KEY (person, made_at, id)) WITHOUT ROWID;
INSERT INTO promise SELECT c.person, c.made_at, c.id, c.contact, c.what,
    coalesce(a.name, s.name, c.owner), c.state, c.due_at
    FROM product.commitment c
    LEFT JOIN product.agent a ON a.id = c.owner LEFT JOIN product.service s ON s.id = c.owner
    WHERE c.person IS NOT NULL ORDER BY 1, 2, 3;
"""
