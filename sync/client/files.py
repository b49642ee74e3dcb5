"""The two encrypted files of a desk: the precious one, and the replica that can always be made again."""

import hashlib
import hmac
import secrets
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlcipher3 import dbapi2  # pyright: ignore[reportMissingTypeStubs]

from app.ports import Clock
from app.store.disk import sync_folder
from app.store.engine import make_durable, writing
from sync.client.credentials import KeyRing
from sync.client.desk_tables import file_names, notice, step_forward
from sync.client.kept_house import KeptHouse
from sync.client.lease import Lease
from sync.client.rekeying import (
    SIDES,
    KeyAge,
    KeyStays,
    begin_age,
    lay_under,
    opens,
    read_age,
    remove,
    removed,
    written,
)
from sync.client.replica_file import is_current, make_replica_tables, read_mark

_cipher: Any = dbapi2
DAMAGE: tuple[type[Exception], ...] = (DatabaseError, _cipher.DatabaseError, MemoryError)
"""What a damaged file gives rise to: of a page it can't make out SQLCipher may say that memory is short."""
SET_ASIDE = "desk_file_set_aside"
_MADE = "desk-rekeyed.db"
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


def is_lost(error: Exception) -> bool:
    """Whether a copy must be built again: damaged, or not to be read for want of memory."""
    return is_damage(error) or isinstance(error, MemoryError)


def is_of_disk(error: Exception) -> bool:
    """Whether a database error is of the file's place (full, away, in use) and not of what is written."""
    found = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(found, _cipher.OperationalError)


