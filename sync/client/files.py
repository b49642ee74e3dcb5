"""The two encrypted files of a desk: the precious one, and the replica that can always be made again."""

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlcipher3 import dbapi2  # pyright: ignore[reportMissingTypeStubs]

from app.ports import Clock
from app.store.engine import make_durable, writing
from sync.client.desk_tables import notice, step_forward
from sync.client.lease import Lease
from sync.client.replica import is_current, make_replica_tables, read_mark

_cipher: Any = dbapi2
DAMAGE: tuple[type[Exception], ...] = (DatabaseError, _cipher.DatabaseError)
SET_ASIDE = "desk_file_set_aside"
_SIDES = ("", "-wal", "-shm")
_CHECKPOINT_PAGES = 8000
"""A backstop: the reader checkpoints when nothing happens, so that no save waits for it."""


class DeskTaken(Exception):  # noqa: N818 - the other console is shown instead
    """Another console has this desk's files open."""


class DeskFull(Exception):  # noqa: N818 - the person makes room, and tries again
    """This desk's disk takes nothing: what is there stays as it is."""


def is_damage(error: Exception) -> bool:
    """Whether a database error says that the file itself can't be read (and not that it is full)."""
    found = error.orig if isinstance(error, DBAPIError) else error
    return type(found) is _cipher.DatabaseError or "hmac" in str(found)


def open_encrypted(
    path: Path, key: bytes, *, synchronous: str = "NORMAL", is_read_only: bool = False
) -> sa.Engine:
    """An engine on a SQLCipher file, whose raw key has 32 bytes."""
    engine = sa.create_engine(f"sqlite:///{path}", module=_cipher)

    def unlock(raw: Any, _record: object) -> None:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")

    def limit(raw: Any, _record: object) -> None:
        raw.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
        if is_read_only:
            raw.execute("PRAGMA query_only=ON")

    event.listen(engine, "connect", unlock)
    make_durable(engine, synchronous=synchronous)
    event.listen(engine, "connect", limit)
    return engine


class DeskFiles:
    """A desk's folder: `desk.db`, and `replica-USER-N.db` for each person who signs in."""

    def __init__(self, folder: Path, key: bytes, clock: Clock) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key = key
        self._clock = clock
        self._held: sqlite3.Connection | None = None

    def take(self) -> None:
        """Keep other processes off this desk until `leave`, or until this one ends. Raises `DeskTaken`.

        An empty database whose lock is held: the system lets it go with the process, however it ends.
        """
        held = sqlite3.connect(self._folder / "desk.lock", timeout=0, check_same_thread=False)
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            held.close()
            raise DeskTaken from error
        self._held = held

    def leave(self) -> None:
        """Let another process have this desk."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def open_desk(self) -> sa.Engine:
        """`desk.db` at the newest version; a damaged one is set aside, never deleted, and said so.

        Opened before any replica: it holds their keys.
        """
        engine = self._open_precious()
        self.lease = Lease(engine, self._clock)
        return engine

    def _open_precious(self) -> sa.Engine:
        path = self._folder / "desk.db"
        engine = open_encrypted(path, self._key, synchronous="FULL")
        try:
            check_whole(engine)
            step_forward(engine)
        except DAMAGE as error:
            engine.dispose()
            if not is_damage(error):
                raise
            self._set_aside(path)
            return self._begin_again(path)
        return engine

    def open_replica(self, user: str) -> tuple[sa.Engine, Path]:
        """The user's replica if it was filled and may be read by this version now, else a new one.

        Those of others who did not come back in time go, whoever sits down.
        """
        for name in self.lease.overdue():
            self.erase(self._folder / name)
        for path in self._replicas(user):
            key = self.lease.key_of(path.name)
            engine = None if key is None else open_encrypted(path, key)
            if engine is not None and _is_readable(engine):
                return engine, path
            if engine is not None:
                engine.dispose()
            self.erase(path)
        return self.new_replica(user)

    def new_replica(self, user: str) -> tuple[sa.Engine, Path]:
        """An empty replica beside what is there."""
        taken = [int(path.stem.rpartition("-")[2]) for path in self._replicas(user)]
        path = self._folder / f"replica-{_name_of(user)}-{max(taken, default=0) + 1}.db"
        engine = open_encrypted(path, self.lease.new_key(path.name))
        make_replica_tables(engine)
        return engine, path

    def open_to_read(self, path: Path) -> sa.Engine:
        """A second way into a replica in use, which can't change it."""
        return open_encrypted(path, self.lease.key_of(path.name) or b"", is_read_only=True)

    def erase(self, path: Path) -> None:
        """Drop a replica's key, then delete it with its log."""
        self.lease.drop(path.name)
        for side in _SIDES:
            path.with_name(path.name + side).unlink(missing_ok=True)

    def _replicas(self, user: str) -> list[Path]:
        found = self._folder.glob(f"replica-{_name_of(user)}-*.db")
        return sorted(found, key=lambda path: int(path.stem.rpartition("-")[2]), reverse=True)

    def _set_aside(self, path: Path) -> None:
        stamp = self._clock.now().strftime("%Y%m%dT%H%M%S%f")
        for side in _SIDES:
            part = path.with_name(path.name + side)
            if part.exists():
                part.rename(path.with_name(f"desk-damaged-{stamp}.db{side}"))

    def _begin_again(self, path: Path) -> sa.Engine:
        engine = open_encrypted(path, self._key, synchronous="FULL")
        step_forward(engine)
        with writing(engine) as connection:
            connection.execute(sa.insert(notice), {"code": SET_ASIDE, "at": self._clock.now()})
        return engine


def check_whole(engine: sa.Engine) -> None:
    """Read every page. Raises a database error when one is damaged.

    SQLCipher's check reads the file alone: a page torn by a power cut while the log was laid into it
    would be damage, though the log still holds it whole. So what the log holds is laid first.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        forged = connection.exec_driver_sql("PRAGMA cipher_integrity_check").first()
    if found != "ok" or forged is not None:
        raise _cipher.DatabaseError(f"database disk image is malformed: {found}")


def _is_readable(engine: sa.Engine) -> bool:
    try:
        return is_current(engine) and read_mark(engine, "cursor") != ""
    except DAMAGE:
        return False


def _name_of(user: str) -> str:
    """A file's name tells nobody who sits there."""
    return hashlib.sha256(user.encode()).hexdigest()[:12]
