"""Opens databases so that what is acknowledged is on disk and writers come one by one."""

import re
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.store.tables import SERVER, SHARED, metadata

LOCK_TIMEOUT_S = 10
_BEGIN = "begin"


def open_database(url: str) -> sa.Engine:
    """An engine on SQLite or PostgreSQL; SQLite waits `LOCK_TIMEOUT_S` for the other writers."""
    made = sa.make_url(url)
    if made.get_backend_name() == "sqlite":
        engine = sa.create_engine(url, connect_args={"timeout": LOCK_TIMEOUT_S}, poolclass=QueuePool)
        make_durable(engine, synchronous="FULL")
        return engine
    told = {name: value for name, value in _WIRE.items() if name not in made.query}
    return sa.create_engine(made, pool_pre_ping=True, connect_args=told)


_WIRE = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""PostgreSQL: a machine that went without a word is noticed in seconds, and another is asked."""


def make_durable(engine: sa.Engine, *, synchronous: str) -> None:
    """Write-ahead log, explicit transactions: the driver's own BEGIN comes too late for a lock."""

    def on_connect(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.close()

    def on_begin(connection: sa.Connection) -> None:
        mode = connection.get_execution_options().get(_BEGIN, "DEFERRED")
        # Asked of the driver itself: this runs before each command.
        connection.connection.cursor().execute(f"BEGIN {mode}")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


@contextmanager
def writing(engine: sa.Engine) -> Generator[sa.Connection]:
    """A transaction that writes, from its first word: it stays whole, or goes when something is raised.

    SQLite refuses at once, without waiting, a reader that becomes a writer after another wrote.
    """
    with engine.connect().execution_options(**{_BEGIN: "IMMEDIATE"}) as connection, connection.begin():
        yield connection


@contextmanager
def savepoint(connection: sa.Connection) -> Generator[None]:
    """What is written inside stays or goes as one, whatever becomes of the rest of the transaction."""
    cursor = connection.connection.cursor()
    cursor.execute("SAVEPOINT one")
    try:
        yield
    except Exception as error:
        if not is_of_database(connection.dialect, error):
            cursor.execute("ROLLBACK TO SAVEPOINT one")
            cursor.execute("RELEASE SAVEPOINT one")
        raise
    cursor.execute("RELEASE SAVEPOINT one")


def is_of_database(dialect: sa.Dialect, error: Exception) -> bool:
    """Whether the database is at fault (away, locked, full, damaged, not migrated), not what it was asked."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_ERROR:
            return _LACKS.search(str(cause)) is not None
        return code is not None and code & 0xFF not in _OF_THE_QUESTION
    driver = dialect.loaded_dbapi
    if isinstance(cause, driver.OperationalError | driver.InterfaceError | driver.InternalError):
        return True
    return getattr(cause, "sqlstate", None) in _LACKING


def is_locked(error: DBAPIError) -> bool:
    """Whether somebody else held what was needed, for too long."""
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    return getattr(error.orig, "sqlstate", None) == "55P03"


_LACKS = re.compile(r"^no such (table|column)|has no column named")
"""SQLite has one code for whatever a statement gets wrong: its words tell what is not there."""
_LACKING = ("3F000", "42P01", "42703", "42501")
"""PostgreSQL: no such schema, table or column, or no right to it."""

_OF_THE_QUESTION = (
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_RANGE,
)


def create_server_tables(engine: sa.Engine) -> None:
    """Make the server's tables where they are missing."""
    metadata.create_all(engine, tables=[*SHARED, *SERVER])