def open_encrypted(
    path: Path,
    key: bytes | Callable[[], bytes],
    *,
    synchronous: str = "NORMAL",
    is_read_only: bool = False,
) -> sa.Engine:
    """An engine on a SQLCipher file, whose raw key has 32 bytes; a call gives that of each connection."""
    engine = sa.create_engine(f"sqlite:///{path}", module=_cipher)

    def unlock(raw: Any, _record: object) -> None:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key={written(key if isinstance(key, bytes) else key())}")

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

    def __init__(self, folder: Path, key: bytes, clock: Clock, *, ring: KeyRing | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key = key
        self._clock = clock
        self._ring = ring
        self._held: sqlite3.Connection | None = None
        # Whoever reads the keys of replicas, on whatever thread, is not there while that file is changed.
        self._keys_in_use = threading.RLock()

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
        self._end_change()
        engine = self._engine = self._open_precious()
        self.lease = Lease(engine, self._clock)
        self._house = KeptHouse(engine)
        self._salt = _salt_of(engine)
        return engine

    def rekey(self, now: datetime, *, asked_at: datetime) -> None:
        """Put `desk.db` under a new key, by a copy that is whole before it takes the other's place.

        Called on the thread that writes it. `asked_at` is the order this answers to. Raises `KeyStays`
        when nothing keeps a new key or something else has the file open, `NoKeyring`, `OSError` when
        the disk is full: then all is as it was.
        """
        if self._ring is None:
            raise KeyStays
        path, made = self._precious, self._folder / _MADE
        with self._keys_in_use:
            self._engine.dispose()
            if path.with_name(f"{path.name}-wal").exists():
                raise KeyStays
            key = self._ring.begin()
            with removed(made):
                lay_under(path, made, self._key, key, KeyAge(made_at=now, asked_at=asked_at))
                made.replace(path)
                # From here on the file is under it, whatever the disk or the keyring answer next.
                self._key = key
                sync_folder(self._folder)
            self._ring.settle(key)

    def key_age(self) -> KeyAge:
        """Of the key of `desk.db`."""
        return read_age(self._engine)

    def forget_replicas(self, *, but: Path) -> None:
        """Erase those of whoever does not sit here: their keys lay under the one that was changed."""
        for path in self._folder.glob("replica-*.db"):
            if path != but:
                self.erase(path)

    @property
    def _precious(self) -> Path:
        return self._folder / "desk.db"

    def _end_change(self) -> None:
        """A change of key that was cut short: the file is under the one, or already under the other."""
        key = self._ring.under_way() if self._ring is not None else b""
        if self._ring is None or not key:
            return
        remove(self._folder / _MADE)
        if not self._precious.exists() or opens(self._precious, self._key):
            self._ring.settle(self._key)
        elif opens(self._precious, key):
            self._key = key
            self._ring.settle(key)

    def _open_precious(self) -> sa.Engine:
        path = self._precious
        engine = open_encrypted(path, lambda: self._key, synchronous="FULL")
        try:
            check_whole(engine)
            step_forward(engine)
            begin_age(engine, self._clock.now())
        except DAMAGE as error:
            engine.dispose()
            if not is_damage(error):
                raise
            self._set_aside(path)
            return self._begin_again(path)
        return engine

    def open_replica(self, user: str, *, is_let_in_here: bool = False) -> tuple[sa.Engine, Path]:
        """The user's replica if it was filled and may be read by this version, else a new one.

        The new one has the house alone for whoever `is_let_in_here` by this desk; the server brings all.

        Those of others who did not come back in time go, whoever sits down.
        """
        for name in self.lease.overdue():
            self.keep_house(self._folder / name)
            self.erase(self._folder / name)
        for path in self._replicas(user):
            key = self.lease.key_of(path.name)
            engine = None if key is None else open_encrypted(path, key)
            if engine is not None and _is_readable(engine):
                return engine, path
            if engine is not None:
                engine.dispose()
            self.erase(path)
        return self.new_replica(user, with_house=is_let_in_here)

    def is_shared_by(self, user: str) -> bool:
        """Whether something is kept here of somebody else too: who touches it may not be who sat here."""
        own = f"replica-{self._name_of(user)}-"
        return any(not path.name.startswith(own) for path in self._folder.glob("replica-*.db"))

    def new_replica(self, user: str, *, with_house: bool = False) -> tuple[sa.Engine, Path]:
        """An empty replica beside what is there, with the house's rows where they were kept of this user."""
        taken = [int(path.stem.rpartition("-")[2]) for path in self._replicas(user)]
        path = self._folder / f"replica-{self._name_of(user)}-{max(taken, default=0) + 1}.db"
        with self._keys_in_use:
            engine = open_encrypted(path, self.lease.new_key(path.name))
        make_replica_tables(engine)
        if with_house:
            self._house.lay(_owner_of(path), engine)
        return engine, path

    def keep_house(self, path: Path) -> None:
        """Keep what a replica that is about to go holds of the house; a damaged one says nothing."""
        key = self.lease.last_key_of(path.name)
        if key is None or not path.exists():
            return
        engine = open_encrypted(path, key, is_read_only=True)
        with suppress(*DAMAGE):
            self._house.keep(_owner_of(path), engine)
        engine.dispose()

    def forget_house(self, path: Path) -> None:
        """Whose replica it is may hold nothing here any more."""
        self._house.forget(_owner_of(path))

    def open_to_read(self, path: Path) -> sa.Engine:
        """A second way into a replica in use, which can't change it."""
        with self._keys_in_use:
            key = self.lease.key_of(path.name) or b""
        return open_encrypted(path, key, is_read_only=True)

    def erase(self, path: Path) -> None:
        """Drop a replica's key, then delete it with its log."""
        with self._keys_in_use:
            self.lease.drop(path.name)
        remove(path)

    def _replicas(self, user: str) -> list[Path]:
        found = self._folder.glob(f"replica-{self._name_of(user)}-*.db")
        return sorted(found, key=lambda path: int(path.stem.rpartition("-")[2]), reverse=True)

    def _name_of(self, user: str) -> str:
        """A file's name tells nobody who sits there."""
        return hmac.new(self._salt, user.encode(), hashlib.sha256).hexdigest()[:12]

    def _set_aside(self, path: Path) -> None:
        stamp = self._clock.now().strftime("%Y%m%dT%H%M%S%f")
        for side in SIDES:
            part = path.with_name(path.name + side)
            if part.exists():
                part.rename(path.with_name(f"desk-damaged-{stamp}.db{side}"))

    def _begin_again(self, path: Path) -> sa.Engine:
        # Their keys were in the file that was set aside.
        for replica in self._folder.glob("replica-*.db"):
            remove(replica)
        engine = open_encrypted(path, lambda: self._key, synchronous="FULL")
        step_forward(engine)
        begin_age(engine, self._clock.now())
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


def _owner_of(path: Path) -> str:
    """Whose replica it is, as its name tells."""
    return path.stem.split("-")[1]


def _salt_of(desk: sa.Engine) -> bytes:
    """What the names of this desk's files are made with, drawn once."""
    with writing(desk) as connection:
        salt = connection.execute(sa.select(file_names.c.salt)).scalar_one_or_none()
        if salt is None:
            salt = secrets.token_bytes(16)
            connection.execute(sa.insert(file_names), {"one": 1, "salt": salt})
    return salt
