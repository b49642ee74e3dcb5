"""P10: commands in, durable, one by one and by hundred, against the same rows written by hand.

The limit writes what the product leaves in its tables (an entry, its body and a contact), already
made and with nothing read or decided, in a file of the same tables.
"""

import sqlite3
import time
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from app.clock import MachineClock, TimeOrderedMint
from app.dispatch import run_commands
from app.domain.commands import CommandEnvelope, NoteContact
from app.domain.words import Channel
from app.store import tables
from app.store.engine import create_server_tables, open_database
from tests.benchmarks.paired import Figure, Goal, measure

ONE_BY_ONE, BY_HUNDRED = 400, 2_000
HOUSE = "bench"
CLOCK = MachineClock()
MINT = TimeOrderedMint()
WRITTEN = (tables.journal, tables.journal_body, tables.journal_address, tables.contact)
Rows = list[tuple[Any, ...]]


def figures(folder: Path) -> list[Figure]:
    """Milliseconds per command; the goals are those of both rows."""
    engine = _server(folder / "product.db")
    limit = Limit(folder)
    goal = Goal(id="P10", what="commands in, durable", unit="ms", goal=2.0, aim=1.25, size="sqlite")
    found = [
        measure(
            msgspec.structs.replace(goal, what=f"{goal.what}, {how}"),
            lambda count=count, group=group: limit.write(count, group),
            lambda count=count, group=group: _run(engine, count, group),
        )
        for how, count, group in (("one by one", ONE_BY_ONE, 1), ("by 100", BY_HUNDRED, 100))
    ]
    limit.close()
    engine.dispose()
    return found


def _server(path: Path) -> sa.Engine:
    engine = open_database(f"sqlite:///{path}")
    create_server_tables(engine)
    with engine.begin() as connection:
        row = {"establishment": HOUSE, "id": "accueil", "name": "Accueil"}
        connection.execute(sa.insert(tables.service), row)
    return engine


def _note() -> CommandEnvelope:
    body = NoteContact(
        contact=MINT.new_id(),
        channel=Channel.DESK,
        service="accueil",
        text="Demande où déposer sa carte de mutuelle.",
        happened_at=CLOCK.now(),
    )
    return CommandEnvelope(id=MINT.new_id(), made_at=CLOCK.now(), author="bench", body=body)


def _run(engine: sa.Engine, count: int, group: int) -> float:
    notes = [_note() for _ in range(count)]
    started = time.perf_counter()
    for first in range(0, count, group):
        run_commands(
            engine, HOUSE, notes[first : first + group], desk="bench", clock=CLOCK, address="192.0.2.7"
        )
    return (time.perf_counter() - started) * 1000 / count


class Limit:
    """A file of the product's tables, where rows are put by hand."""

    def __init__(self, folder: Path) -> None:
        engine = _server(folder / "limit.db")
        _run(engine, 1, 1)
        engine.dispose()
        self._connection = sqlite3.connect(folder / "limit.db", isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        self._written = 1
        self._models = [self._connection.execute(_sql(sa.select(table))).fetchone() for table in WRITTEN]
        self._inserts = [_sql(sa.insert(table)) for table in WRITTEN]

    def write(self, count: int, group: int) -> float:
        """Milliseconds for each command's rows."""
        groups = [self._rows(min(group, count - first)) for first in range(0, count, group)]
        started = time.perf_counter()
        for rows in groups:
            self._connection.execute("BEGIN IMMEDIATE")
            for insert, some in zip(self._inserts, rows, strict=True):
                self._connection.executemany(insert, some)
            self._connection.execute("COMMIT")
        return (time.perf_counter() - started) * 1000 / count

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _rows(self, count: int) -> list[Rows]:
        """What so many commands leave in each table: the first one's rows, under keys of their own."""
        first, self._written = self._written + 1, self._written + count
        keys = [
            {"position": first + n, "command_id": MINT.new_id(), "id": MINT.new_id()} for n in range(count)
        ]
        return [
            [
                tuple(key.get(name, value) for name, value in zip(table.columns.keys(), model, strict=True))
                for key in keys
            ]
            for table, model in zip(WRITTEN, self._models, strict=True)
        ]


def _sql(statement: sa.ClauseElement) -> str:
    return str(statement.compile(dialect=sqlite.dialect()))
