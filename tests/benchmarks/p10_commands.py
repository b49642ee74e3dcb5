"""P10: commands in, durable, one by one, against the same rows written by hand."""

import sqlite3
import time
from pathlib import Path

import sqlalchemy as sa

from app.clock import MachineClock, TimeOrderedMint
from app.dispatch import run_command
from app.domain.commands import CommandEnvelope, NoteContact
from app.domain.words import Channel
from app.store import tables
from app.store.engine import create_server_tables, open_database
from tests.benchmarks.paired import Figure, Goal, measure

COMMANDS = 400
HOUSE = "bench"
CLOCK = MachineClock()
MINT = TimeOrderedMint()


def figures(folder: Path) -> list[Figure]:
    """Seconds per command; the bare limit writes a journal row, a body and a contact."""
    goal = Goal(
        id="P10",
        what="commands in, durable, one by one",
        unit="ms",
        goal=2.0,
        aim=1.25,
        size="sqlite",
    )
    engine = _server(folder / "product.db")
    bare = _bare(folder / "bare.db")
    figure = measure(goal, lambda: _write_bare(bare), lambda: _run(engine))
    bare.close()
    engine.dispose()
    return [figure]


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


def _run(engine: sa.Engine) -> float:
    notes = [_note() for _ in range(COMMANDS)]
    started = time.perf_counter()
    for note in notes:
        run_command(engine, HOUSE, note, desk="bench", clock=CLOCK)
    return (time.perf_counter() - started) * 1000 / COMMANDS


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE journal (position INTEGER PRIMARY KEY, command TEXT UNIQUE, header BLOB);"
        "CREATE TABLE body (position INTEGER PRIMARY KEY, body BLOB);"
        "CREATE TABLE contact (id TEXT PRIMARY KEY, body BLOB);"
    )
    return connection


def _write_bare(connection: sqlite3.Connection) -> float:
    ids = [(MINT.new_id(), MINT.new_id()) for _ in range(COMMANDS)]
    started = time.perf_counter()
    for command, contact in ids:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO journal VALUES (NULL, ?, ?)", (command, b"h" * 400))
        connection.execute("INSERT INTO body VALUES (NULL, ?)", (b"b" * 300,))
        connection.execute("INSERT INTO contact VALUES (?, ?)", (contact, b"c" * 300))
        connection.execute("COMMIT")
    return (time.perf_counter() - started) * 1000 / COMMANDS
