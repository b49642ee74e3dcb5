"""What the agents of the queues do: counted by state, without names, and one extension's own."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.words import AgentState
from app.store import tables
from app.store.prepared import Prepared, given


class AgentCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many agents of a queue do one thing (rules R26: counts, never names)."""

    queue: str
    queue_name: str
    state: AgentState
    agents: int


class OwnState(msgspec.Struct, frozen=True, kw_only=True):
    """What the agent at an extension does in one of the queues, since when."""

    queue: str
    queue_name: str
    state: AgentState
    since: datetime


def count_agents(connection: sa.Connection, establishment: str) -> tuple[AgentCount, ...]:
    """The agents of every queue held here, by state."""
    return tuple(
        AgentCount(queue=row.queue, queue_name=row.queue_name, state=AgentState(row.state), agents=row.agents)
        for row in _COUNTS.all(connection, establishment=establishment)
    )


def own_states(connection: sa.Connection, establishment: str, extension: str) -> tuple[OwnState, ...]:
    """What one's own extension does in each of its queues."""
    return tuple(
        OwnState(queue=row.queue, queue_name=row.queue_name, state=AgentState(row.state), since=row.since)
        for row in _OWN.all(connection, establishment=establishment, extension=extension)
    )


_state = tables.agent_state.c
_queue_name = sa.func.coalesce(tables.queue.c.name, _state.queue).label("queue_name")
_with_queue = tables.agent_state.outerjoin(
    tables.queue,
    sa.and_(tables.queue.c.establishment == _state.establishment, tables.queue.c.id == _state.queue),
)
_COUNTS = Prepared(
    sa.select(_state.queue, _queue_name, _state.state, sa.func.count().label("agents"))
    .select_from(_with_queue)
    .where(_state.establishment == given("establishment"))
    .group_by(_state.queue, _queue_name, _state.state)
    .order_by(_state.queue, _state.state)
)
_OWN = Prepared(
    sa.select(_state.queue, _queue_name, _state.state, _state.since)
    .select_from(_with_queue)
    .where(_state.establishment == given("establishment"), _state.extension == given("extension"))
    .order_by(_state.queue)
)
STATEMENTS = (_COUNTS, _OWN)
"""For the test that keeps them free of scans."""
