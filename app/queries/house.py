"""The house as a desk knows it: its services, who sits in them, and what its lines are called for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec
import sqlalchemy as sa

from app.domain.opening import Opening, Place
from app.store.opening import read_openings, read_place
from app.store.prepared import Prepared, given, given_number
from app.store.tables import agent, contact, service

OUTLIVED = -1
"""The position of the house's rows where the persons that stood beside them were erased (rules R24)."""
_LOOKED_AT = 500
_OFFERED = 2

_SERVICES = sa.select(service.c.id, service.c.short_name, service.c.name).where(
    service.c.establishment == sa.bindparam("establishment")
)
_AGENTS = sa.select(agent.c.id, agent.c.name, agent.c.service).where(
    agent.c.establishment == sa.bindparam("establishment"), agent.c.left_at.is_(None)
)

_LAST = Prepared(
    sa.select(contact.c.queue, contact.c.motive)
    .where(contact.c.establishment == given("establishment"))
    .order_by(contact.c.at.desc())
    .limit(given_number("limit"))
)
_OUTLIVED = Prepared(
    sa.select(service.c.id)
    .where(service.c.establishment == given("establishment"), service.c.position == OUTLIVED)
    .limit(1)
)
STATEMENTS = (_LAST, _OUTLIVED)
"""For the test that keeps them free of scans."""


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Where it stands, the id and name of each service by their names, and their hours by their ids.

    `agents` pair a login with a name, by service and in the order of names; `frequent` are the codes of
    the motives most given to a queue's last contacts, the most frequent first. `is_alone`: nothing of
    persons is left here, and an empty list says nothing.
    """

    place: Place = Place()
    services: tuple[tuple[str, str], ...] = ()
    openings: Mapping[str, Opening] = MappingProxyType({})
    agents: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType({})
    frequent: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    is_alone: bool = False

    def opening_of(self, service: str) -> Opening:
        """When a service is open, by its id; one that nobody knows never closes."""
        return self.openings.get(service, Opening(place=self.place))

    def colleagues(self, services: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Login and name of each agent who works in these services, in the order of their names."""
        found = {pair for service in services for pair in self.agents.get(service, ())}
        return tuple(sorted(found, key=_name))


def read_house(connection: sa.Connection, establishment: str) -> House:
    """The house as it is known now; a replica that opens for the first time is empty for a while."""
    return House(
        place=read_place(connection, establishment),
        services=services(connection, establishment),
        openings=read_openings(connection, establishment),
        agents=_agents(connection, establishment),
        frequent=_frequent(connection, establishment),
        is_alone=is_alone(connection, establishment),
    )


def services(connection: sa.Connection, establishment: str) -> tuple[tuple[str, str], ...]:
    """Id and name of each service, in the order of their names."""
    rows = connection.execute(_SERVICES, {"establishment": establishment}).all()
    return tuple(sorted(((row.id, row.short_name or row.name) for row in rows), key=lambda pair: pair[1]))


def has_house(connection: sa.Connection, establishment: str) -> bool:
    """Whether anything came yet: a replica that opens for the first time is empty for a while."""
    return bool(services(connection, establishment))


def is_alone(connection: sa.Connection, establishment: str) -> bool:
    """Whether the house alone is left at this desk, what it knew of persons having been erased."""
    return _OUTLIVED.first(connection, establishment=establishment) is not None


def _agents(connection: sa.Connection, establishment: str) -> dict[str, tuple[tuple[str, str], ...]]:
    rows = connection.execute(_AGENTS, {"establishment": establishment}).all()
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.service, []).append((row.id, row.name))
    return {service: tuple(sorted(pairs, key=_name)) for service, pairs in found.items()}


def _frequent(connection: sa.Connection, establishment: str) -> dict[str, tuple[str, ...]]:
    """By queue, from the last contacts of the house: a few hundred tell it as well as a year would."""
    rows = _LAST.all(connection, establishment=establishment, limit=_LOOKED_AT)
    found: dict[str, Counter[str]] = {}
    for row in rows:
        if row.motive and row.queue:
            found.setdefault(row.queue, Counter())[row.motive] += 1
    return {queue: _most(motives) for queue, motives in found.items()}


def _most(motives: Counter[str]) -> tuple[str, ...]:
    """Equals in the order of their codes, so that what is offered does not move from one look to the next."""
    ranked = sorted(motives.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(motive for motive, _ in ranked[:_OFFERED])


def _name(pair: tuple[str, str]) -> str:
    return pair[1]
