"""What must run once among several server processes: whoever holds the lease runs it."""

from dataclasses import dataclass
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
    engine: sa.Engine, establishment: str, name: str, *, holder: str, now: datetime, lasts: timedelta
) -> bool:
    """Take a lease that is free or over, or renew one's own; false while another holds it."""
    values = {"establishment": establishment, "name": name, "holder": holder, "expires_at": now + lasts}
    is_free = sa.or_(lease.c.holder == holder, lease.c.expires_at <= now)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessor:
    """Where leases are kept, who we are, and how long one lasts."""

    engine: sa.Engine
    establishment: str
    holder: str
    clock: Clock
    lasts: timedelta = timedelta(seconds=6)

    def take(self, name: str) -> bool:
        """Whether the lease is ours, from now and for a while."""
        now = self.clock.now()
        return take_lease(
            self.engine, self.establishment, name, holder=self.holder, now=now, lasts=self.lasts
        )

    def give_back(self, name: str) -> None:
        """Let another process take it."""
        give_back_lease(self.engine, self.establishment, name, holder=self.holder, now=self.clock.now())
