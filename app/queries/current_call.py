"""Which call an extension has under way."""

import sqlalchemy as sa

from app.domain.words import CallState
from app.queries.prepared import Prepared, constant, given, given_number
from app.store import tables

_LAST_CONTACTS = 500
"""A call that is under way is among the last contacts: what is older is not even looked at."""


def current_call(connection: sa.Connection, establishment: str, extension: str) -> str | None:
    """The newest call that rings or is in call at an extension: its contact's id."""
    known = {"establishment": establishment, "extension": extension}
    row = _CURRENT.first(connection, **known, looked_at=_LAST_CONTACTS, limit=1)
    return None if row is None else row.id


_c = tables.contact.c
_last = (
    sa.select(_c.id, _c.extension, _c.state, _c.at)
    .where(_c.establishment == given("establishment"))
    .order_by(_c.at.desc())
    .limit(given_number("looked_at"))
    .subquery()
)
_CURRENT = Prepared(
    sa.select(_last.c.id)
    .where(
        _last.c.extension == given("extension"),
        _last.c.state.in_([constant(CallState.RINGING), constant(CallState.IN_CALL)]),
    )
    .order_by(_last.c.at.desc())
    .limit(given_number("limit"))
)
STATEMENTS = (_CURRENT,)
"""For the test that keeps them free of scans."""
