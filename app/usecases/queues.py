"""What the exchange tells of the agents of its queues."""

from datetime import datetime

import sqlalchemy as sa

from app.domain.commands import ReportAgentState
from app.domain.facts import AgentStateChanged, PostCallEnded
from app.domain.post_call import LONGEST, post_call
from app.domain.talk import LONGEST_CALL
from app.domain.words import AgentState, Channel
from app.store import tables
from app.store.prepared import Prepared, constant, given, given_number
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
    if known is not None and known.state == AgentState.WRAP_UP:
        _finish_last_call(command.extension, command.at, uow)


def _finish_last_call(extension: str, at: datetime, uow: UnitOfWork) -> None:
    """Whoever leaves the post-call is done with the last call answered there, qualified or not."""
    since, over_since = at - LONGEST_CALL, at - LONGEST
    calls = uow.rows_of(_OVER, extension=extension, since=since, over_since=over_since, until=at)
    last = max(calls, key=lambda call: call.ended_at, default=None)
    if last is None or last.post_call_us is not None:
        return
    lasted = post_call(at, ended_at=last.ended_at)
    if lasted is not None:
        uow.record(PostCallEnded(contact=last.id, lasted=lasted))


_c = tables.contact.c
_ended_at = sa.type_coerce(_c.ended_at, sa.BigInteger)
_OVER = Prepared(
    sa.select(_c.id, _c.ended_at, _c.post_call_us).where(
        _c.establishment == given("establishment"),
        sa.type_coerce(_c.at, sa.BigInteger) >= given_number("since"),
        _c.channel == constant(Channel.PHONE),
        _c.extension == given("extension"),
        _c.answered_at.is_not(None),
        _ended_at >= given_number("over_since"),
        _ended_at <= given_number("until"),
    )
)
STATEMENTS = (_OVER,)
"""For the test that keeps them free of scans."""
