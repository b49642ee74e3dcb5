"""Marks the calls that a service did not answer when another one wrote of its caller's emergency (R30).

The others are told that and no more: neither who it is, nor what was said.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.domain.facts import EmergencyHeard
from app.domain.motives import emergencies
from app.domain.words import Direction
from app.store import tables
from app.store.prepared import Prepared, given, given_number
from app.store.unit_of_work import UnitOfWork

_LOOKED_BACK = timedelta(days=10)
"""As far as a morning list goes back."""


def tell_services_not_reached(contact: Any | None, motive: str, uow: UnitOfWork) -> None:
    """A contact is qualified, or no longer: with an empty motive."""
    if contact is None or not {contact.motive, motive} & emergencies():
        return
    others = [row for row in _of_number(contact.number, uow) if row.id != contact.id]
    emergent = [row for row in others if row.motive in emergencies()]
    if motive in emergencies():
        emergent.append(contact)
    _mark(filter(_is_left, others), emergent, uow)


def hear_of_emergency(call: Any, uow: UnitOfWork) -> None:
    """Nobody answered this call: another service may have spoken with its caller before."""
    _mark([call], [row for row in _of_number(call.number, uow) if row.motive in emergencies()], uow)


def _of_number(number: str, uow: UnitOfWork) -> list[Any]:
    """What else this number did lately; nothing of who hid it, or on a desk."""
    if not (uow.is_authority and number):
        return []
    return uow.rows_of(_LATELY, number=number, since=uow.now - _LOOKED_BACK)


def _is_left(row: Any) -> bool:
    return row.answered_at is None and not row.outcome and row.direction == Direction.INBOUND


def _mark(left: Iterable[Any], emergent: list[Any], uow: UnitOfWork) -> None:
    for row in left:
        said_at = max((one.at for one in emergent if one.service != row.service), default=None)
        if row.service and row.emergency_at != said_at:
            uow.record(EmergencyHeard(contact=row.id, service=row.service, said_at=said_at))


_c = tables.contact.c
_LATELY = Prepared(
    sa.select(
        _c.id, _c.at, _c.service, _c.direction, _c.answered_at, _c.outcome, _c.motive, _c.emergency_at
    ).where(
        _c.establishment == given("establishment"),
        _c.number == given("number"),
        sa.type_coerce(_c.at, sa.BigInteger) >= given_number("since"),
    )
)
STATEMENTS = (_LATELY,)
"""For the test that keeps them free of scans."""
