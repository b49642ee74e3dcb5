"""What must run once among several server processes: whoever holds the lease runs it."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.store.tables import lease


def take_lease(
    engine: sa.Engine, establishment: str, name: str, *, holder: str, now: datetime, lasts: timedelta
) -> bool:
    """Take a lease that is free or over, or renew one's own; false while another holds it."""
    values = {"establishment": establishment, "name": name, "holder": holder, "expires_at": now + lasts}
    is_free = sa.or_(lease.c.holder == holder, lease.c.expires_at <= now)
    with engine.begin() as connection:
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
    with engine.begin() as connection:
        connection.execute(held.values(expires_at=now))
