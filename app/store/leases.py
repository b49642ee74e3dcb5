"""What must run once among several server processes: whoever holds the lease runs it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.ports import Clock
from app.store.engine import writing
from app.store.tables import lease

DUE_WORK = "due work"
"""The lease of what is done when it is due; every other one is a line's, by its name."""


def take_lease(
    engine: sa.Engine,
    establishment: str,
    name: str,
    *,
    holder: str,
    now: datetime,
    lasts: timedelta,
    unrenewed: datetime | None = None,
) -> bool:
    """Take a lease that is free or over, or renew one's own; false while another holds it.

    One whose end is still `unrenewed` was given up, whatever the hour.
    """
    values = {"establishment": establishment, "name": name, "holder": holder, "expires_at": now + lasts}
    is_free = sa.or_(lease.c.holder == holder, lease.c.expires_at <= now, lease.c.expires_at == unrenewed)
    with writing(engine) as connection:
        insert = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
        taken = (
            insert(lease)
            .values(values)
            .on_conflict_do_update(
                index_elements=["establishment", "name"],
                set_={"holder": holder, "expires_at": now + lasts},
                where=is_free,
            )
            .returning(lease.c.holder)
        )
        return connection.execute(taken).scalar() == holder


def give_back_lease(engine: sa.Engine, establishment: str, name: str, *, holder: str, now: datetime) -> None:
    """Let another take it at once."""
    held = sa.update(lease).filter_by(establishment=establishment, name=name, holder=holder)
    with writing(engine) as connection:
        connection.execute(held.values(expires_at=now))


def _end_of_lease(engine: sa.Engine, establishment: str, name: str) -> datetime | None:
    held = sa.select(lease.c.expires_at).filter_by(establishment=establishment, name=name)
    with engine.connect() as connection:
        return connection.execute(held).scalar_one_or_none()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessor:
    """Where leases are kept, who we are, and how long one lasts.

    Its end is dated by its holder's clock, which may have been hours ahead of ours: a lease that was not
    renewed for as long as it lasts, by our own watch, is over too.
    """

    engine: sa.Engine
    establishment: str
    holder: str
    clock: Clock
    lasts: timedelta = timedelta(seconds=6)
    watch: Callable[[], float] = time.monotonic
    """Seconds that nobody sets anew."""
    _seen: dict[str, tuple[datetime, float]] = field(default_factory=dict[str, tuple[datetime, float]])
    """The end of each lease that another holds, and when it was first seen."""

    def take(self, name: str) -> bool:
        """Whether the lease is ours, from now and for a while."""
        is_ours = take_lease(
            self.engine,
            self.establishment,
            name,
            holder=self.holder,
            now=self.clock.now(),
            lasts=self.lasts,
            unrenewed=self._unrenewed(name),
        )
        if is_ours:
            self._seen.pop(name, None)
        else:
            self._look_at(name)
        return is_ours

    def _unrenewed(self, name: str) -> datetime | None:
        end, seen_at = self._seen.get(name, (None, 0.0))
        return end if self.watch() - seen_at >= self.lasts.total_seconds() else None

    def _look_at(self, name: str) -> None:
        end = _end_of_lease(self.engine, self.establishment, name)
        if end is not None and self._seen.get(name, (None, 0.0))[0] != end:
            self._seen[name] = end, self.watch()

    def give_back(self, name: str) -> None:
        """Let another process take it."""
        give_back_lease(self.engine, self.establishment, name, holder=self.holder, now=self.clock.now())
