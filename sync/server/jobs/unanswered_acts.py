"""Refuses what a desk asked of its exchange and no line took: nothing stays asked for ever."""

from datetime import datetime

import sqlalchemy as sa

from app.domain.commands import SettleLineAct
from app.domain.ids import Id, derived_id
from app.domain.words import LineRefusal
from app.queries.phone_acts import unanswered_acts
from sync.server.feed.intake import GROUP

AUTHOR = "job:unanswered_acts"


def find_unanswered(
    connection: sa.Connection, establishment: str, now: datetime
) -> list[tuple[Id, SettleLineAct]]:
    """Those whose time is over, as out of reach."""
    return [
        (derived_id(AUTHOR, act), SettleLineAct(act=act, refusal=LineRefusal.UNREACHABLE))
        for act in unanswered_acts(connection, establishment, now=now, most=GROUP)
    ]
