"""Copies a SQLite database while it is written to, and puts a copy in its place."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from app.store.disk import sync_folder
from app.store.engine import open_database
from sync.server.bootstrap.backups.archive import SavedHouse
from sync.server.bootstrap.backups.verified import verified_houses
from sync.server.bootstrap.telling import Failed

_BESIDE = ("-wal", "-shm", "")


def save(engine: sa.Engine, path: Path) -> tuple[SavedHouse, ...]:
    """Copy the database as it is at one moment, while others write, and read the copy through."""
    with closing(engine.raw_connection()) as source, closing(sqlite3.connect(path)) as copy:
        # In one step: a reader's moment, which writers neither wait for nor disturb.
        source.driver_connection.backup(copy)  # pyright: ignore[reportOptionalMemberAccess]
        # One file, without a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        if not _is_whole(copy):
            raise Failed("The database is damaged: nothing was saved.")
    opened = open_database(f"sqlite:///{path}")
    try:
        with opened.connect() as connection:
            return verified_houses(connection)
    finally:
        opened.dispose()


def is_whole(path: Path) -> bool:
    """Whether a file is a database that can be read to its last page."""
    try:
        with closing(sqlite3.connect(path)) as opened:
            return _is_whole(opened)
    except (sqlite3.DatabaseError, ValueError):
        # What it says of itself may be no text either.
        return False


def _is_whole(opened: sqlite3.Connection) -> bool:
    (said,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
    return said == "ok"


def check_alone(path: Path) -> None:
    """Raises `Failed` while a server has the database open."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as alone:
        try:
            alone.execute("PRAGMA locking_mode=EXCLUSIVE")
            alone.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as busy:
            raise Failed("The database is in use: stop filrouge-server first.") from busy
        except sqlite3.DatabaseError:
            """What is damaged can be replaced."""


def put_in_place(made: Path, path: Path, now: datetime) -> str:
    """Let a database take the place of another, which is set aside; answers under which name."""
    aside = f"{path.name}.replaced-{now:%Y%m%dT%H%M%S}" if path.exists() else ""
    if aside:
        # Its log goes first: beside another database it would be laid into that one.
        for end in _BESIDE:
            old = path.with_name(path.name + end)
            if old.exists():
                old.rename(path.with_name(aside + end))
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.rename(path)
    sync_folder(path.parent)
    return aside
