"""Hands on the messages to call back that nobody did in time (rules R29)."""

from datetime import datetime

import sqlalchemy as sa

from app.domain.commands import EscalateMessage
from app.domain.ids import Id, derived_id
from app.queries.messages import messages_to_escalate
from sync.server.feed.intake import GROUP

AUTHOR = "job:escalations"


def find_escalations(
    connection: sa.Connection, establishment: str, now: datetime
) -> list[tuple[Id, EscalateMessage]]:
    """To the next of the chain when a message is due, to its service's supervisor a while after."""
    return [
        (derived_id(AUTHOR, message, str(steps)), EscalateMessage(message=message))
        for message, steps in messages_to_escalate(connection, establishment, now=now, most=GROUP)
    ]
