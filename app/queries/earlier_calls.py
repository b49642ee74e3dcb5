"""The earlier calls of nobody from the number of a caller who is known now: they may be that person's.

A number never says who called (G1): this proposes, and a person decides. Whatever makes the number doubtful
proposes nothing at all: somebody else known by it, a call of whoever speaks for another, too many calls.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.words import CallerKind, CallState, Channel, Direction, NumberKind
from app.queries.kept_persons import IS_PROTECTED, person_of, with_person
from app.queries.person_rows import person_kept
from app.store import known_numbers, tables
from app.store.horizon import CONTACT_WITHIN
from app.store.prepared import Prepared, Row, given, given_number

_MOST = 50
"""Contacts of one number in the horizon: one that has more is a house's, not a person's."""

_OF_THE_FAMILY = "famille"
"""The role under which a base gives a relative's number (rules R4)."""


class EarlierCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call of nobody that is over; `follows` is another of the list, with which it is linked already."""

    contact: str
    at: datetime
    caller_kind: CallerKind = CallerKind.UNKNOWN
    follows: str = ""


class EarlierCalls(msgspec.Struct, frozen=True, kw_only=True):
    """Those that may be this person's, newest first."""

    person: str = ""
    calls: tuple[EarlierCall, ...] = ()


def earlier_calls_of(
    connection: sa.Connection,
    establishment: str,
    contact: str,
    *,
    now: datetime,
    services: Collection[str] | None = None,
) -> EarlierCalls:
    """The calls of nobody that came before an identified one, from its number, as far as is held here.

    None of a hidden number, of a number that somebody else uses or of whoever may not be known of.
    All that is held makes a number doubtful. With `services` the whole house is held, as on the server,
    and those of these services are told; a desk has marks of whom it does not hold.
    """
    own = _OWN.first(connection, establishment=establishment, contact=contact)
    if own is None or not _may_be_asked(own):
        return EarlierCalls()
    since = now - CONTACT_WITHIN
    rows = _OF_NUMBER.all(
        connection, establishment=establishment, number=own.number, since=since, most=_MOST + 1
    )
    is_busy = len(rows) > _MOST or any(map(_is_another, rows))
    has_marks = services is None
    if is_busy or _has_others(connection, establishment, own, rows, since=since, has_marks=has_marks):
        return EarlierCalls()
    before = [row for row in rows if row.id != contact and row.at <= own.at and _is_left(row)]
    told = [row for row in before if services is None or row.service in services]
    return EarlierCalls(person=own.person, calls=_calls(told, _groups([own, *before]), own))


def held_among(connection: sa.Connection, establishment: str, contacts: Iterable[str]) -> frozenset[str]:
    """Those of these contacts that are held here."""
    wanted = list(contacts)
    if not wanted:
        return frozenset()
    known = sa.select(_c.id).where(_c.establishment == establishment, _c.id.in_(wanted))
    return frozenset(connection.execute(known).scalars())


def _may_be_asked(own: Row) -> bool:
    """Somebody who may be known of and can call, from a number that the exchange told."""
    is_told = own.number_kind == NumberKind.KNOWN_FORMAT
    return is_told and not own.is_protected and own.deceased_on == ""


def _is_another(row: Row) -> bool:
    return CallerKind(row.caller_kind or CallerKind.UNKNOWN).is_another


def _has_others(
    connection: sa.Connection,
    establishment: str,
    own: Row,
    rows: list[Row],
    *,
    since: datetime,
    has_marks: bool,
) -> bool:
    """Whether somebody else is known by this number, was lately, speaks or called with it."""
    users = _USERS.all(connection, establishment=establishment, number=own.number)
    held = [user.person for user in users if not user.until]
    lately = {user.person for user in users if not user.until or user.until >= since.date().isoformat()}
    every = {person_kept(connection, establishment, one) for one in lately}
    return (
        not every | {row.person for row in rows if row.person} <= {own.person}
        or any(user.role == _OF_THE_FAMILY for user in users)
        or _SPOKEN_FOR.first(connection, establishment=establishment, number=own.number, since=since)
        is not None
        or (has_marks and known_numbers.is_known_elsewhere(connection, establishment, own.number, held=held))
    )


def _is_left(row: Row) -> bool:
    """A call to the house that is over and concerns nobody, nor a demand."""
    is_call = row.channel == Channel.PHONE and row.direction == Direction.INBOUND
    return is_call and row.state == CallState.ENDED and row.person is None and row.case_id is None


def _calls(rows: list[Row], groups: dict[str, str], own: Row) -> tuple[EarlierCall, ...]:
    """One of those that are linked is said to be somebody's, and the others are so with it."""
    heads = {groups[row.id]: row.id for row in reversed(rows)}
    return tuple(
        EarlierCall(
            contact=row.id,
            at=row.at,
            caller_kind=CallerKind(row.caller_kind or CallerKind.UNKNOWN),
            follows="" if heads[groups[row.id]] == row.id else heads[groups[row.id]],
        )
        for row in rows
        # What is linked to the call itself is the person's by that already.
        if groups[row.id] != groups[own.id]
    )


def _groups(rows: list[Row]) -> dict[str, str]:
    """Each call with the one that stands for all it is linked to, here or through a call not listed."""
    above = {row.id: row.linked_to for row in rows if row.linked_to is not None}

    def top(name: str) -> str:
        for _ in above:
            name = above.get(name, name)
        return name

    return {row.id: top(row.id) for row in rows}


_c, _p, _n = tables.contact.c, tables.person.c, tables.person_number.c
_r, _aside = tables.relative.c, tables.number_set_aside.c
_OWN = Prepared(
    sa.select(
        _c.id,
        _c.at,
        _c.number,
        _c.number_kind,
        _c.caller_kind,
        _c.linked_to,
        person_of(_c.person),
        IS_PROTECTED.label("is_protected"),
        _p.deceased_on,
    )
    .select_from(with_person(tables.contact, _c.person))
    .where(_c.establishment == given("establishment"), _c.id == given("contact"), _p.id.is_not(None))
)
_OF_NUMBER = Prepared(
    sa.select(
        _c.id,
        _c.at,
        _c.service,
        _c.channel,
        _c.direction,
        _c.state,
        _c.case_id,
        _c.caller_kind,
        _c.linked_to,
        person_of(_c.person),
    )
    .select_from(with_person(tables.contact, _c.person))
    .where(
        _c.establishment == given("establishment"),
        _c.number == given("number"),
        sa.type_coerce(_c.at, sa.BigInteger) >= given_number("since"),
    )
    .order_by(_c.at.desc(), _c.id)
    .limit(given_number("most"))
)
_USERS = Prepared(
    sa.select(_n.person, _n.role, _n.until).where(
        _n.establishment == given("establishment"), _n.number == given("number")
    )
)
_SPOKEN_FOR = Prepared(
    sa.union_all(
        sa.select(_r.person).where(
            _r.establishment == given("establishment"),
            _r.number == given("number"),
            sa.or_(
                _r.withdrawn_at.is_(None),
                sa.type_coerce(_r.withdrawn_at, sa.BigInteger) >= given_number("since"),
            ),
        ),
        sa.select(_aside.person).where(
            _aside.establishment == given("establishment"), _aside.number == given("number")
        ),
    )
)
"""Who is close to somebody, or spoke for somebody, with a number (rules R4, R9)."""
STATEMENTS = (_OWN, _OF_NUMBER, _USERS, _SPOKEN_FOR)
"""For the test that keeps them free of scans."""
