"""Deletes what callers said a month after they were seen to, and what could not be read (rules R15)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from app.domain.commands import DeleteVoicemail
from app.domain.ids import Id, derived_id
from app.ports import Clock
from app.queries.voicemails import find_seen_to
from app.store.voicemails import sweep
from sync.server.feed.intake import GROUP

AUTHOR = "job:voicemails"


def find_deletions(
    connection: sa.Connection, establishment: str, now: datetime
) -> list[tuple[Id, DeleteVoicemail]]:
    """Those whose caller was qualified, or spoken with, long enough ago."""
    return [
        (derived_id(AUTHOR, contact, message), DeleteVoicemail(contact=contact))
        for contact, message in find_seen_to(connection, establishment, now=now, most=GROUP)
    ]


def sweeping(engine: sa.Engine, establishment: str, *, clock: Clock) -> Callable[[], Iterator[int]]:
    """The work that lets go of what is nobody's."""
    return partial(_swept, engine, establishment, clock)


def _swept(engine: sa.Engine, establishment: str, clock: Clock) -> Iterator[int]:
    yield sweep(engine, establishment, now=clock.now())
