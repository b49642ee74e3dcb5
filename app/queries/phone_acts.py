"""What was asked lately of the phone at an extension, and what came of it."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.words import LineAct, LineActState, LineRefusal
from app.store import tables
from app.store.prepared import Prepared, given, given_number

_LAST = 20


class PhoneAct(msgspec.Struct, frozen=True, kw_only=True):
    """One demand; `contact` is empty when it is about no call, `refusal` when it was not refused."""

    act: str
    what: LineAct
    contact: str
    to: str
    state: LineActState
    refusal: LineRefusal | None = None
    settled_at: datetime | None = None


def phone_acts(connection: sa.Connection, establishment: str, extension: str) -> tuple[PhoneAct, ...]:
    """The last ones, newest first."""
    rows = _ACTS.all(connection, establishment=establishment, extension=extension, last=_LAST)
    return tuple(
        PhoneAct(
            act=row.id,
            what=LineAct(row.what),
            contact=row.contact or "",
            to=row.target,
            state=LineActState(row.state),
            refusal=LineRefusal(row.refusal) if row.refusal else None,
            settled_at=row.settled_at,
        )
        for row in rows
    )


_act = tables.line_act.c
_ACTS = Prepared(
    sa.select(_act.id, _act.what, _act.contact, _act.target, _act.state, _act.refusal, _act.settled_at)
    .where(_act.establishment == given("establishment"), _act.extension == given("extension"))
    .order_by(_act.asked_at.desc(), _act.id.desc())
    .limit(given_number("last"))
)
STATEMENTS = (_ACTS,)
"""For the test that keeps them free of scans."""
