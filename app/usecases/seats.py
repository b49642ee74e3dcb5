"""Who works in the house and where each sits: every desk hears of it as of anything else."""

import sqlalchemy as sa

from app.domain.commands import SeatAgent, UnseatAgent
from app.domain.commitments import PENDING
from app.domain.errors import Refusal
from app.domain.facts import AgentSeated, AgentUnseated
from app.store import tables
from app.store.prepared import Prepared, constant, given
from app.store.unit_of_work import UnitOfWork


def seat_agent(command: SeatAgent, uow: UnitOfWork) -> None:
    """A new colleague, another name, service or extension; what is so already is told to nobody."""
    row = uow.find(tables.agent, id=command.agent)
    said = (command.name, command.service, command.extension)
    if row is not None and row.left_at is None and (row.name, row.service, row.extension) == said:
        return
    uow.concerns_all()
    uow.enter_scope(_counting_on(command.agent, uow), command.service)
    uow.record(
        AgentSeated(
            agent=command.agent, name=command.name, service=command.service, extension=command.extension
        )
    )


def unseat_agent(command: UnseatAgent, uow: UnitOfWork) -> None:
    """Nothing is given to whoever left; what was promised stays with the service."""
    row = uow.find(tables.agent, id=command.agent)
    if row is None:
        raise Refusal("unknown_agent", "agent")
    if row.left_at is not None:
        return
    uow.concerns_all()
    uow.record(AgentUnseated(agent=command.agent, left_at=uow.now))


def _counting_on(agent: str, uow: UnitOfWork) -> list[str]:
    """Whom an agent promised something that stands: they follow to another service."""
    rows = [*uow.rows_of(_MADE_BY, agent=agent), *uow.rows_of(_KEPT_BY, agent=agent)]
    return sorted({row.person for row in rows})


_promise = tables.commitment.c
_STANDING = sa.select(_promise.person).where(
    _promise.establishment == given("establishment"),
    _promise.state.in_([constant(state) for state in PENDING]),
    _promise.person.is_not(None),
)
_MADE_BY = Prepared(_STANDING.where(_promise.by == given("agent")))
_KEPT_BY = Prepared(_STANDING.where(_promise.owner == given("agent")))
STATEMENTS = (_MADE_BY, _KEPT_BY)
"""For the test that keeps them free of scans."""
