"""What was asked lately of the phone at an extension, and what came of it."""

from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.domain.words import LineAct, LineActState, LineRefusal
from app.store import tables
from app.store.prepared import Prepared, constant, given, given_number

_LAST = 20
ANSWERED_WITHIN = timedelta(seconds=45)
"""Longer than a phone rings that is asked to call somebody, which the exchange tells last of all."""


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


def unanswered_acts(
    connection: sa.Connection, establishment: str, *, now: datetime, most: int
) -> tuple[str, ...]:
    """What no line took or answered in time: the process that holds it is away."""
    rows = _UNANSWERED.all(connection, establishment=establishment, until=now - ANSWERED_WITHIN, most=most)
    return tuple(row.id for row in rows)


_act = tables.line_act.c
_ACTS = Prepared(
    sa.select(_act.id, _act.what, _act.contact, _act.target, _act.state, _act.refusal, _act.settled_at)
    .where(_act.establishment == given("establishment"), _act.extension == given("extension"))
    .order_by(_act.asked_at.desc(), _act.id.desc())
    .limit(given_number("last"))
)
_UNANSWERED = Prepared(
    sa.select(_act.id)
    .where(
        _act.establishment == given("establishment"),
        _act.state == constant(LineActState.ASKED),
        sa.type_coerce(_act.asked_at, sa.BigInteger) <= given_number("until"),
    )
    .order_by(_act.asked_at)
    .limit(given_number("most"))
)
STATEMENTS = (_ACTS, _UNANSWERED)
"""For the test that keeps them free of scans."""
