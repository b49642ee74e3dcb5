"""What the exchange tells of the agents of its queues."""

from app.domain.commands import ReportAgentState
from app.domain.facts import AgentStateChanged
from app.store import tables
from app.store.unit_of_work import UnitOfWork


def report_agent_state(command: ReportAgentState, uow: UnitOfWork) -> None:
    """Record what an agent does now, for the desks of the queue's service and for the agent's own."""
    known = uow.find(tables.agent_state, queue=command.queue, extension=command.extension)
    if known is not None and (known.state == command.state or command.at <= known.since):
        return
    queue = uow.find(tables.queue, id=command.queue)
    uow.concerns(service="" if queue is None else queue.service, extension=command.extension)
    uow.record(
        AgentStateChanged(
            line=command.line,
            queue=command.queue,
            extension=command.extension,
            state=command.state,
            changed_at=command.at,
        )
    )
