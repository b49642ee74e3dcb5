"""Opens databases so that what is acknowledged is on disk and writers come one by one."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

from app.store.tables import SERVER, SHARED, metadata

LOCK_TIMEOUT_S = 10


def open_database(url: str) -> sa.Engine:
    """An engine on SQLite or PostgreSQL; SQLite waits `LOCK_TIMEOUT_S` for the other writers."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        engine = sa.create_engine(url, connect_args={"timeout": LOCK_TIMEOUT_S}, poolclass=QueuePool)
        make_durable(engine, synchronous="FULL")
        return engine
    return sa.create_engine(url, pool_pre_ping=True)


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
        mode = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def create_server_tables(engine: sa.Engine) -> None:
    """Make the server's tables where they are missing."""
    metadata.create_all(engine, tables=[*SHARED, *SERVER])
