"""Who works in the house and where each sits, as rows keep it."""

from app.domain.facts import AgentSeated, AgentUnseated
from app.store import tables
from app.store.rows import Rows


def follow_seat(rows: Rows, fact: AgentSeated | AgentUnseated) -> None:
    """Set an agent's row; whoever comes back has not left."""
    match fact:
        case AgentSeated():
            rows.put(
                tables.agent,
                id=fact.agent,
                name=fact.name,
                service=fact.service,
                extension=fact.extension,
                left_at=None,
            )
        case AgentUnseated():
            rows.change(tables.agent, {"id": fact.agent}, extension="", left_at=fact.left_at)
