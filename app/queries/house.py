"""The house as a desk knows it: the services that a motive may go to, and who sits in them."""

from collections.abc import Collection

import sqlalchemy as sa

from app.domain.opening import Opening
from app.store.opening import read_openings
from app.store.tables import agent, service

_SERVICES = sa.select(service.c.id, service.c.short_name, service.c.name).where(
    service.c.establishment == sa.bindparam("establishment")
)
_AGENTS = sa.select(agent.c.id, agent.c.name, agent.c.service).where(
    agent.c.establishment == sa.bindparam("establishment")
)


def services(connection: sa.Connection, establishment: str) -> tuple[tuple[str, str], ...]:
    """Id and name of each service, in the order of their names."""
    rows = connection.execute(_SERVICES, {"establishment": establishment}).all()
    return tuple(sorted(((row.id, row.short_name or row.name) for row in rows), key=lambda pair: pair[1]))


def openings(connection: sa.Connection, establishment: str) -> dict[str, Opening]:
    """When each service is open, by its id."""
    return read_openings(connection, establishment)


def has_house(connection: sa.Connection, establishment: str) -> bool:
    """Whether anything came yet: a replica that opens for the first time is empty for a while."""
    return bool(services(connection, establishment))


def colleagues(
    connection: sa.Connection, establishment: str, *, of: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Login and name of each agent of these services, in the order of their names."""
    rows = connection.execute(_AGENTS, {"establishment": establishment}).all()
    return tuple(sorted(((row.id, row.name) for row in rows if row.service in of), key=lambda pair: pair[1]))
