"""Which queues there are, and the extensions that answer each: how many, never whose."""

import msgspec
import sqlalchemy as sa

from app.domain.words import AgentState
from app.store import tables
from app.store.prepared import Prepared, Row, given


class Teams(msgspec.Struct, frozen=True):
    """The queues and seats of some services, and what the exchange says of its agents."""

    queues: list[Row]
    seats: list[Row]
    agents: list[Row]

    @property
    def extensions(self) -> set[str]:
        """Every seat."""
        return {row.extension for row in self.seats}

    @property
    def told(self) -> dict[str, AgentState]:
        """What the exchange says that each agent does."""
        return {row.extension: AgentState(row.state) for row in self.agents}

    def of_queue(self, queue: Row) -> set[str]:
        """Who answers in that queue; until the exchange has said, whoever sits in its service."""
        members = {row.extension for row in self.agents if row.queue == queue.id}
        return members or {row.extension for row in self.seats if row.service == queue.service}


def read_teams(connection: sa.Connection, establishment: str, *, services: frozenset[str] | None) -> Teams:
    """Those of these services, or of all."""
    return Teams(
        queues=[
            row
            for row in _QUEUES.all(connection, establishment=establishment)
            if services is None or row.service in services
        ],
        seats=[
            row
            for row in _SEATS.all(connection, establishment=establishment)
            if row.extension and (services is None or row.service in services)
        ],
        agents=_AGENTS.all(connection, establishment=establishment),
    )


_q, _a, _s = tables.queue.c, tables.agent.c, tables.agent_state.c
_QUEUES = Prepared(
    sa.select(_q.id, _q.name, _q.service)
    .where(_q.establishment == given("establishment"))
    .order_by(_q.name, _q.id)
)
_AGENTS = Prepared(
    sa.select(_s.queue, _s.extension, _s.state).where(_s.establishment == given("establishment"))
)
_SEATS = Prepared(sa.select(_a.extension, _a.service).where(_a.establishment == given("establishment")))
STATEMENTS = (_QUEUES, _AGENTS, _SEATS)
"""For the test that keeps them free of scans."""
