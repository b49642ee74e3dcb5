"""The house as a desk knows it: the services that a motive may go to, and who sits in them."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

import msgspec
import sqlalchemy as sa

from app.domain.opening import Opening, Place
from app.store.opening import read_openings, read_place
from app.store.tables import agent, service

_SERVICES = sa.select(service.c.id, service.c.short_name, service.c.name).where(
    service.c.establishment == sa.bindparam("establishment")
)
_AGENTS = sa.select(agent.c.id, agent.c.name, agent.c.service).where(
    agent.c.establishment == sa.bindparam("establishment"), agent.c.left_at.is_(None)
)


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Where it stands, the id and name of each service by their names, and their hours by their ids."""

    place: Place = Place()
    services: tuple[tuple[str, str], ...] = ()
    openings: Mapping[str, Opening] = MappingProxyType({})

    def opening_of(self, service: str) -> Opening:
        """When a service is open, by its id; one that nobody knows never closes."""
        return self.openings.get(service, Opening(place=self.place))


def read_house(connection: sa.Connection, establishment: str) -> House:
    """The house as it is known now; a replica that opens for the first time is empty for a while."""
    return House(
        place=read_place(connection, establishment),
        services=services(connection, establishment),
        openings=read_openings(connection, establishment),
    )


def services(connection: sa.Connection, establishment: str) -> tuple[tuple[str, str], ...]:
    """Id and name of each service, in the order of their names."""
    rows = connection.execute(_SERVICES, {"establishment": establishment}).all()
    return tuple(sorted(((row.id, row.short_name or row.name) for row in rows), key=lambda pair: pair[1]))


def has_house(connection: sa.Connection, establishment: str) -> bool:
    """Whether anything came yet: a replica that opens for the first time is empty for a while."""
    return bool(services(connection, establishment))


def colleagues(
    connection: sa.Connection, establishment: str, *, of: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Login and name of each agent who works in these services, in the order of their names."""
    rows = connection.execute(_AGENTS, {"establishment": establishment}).all()
    return tuple(sorted(((row.id, row.name) for row in rows if row.service in of), key=lambda pair: pair[1]))
