"""Closes what was opened by break-glass, when its time is over: the record leaves that desk by the feed."""

from datetime import datetime

import sqlalchemy as sa

from app.domain.commands import CloseGlass
from app.domain.ids import Id, derived_id
from app.queries.accesses import glasses_due
from sync.server.feed.intake import GROUP

AUTHOR = "job:glasses"


def find_glasses(connection: sa.Connection, establishment: str, now: datetime) -> list[tuple[Id, CloseGlass]]:
    """Those whose time is over."""
    return [
        (derived_id(AUTHOR, establishment, glass), CloseGlass(glass=glass))
        for glass in glasses_due(connection, establishment, now=now, most=GROUP)
    ]
