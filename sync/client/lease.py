"""How long a replica may be read without the server, and the key that goes when it may no longer.

Each replica has a key of its own, kept in `desk.db`: without that row the file is noise, wherever
its blocks went. Time only goes forward here: a clock turned back changes nothing (rules R24).
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.ports import Clock
from app.store.columns import EPOCH
from app.store.engine import writing
from sync.client.desk_tables import replica_key

READABLE = timedelta(hours=72)
WRITTEN_EVERY = timedelta(minutes=1)
KEY_BYTES = 32


class Lease:
    """The keys of one desk's replicas, and when the server was last heard for each."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._latest = self._read(sa.select(sa.func.max(replica_key.c.seen_at))) or EPOCH
        self._written_at = EPOCH

    def new_key(self, name: str) -> bytes:
        """A key for a replica that begins now, from what the server says."""
        now = self.now()
        key = secrets.token_bytes(KEY_BYTES)
        row = {"name": name, "key": key, "heard_at": now, "seen_at": now}
        with writing(self._engine) as connection:
            connection.execute(sa.delete(replica_key).where(replica_key.c.name == name))
            connection.execute(sa.insert(replica_key), row)
        return key

    def key_of(self, name: str) -> bytes | None:
        """The key of a replica that may still be read; past its time the key is dropped."""
        if self.is_over(name):
            self.drop(name)
        return self.last_key_of(name)

    def last_key_of(self, name: str) -> bytes | None:
        """The key of a replica whatever its time, for what may outlive it."""
        return self._read(sa.select(replica_key.c.key).where(replica_key.c.name == name))

    def is_over(self, name: str) -> bool:
        """Whether the server was last heard too long ago; the time of this look is kept too."""
        now = self.now()
        if now - self._written_at >= WRITTEN_EVERY:
            self._set(name, seen_at=now)
        heard_at = self._read(sa.select(replica_key.c.heard_at).where(replica_key.c.name == name))
        return heard_at is not None and now - heard_at > READABLE

    def overdue(self) -> list[str]:
        """The replicas past their time, of whoever they are."""
        with self._engine.connect() as connection:
            names = list(connection.execute(sa.select(replica_key.c.name)).scalars())
        return [name for name in names if self.is_over(name)]

    def hear(self, name: str, at: datetime) -> None:
        """The server spoke at a moment: its time begins again from there. Written once a minute."""
        now = self._latest = max(self._latest, at)
        if now - self._written_at >= WRITTEN_EVERY:
            self._set(name, heard_at=now, seen_at=now)

    def drop(self, name: str) -> None:
        """Nobody reads this replica any more; its key is overwritten, not only forgotten."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.execute(sa.delete(replica_key).where(replica_key.c.name == name))
            connection.commit()
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def now(self) -> datetime:
        """The time as this desk saw it pass: a clock turned back changes nothing."""
        self._latest = max(self._latest, self._clock.now())
        return self._latest

    def _set(self, name: str, **values: datetime) -> None:
        with writing(self._engine) as connection:
            connection.execute(sa.update(replica_key).where(replica_key.c.name == name).values(**values))
        self._written_at = self._latest

    def _read(self, statement: sa.Select[Any]) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(statement).scalar_one_or_none()
