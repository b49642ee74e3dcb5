"""The house as a desk knows it: the services that a motive may go to."""

import sqlalchemy as sa

from app.store.tables import service

_SERVICES = sa.select(service.c.id, service.c.short_name, service.c.name).where(
    service.c.establishment == sa.bindparam("establishment")
)


def services(connection: sa.Connection, establishment: str) -> tuple[tuple[str, str], ...]:
    """Id and name of each service, in the order of their names."""
    rows = connection.execute(_SERVICES, {"establishment": establishment}).all()
    return tuple(sorted(((row.id, row.short_name or row.name) for row in rows), key=lambda pair: pair[1]))
