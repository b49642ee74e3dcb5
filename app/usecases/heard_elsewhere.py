"""Marks what a service left unanswered when another one saw to its author, or wrote of an emergency (R30).

The others are told that and no more: neither who it is, nor by whom, nor what was said. An exchange that
goes on settles nothing yet: it is looked at once it is over or qualified.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa

from app.domain.facts import (
    AnyFact,
    CallerFollowed,
    CallerIdentified,
    EmergencyHeard,
    IdentificationWithdrawn,
    TriageSettled,
)
from app.domain.motives import emergencies
from app.domain.reached import is_reached
from app.domain.words import CallState, Channel, Direction
from app.store import tables
from app.store.prepared import Prepared, given, given_number
from app.store.unit_of_work import UnitOfWork

_LOOKED_BACK = timedelta(days=10)
"""As far as a morning list goes back."""

Humans: TypeAlias = Mapping[str, tuple[str, ...]]
"""Every id of whoever is being merged or parted, as it becomes."""
_AS_THEY_ARE: Humans = MappingProxyType({})


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a contact as it is written down, before its row tells it."""

    id: str
    at: datetime
    service: str
    channel: str
    direction: str
    number: str = ""
    person: str | None = None
    answered_at: datetime | None = None
    voicemail_at: datetime | None = None
    emergency_at: datetime | None = None
    followed_at: datetime | None = None
    state: str = CallState.ENDED
    outcome: str = ""
    motive: str = ""


def becoming(contact: Any, **known: Any) -> Exchange:
    """A contact's row, with what the command at hand makes of it."""
    return Exchange(**{name: getattr(contact, name) for name in Exchange.__struct_fields__} | known)


def tell_of_words(contact: Any | None, uow: UnitOfWork, **known: Any) -> None:
    """A contact is qualified, by the service that its save names, or no longer: without words."""
    if contact is None or not uow.is_authority:
        return
    after = becoming(contact, **({"motive": "", "outcome": ""} | known))
    if _is_emergency(contact) or _is_emergency(after):
        _tell_of_emergency(after, uow)
    if _weight(contact) != _weight(after):
        _tell_of_reach(after, uow)
    if _is_left(after) and not _is_left(contact):
        _mark_both(after, _others(after, uow), uow)


def tell_of_end(contact: Any, uow: UnitOfWork) -> None:
    """A call is over, or a message noted: what it is to others, or what others are to it."""
    contact = becoming(contact, state=CallState.ENDED)
    if _is_left(contact):
        _mark_both(contact, _others(contact, uow), uow)
    else:
        _tell_of_reach(contact, uow)


def tell_of_identities(uow: UnitOfWork) -> None:
    """Contacts that are over are now of another, or of nobody: whose they were is looked up too."""
    changed = [pair for fact in uow.facts if (pair := _identity(fact, uow)) is not None]
    became = {after.id: after for _, after in changed}
    rows: dict[str, Any] = {after.id: after for after in became.values()}
    for one in (each for pair in changed for each in pair):
        rows |= {row.id: row for row in _others(_nameless(one), uow) if row.id not in became}
    for row in filter(_is_left, rows.values()):
        others = [one for one in _others(row, uow) if one.id not in became]
        others += [one for one in became.values() if one.id != row.id and _is_of_same(one, row, uow)]
        _mark_both(row, others, uow)


def tell_of_humans(*humans: tuple[str, ...], uow: UnitOfWork) -> None:
    """Each of these is now every id of one human: what they left is looked up again."""
    becoming_of = {one: human for human in humans for one in human}
    for row in filter(_is_left, _met(becoming_of, uow)):
        _mark_both(row, _others(row, uow, becoming_of), uow)


def _identity(fact: AnyFact, uow: UnitOfWork) -> tuple[Exchange, Exchange] | None:
    """Whose a contact was and is; one that goes on is looked up at its end."""
    is_said = isinstance(fact, CallerIdentified | IdentificationWithdrawn | TriageSettled)
    if not (uow.is_authority and is_said and fact.contact is not None):
        return None
    row = uow.find(tables.contact, id=fact.contact)
    if row is None or not _is_over(row) or row.person == fact.person:
        return None
    return becoming(row), becoming(row, person=fact.person)


def _nameless(one: Exchange) -> Exchange:
    """Without its number, which no identification changes."""
    return msgspec.structs.replace(one, number="")


