"""The other calls of today that concern nobody yet: one of them may be the same caller's (design 4.4)."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.words import Channel, Direction, Ending, NumberKind
from app.store import tables
from app.store.opening import read_midnight
from app.store.prepared import Prepared, Row, constant, given, given_number

_MOST = 20


class LinkableCall(msgspec.Struct, frozen=True, kw_only=True):
    """What tells one call from another when neither has a name; `number` is E.164, empty when hidden."""

    contact: str
    at: datetime
    number: str = ""
    queue_name: str = ""
    agent: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    motive: str = ""
    note: str = ""


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """What a call may be linked to, newest first; `linked` is the call it was linked to, by `act`."""

    others: tuple[LinkableCall, ...] = ()
    linked: LinkableCall | None = None
    act: str = ""


def links_of(connection: sa.Connection, establishment: str, contact: str, *, now: datetime) -> Links:
    """Other calls without a person since midnight: hidden ones, and those of this call's own number."""
    own = _OWN.first(connection, establishment=establishment, contact=contact)
    if own is None:
        return Links()
    if own.linked_to is not None:
        other = _ONE.first(connection, establishment=establishment, contact=own.linked_to)
        return Links(linked=None if other is None else _call(other), act=own.linked_by)
    rows = _OTHERS.all(
        connection,
        establishment=establishment,
        contact=contact,
        number=own.number,
        since=read_midnight(connection, establishment, now),
        until=own.at,
        most=_MOST,
    )
    return Links(others=tuple(map(_call, rows)))


def _call(row: Row) -> LinkableCall:
    return LinkableCall(
        contact=row.id,
        at=row.at,
        number=row.number,
        queue_name=row.queue_name or "",
        agent=row.agent_name or "",
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        ending=Ending(row.ending) if row.ending else None,
        motive=row.motive,
        note=row.note,
    )


_c = tables.contact.c
_at = sa.type_coerce(_c.at, sa.BigInteger)
_CALLS = (
    sa.select(
        _c.id,
        _c.at,
        _c.number,
        _c.answered_at,
        _c.ended_at,
        _c.ending,
        _c.motive,
        _c.note,
        tables.queue.c.name.label("queue_name"),
        tables.agent.c.name.label("agent_name"),
    )
    .select_from(
        tables.contact.outerjoin(
            tables.queue,
            sa.and_(tables.queue.c.establishment == _c.establishment, tables.queue.c.id == _c.queue),
        ).outerjoin(
            tables.agent,
            sa.and_(tables.agent.c.establishment == _c.establishment, tables.agent.c.id == _c.agent),
        )
    )
    .where(_c.establishment == given("establishment"))
)
_OWN = Prepared(
    sa.select(_c.linked_to, _c.linked_by, _c.number, _c.at).where(
        _c.establishment == given("establishment"), _c.id == given("contact")
    )
)
_ONE = Prepared(_CALLS.where(_c.id == given("contact")))
_OTHERS = Prepared(
    _CALLS.where(
        _at >= given_number("since"),
        _at <= given_number("until"),
        _c.id != given("contact"),
        _c.channel == constant(Channel.PHONE),
        _c.direction == constant(Direction.INBOUND),
        _c.person.is_(None),
        sa.or_(
            sa.and_(_c.number == constant(""), _c.number_kind == constant(NumberKind.HIDDEN)),
            sa.and_(_c.number == given("number"), _c.number != constant("")),
        ),
    )
    .order_by(_c.at.desc(), _c.id)
    .limit(given_number("most"))
)
STATEMENTS = (_OWN, _ONE, _OTHERS)
"""For the test that keeps them free of scans."""
