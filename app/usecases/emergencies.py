"""Marks what a service left unanswered when another one wrote of its author's emergency (R30).

The others are told that and no more: neither who it is, nor what was said.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.facts import EmergencyHeard
from app.domain.motives import emergencies
from app.domain.words import Direction
from app.store import tables
from app.store.prepared import Prepared, given, given_number
from app.store.unit_of_work import UnitOfWork

_LOOKED_BACK = timedelta(days=10)
"""As far as a morning list goes back."""


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a message as it is written down, before there is a row of it."""

    id: str
    service: str
    number: str = ""
    person: str | None = None
    emergency_at: datetime | None = None


def tell_services_not_reached(contact: Any | None, motive: str, uow: UnitOfWork) -> None:
    """A contact is qualified, or no longer: with an empty motive."""
    if contact is None or not {contact.motive, motive} & emergencies():
        return
    own = [contact] if motive in emergencies() else []
    for row in filter(_is_left, _others(contact, uow)):
        _mark(row, [*own, *(one for one in _emergent(row, uow) if one.id != contact.id)], uow)


def hear_of_emergency(left: Any, uow: UnitOfWork) -> None:
    """Nobody answered this call or message: another service may have spoken with its author before."""
    _mark(left, _emergent(left, uow), uow)


def _emergent(left: Any, uow: UnitOfWork) -> list[Any]:
    return [row for row in _others(left, uow) if row.motive in emergencies()]


def _others(contact: Any, uow: UnitOfWork) -> list[Any]:
    """What else its number or its person did lately; nothing on a desk."""
    if not uow.is_authority:
        return []
    since = uow.now - _LOOKED_BACK
    found = uow.rows_of(_OF_NUMBER, number=contact.number, since=since) if contact.number else []
    for person in _persons(contact, uow):
        found += uow.rows_of(_OF_PERSON, person=person, since=since)
    return [row for name, row in {row.id: row for row in found}.items() if name != contact.id]


def _persons(contact: Any, uow: UnitOfWork) -> tuple[str, ...]:
    """Every id of who it is; none of who is protected: a desk must not guess at what it is not given (R5)."""
    row = uow.find(tables.person, id=contact.person) if contact.person else None
    return () if row is None or row.protection else uow.ids_of(row.id)


def _is_left(row: Any) -> bool:
    return row.answered_at is None and not row.outcome and row.direction == Direction.INBOUND


def _mark(left: Any, emergent: Iterable[Any], uow: UnitOfWork) -> None:
    said_at = max((one.at for one in emergent if one.service != left.service), default=None)
    if left.service and left.emergency_at != said_at:
        uow.record(EmergencyHeard(contact=left.id, service=left.service, said_at=said_at))


_c, _t = tables.contact.c, tables.timeline.c
_KNOWN = (
    _c.id,
    _c.at,
    _c.service,
    _c.number,
    _c.person,
    _c.direction,
    _c.answered_at,
    _c.outcome,
    _c.motive,
    _c.emergency_at,
)
_OF_NUMBER = Prepared(
    sa.select(*_KNOWN).where(
        _c.establishment == given("establishment"),
        _c.number == given("number"),
        sa.type_coerce(_c.at, sa.BigInteger) >= given_number("since"),
    )
)
_OF_PERSON = Prepared(
    sa.select(*_KNOWN)
    .select_from(
        tables.timeline.join(
            tables.contact, sa.and_(_c.establishment == _t.establishment, _c.id == _t.contact)
        )
    )
    .where(
        _t.establishment == given("establishment"),
        _t.person == given("person"),
        sa.type_coerce(_t.at, sa.BigInteger) >= given_number("since"),
    )
)
STATEMENTS = (_OF_NUMBER, _OF_PERSON)
"""For the test that keeps them free of scans."""
