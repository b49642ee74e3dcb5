"""Puts a desk's precious file under a new key: a copy that is proved whole before it has the name."""

import shutil
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlcipher3 import dbapi2  # pyright: ignore[reportMissingTypeStubs]

from app.store.columns import EPOCH, MICROSECOND
from app.store.disk import sync_file
from app.store.engine import writing
from sync.client.desk_tables import file_key

KEY_LASTS = timedelta(days=90)
TRIED_EVERY = timedelta(hours=1)
"""A change that could not be made (keyring locked, disk full) is tried again so often."""
SIDES = ("", "-wal", "-shm", "-journal")
_cipher: Any = dbapi2


class KeyStays(Exception):  # noqa: N818 - the file is as it was
    """The key can't be changed here, or not now."""


class KeyAge(msgspec.Struct, frozen=True, kw_only=True):
    """Since when a desk's file has its key, and which of the server's orders that answered."""

    made_at: datetime
    asked_at: datetime = EPOCH

    def is_due(self, now: datetime, *, asked_at: datetime) -> bool:
        """Whether it is too old, or another was asked for since."""
        return now - self.made_at > KEY_LASTS or asked_at > self.asked_at


def begin_age(engine: sa.Engine, now: datetime) -> None:
    """The key of a file that says nothing of it counts from now."""
    with writing(engine) as connection:
        if connection.execute(sa.select(file_key.c.one)).first() is None:
            connection.execute(sa.insert(file_key), {"one": 1, "made_at": now, "asked_at": EPOCH})


def read_age(engine: sa.Engine) -> KeyAge:
    """What the file says of its key."""
    with engine.connect() as connection:
        row = connection.execute(sa.select(file_key)).one()
    return KeyAge(made_at=row.made_at, asked_at=row.asked_at)


def lay_under(source: Path, target: Path, old: bytes, new: bytes, age: KeyAge) -> None:
    """A copy of a file at rest, every page under the new key, read through and on the disk.

    Raises a database error when it is not what it should be, `OSError` when the disk is full.
    """
    shutil.copyfile(source, target)
    with closing(_open(target, old)) as raw:
        # Without a log beside it, the one file is all there is to sync and to rename.
        raw.execute("PRAGMA journal_mode=DELETE").fetchall()
        raw.execute(f"PRAGMA rekey={written(new)}")
        raw.execute("UPDATE file_key SET made_at = ?, asked_at = ?", _stored(age))
    with closing(_open(target, new)) as raw:
        found = raw.execute("PRAGMA quick_check(1)").fetchone()
        forged = raw.execute("PRAGMA cipher_integrity_check").fetchone()
    if found != ("ok",) or forged is not None:
        raise _cipher.DatabaseError("database disk image is malformed: a file under a new key")
    sync_file(target)


def opens(path: Path, key: bytes) -> bool:
    """Whether this key is the file's."""
    with closing(_open(path, key)) as raw:
        try:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except _cipher.DatabaseError:
            return False
    return True


@contextmanager
def removed(path: Path) -> Generator[None]:
    """What is not renamed in the end leaves nothing behind."""
    try:
        yield
    finally:
        remove(path)


def remove(path: Path) -> None:
    """A database's file with what lies beside it."""
    for side in SIDES:
        path.with_name(path.name + side).unlink(missing_ok=True)


def written(key: bytes) -> str:
    """A raw key as SQLCipher's pragmas take it."""
    return f"\"x'{key.hex()}'\""


def _open(path: Path, key: bytes) -> Any:
    raw = _cipher.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA cipher_log_level=NONE")
    raw.execute(f"PRAGMA key={written(key)}")
    return raw


def _stored(age: KeyAge) -> tuple[int, int]:
    return (age.made_at - EPOCH) // MICROSECOND, (age.asked_at - EPOCH) // MICROSECOND