def _is_of_same(one: Exchange, row: Any, uow: UnitOfWork) -> bool:
    return (one.number != "" and one.number == row.number) or row.person in _persons(one, uow)


def _tell_of_emergency(contact: Exchange, uow: UnitOfWork) -> None:
    for row in filter(_is_left, _others(contact, uow)):
        _mark_emergency(row, _others_with(contact, row, uow), uow)


def _tell_of_reach(contact: Any, uow: UnitOfWork) -> None:
    """Whom it reaches is marked once; whoever was marked by it, and is no longer, is looked up again."""
    for row in filter(_is_left, _others(contact, uow)):
        if row.followed_at is None:
            _mark_followed(row, [contact], uow)
        elif row.followed_at == contact.at and not _reaches(contact, row):
            _mark_followed(row, _others_with(contact, row, uow), uow)


def _others_with(contact: Any, row: Any, uow: UnitOfWork) -> list[Any]:
    """What else concerns the author of a row, with a contact as it becomes."""
    return [contact, *(one for one in _others(row, uow) if one.id != contact.id)]


def _others(contact: Any, uow: UnitOfWork, humans: Humans = _AS_THEY_ARE) -> list[Any]:
    """What else its number or its person did lately; nothing on a desk."""
    if not uow.is_authority:
        return []
    since = uow.now - _LOOKED_BACK
    found = uow.rows_of(_OF_NUMBER, number=contact.number, since=since) if contact.number else []
    found += _met(_persons(contact, uow, humans), uow)
    return [row for name, row in {row.id: row for row in found}.items() if name != contact.id]


def _met(persons: Iterable[str], uow: UnitOfWork) -> list[Any]:
    since = uow.now - _LOOKED_BACK
    return [row for person in persons for row in uow.rows_of(_OF_PERSON, person=person, since=since)]


def _persons(contact: Any, uow: UnitOfWork, humans: Humans = _AS_THEY_ARE) -> tuple[str, ...]:
    """Every id of who it is; none of who is protected: a desk must not guess at what it is not given (R5)."""
    row = uow.find(tables.person, id=contact.person) if contact.person else None
    return () if row is None or row.protection else humans.get(row.id) or uow.ids_of(row.id)


def _is_left(row: Any) -> bool:
    return row.answered_at is None and not row.outcome and row.direction == Direction.INBOUND


def _is_emergency(one: Any) -> bool:
    return one.motive in emergencies()


def _weight(one: Any) -> tuple[str, bool, bool]:
    """What a save may change of what a contact is to others."""
    return one.service, _is_emergency(one), _is_over(one) and is_reached(one, was_only_abandoned=False)


def _reaches(one: Any, left: Any) -> bool:
    """An emergency is a reason to look at what was left elsewhere, not to let it go."""
    was_only_abandoned = left.channel == Channel.PHONE and left.voicemail_at is None
    is_later = one.at > left.at and one.service != left.service and _is_over(one)
    return is_later and is_reached(one, was_only_abandoned=was_only_abandoned) and not _is_emergency(one)


def _is_over(one: Any) -> bool:
    return one.state == CallState.ENDED or bool(one.outcome)


def _mark_both(left: Any, others: list[Any], uow: UnitOfWork) -> None:
    _mark_emergency(left, others, uow)
    _mark_followed(left, others, uow)


def _mark_emergency(left: Any, others: Iterable[Any], uow: UnitOfWork) -> None:
    heard = (one.at for one in others if _is_emergency(one) and one.service != left.service)
    said_at = max(heard, default=None)
    if left.service and left.emergency_at != said_at:
        uow.record(EmergencyHeard(contact=left.id, service=left.service, person=left.person, said_at=said_at))


def _mark_followed(left: Any, others: Iterable[Any], uow: UnitOfWork) -> None:
    followed_at = min((one.at for one in others if _reaches(one, left)), default=None)
    if left.service and left.followed_at != followed_at:
        uow.record(
            CallerFollowed(contact=left.id, service=left.service, person=left.person, followed_at=followed_at)
        )


_c, _t = tables.contact.c, tables.timeline.c
_KNOWN = (
    _c.id,
    _c.at,
    _c.service,
    _c.number,
    _c.person,
    _c.channel,
    _c.direction,
    _c.answered_at,
    _c.voicemail_at,
    _c.state,
    _c.outcome,
    _c.motive,
    _c.emergency_at,
    _c.followed_at,
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
