"""What the house holds of the calls that an exchange posts, for who has only its last message."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.domain.ids import Id
from app.domain.words import CallState, Channel
from app.store import tables
from app.store.prepared import Prepared

LONGEST_RING = timedelta(hours=1)
LONGEST_TALK = timedelta(hours=12)
"""What nobody ended by then was ended, and its message lost."""


class KnownCall(msgspec.Struct, frozen=True, kw_only=True):
    """What the server already holds of a call."""

    queue: str = ""
    is_answered: bool = False
    ended_at: datetime | None = None


def known_call(connection: sa.Connection, establishment: str, contact: Id) -> KnownCall | None:
    """What is held of a call; None when it is news."""
    row = _CALL.first(connection, establishment=establishment, contact=contact)
    if row is None:
        return None
    return KnownCall(queue=row.queue, is_answered=row.answered_at is not None, ended_at=row.ended_at)


def stale_calls(
    connection: sa.Connection, establishment: str, line: str, *, now: datetime
) -> Mapping[Id, bool]:
    """The line's calls that nobody can still be in, each with whether it was answered."""
    span = {"since": now - 2 * LONGEST_TALK, "until": now - LONGEST_RING}
    rows = _UNENDED.all(connection, establishment=establishment, line=line, **span)
    return {
        row.id: row.answered_at is not None
        for row in rows
        if row.answered_at is None or row.at <= now - LONGEST_TALK
    }


def seats_by_name(connection: sa.Connection, establishment: str) -> Mapping[str, str]:
    """The extension of each agent who has one, by login, name and extension."""
    rows = _SEATS.all(connection, establishment=establishment)
    return {name: row.extension for row in rows for name in (row.extension, row.name, row.id)}


_c, _agent = tables.contact.c, tables.agent.c
_CALL = Prepared(
    sa.select(_c.queue, _c.answered_at, _c.ended_at).where(
        _c.establishment == sa.bindparam("establishment"), _c.id == sa.bindparam("contact")
    )
)
_UNENDED = Prepared(
    sa.select(_c.id, _c.at, _c.answered_at).where(
        _c.establishment == sa.bindparam("establishment"),
        _c.at >= sa.bindparam("since"),
        _c.at <= sa.bindparam("until"),
        _c.channel == sa.literal_column(f"'{Channel.PHONE.value}'"),
        _c.told_by == sa.bindparam("line"),
        _c.state != sa.literal_column(f"'{CallState.ENDED.value}'"),
    )
)
_SEATS = Prepared(
    sa.select(_agent.id, _agent.name, _agent.extension).where(
        _agent.establishment == sa.bindparam("establishment"), _agent.extension != sa.literal_column("''")
    )
)
STATEMENTS = (_CALL, _UNENDED, _SEATS)
