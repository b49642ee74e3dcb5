"""The day of a desk: its last contacts, who is expected, what waits for an answer, and the post-call."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.domain.indicators import Mean
from app.domain.words import Channel, Direction
from app.queries.contact_rows import WRITTEN
from app.queries.kept_persons import IS_NOBODY_OR_SHOWN, IS_SHOWN, person_of, with_person
from app.store import tables
from app.store.columns import MICROSECOND
from app.store.opening import read_midnight
from app.store.prepared import Prepared, Row, constant, given, given_number, in_slots, slots

LAST = 30
ANSWERED_WITHIN = timedelta(days=30)
"""How long a written message without an answer is counted."""
LATEST = timedelta(minutes=15)
"""How long somebody who has not come is still expected."""


class DayContact(msgspec.Struct, frozen=True, kw_only=True):
    """One incoming contact; `lasted` is how long it was said, else waited, and None of what is no call."""

    contact: str
    at: datetime
    channel: Channel
    number: str
    birth_name: str
    first_given_name: str
    motive: str
    outcome: str
    note: str
    ending: str
    is_over: bool
    lasted: timedelta | None = None


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One who is expected today; `missing` is the document that the record still waits for, if any."""

    appointment: str
    at: datetime
    person: str
    birth_name: str
    first_given_name: str
    birth_date: str
    title: str
    clinician: str
    missing: str = ""


class DayView(msgspec.Struct, frozen=True, kw_only=True):
    """Newest contact first, soonest arrival first; `unanswered_since` is the oldest message not answered."""

    contacts: tuple[DayContact, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    unanswered: int = 0
    unanswered_since: datetime | None = None
    post_call: Mean = Mean(timedelta(), 0)


def read_day(
    connection: sa.Connection, establishment: str, *, services: Collection[str], agent: str, now: datetime
) -> DayView:
    """The day of these services as it stands, without invisible persons (rules R5).

    The post-call is that of `agent`, for whose own eyes it is (rules R26).
    """
    midnight = read_midnight(connection, establishment, now)
    parts = [{"establishment": establishment, **part} for part in in_slots(services)]

    def rows(statement: Prepared, **moments: datetime) -> list[Row]:
        return [row for part in parts for row in statement.all(connection, **part, **moments)]

    contacts = sorted(rows(_CONTACTS), key=lambda row: (row.at, row.id), reverse=True)
    expected = rows(_ARRIVALS, since=now - LATEST, until=midnight + timedelta(days=1))
    waiting = rows(_UNANSWERED, since=now - ANSWERED_WITHIN)
    finished = _FINISHED.all(connection, establishment=establishment, agent=agent, since=midnight)
    return DayView(
        contacts=tuple(_contact(row) for row in contacts[:LAST]),
        arrivals=tuple(_arrival(row) for row in sorted(expected, key=lambda row: (row.at, row.id))),
        unanswered=len(waiting),
        unanswered_since=min((row.at for row in waiting), default=None),
        post_call=_mean(row.post_call_us * MICROSECOND for row in finished),
    )


def _mean(spans: Iterable[timedelta]) -> Mean:
    kept = list(spans)
    return Mean(sum(kept, timedelta()), len(kept))


def _contact(row: Row) -> DayContact:
    is_call = row.channel == Channel.PHONE and row.ended_at is not None
    return DayContact(
        contact=row.id,
        at=row.at,
        channel=Channel(row.channel),
        number=row.number,
        birth_name=row.birth_name or "",
        first_given_name=row.first_given_name or "",
        motive=row.motive,
        outcome=row.outcome,
        note=row.note or row.body,
        ending=row.ending,
        is_over=row.channel != Channel.PHONE or row.ended_at is not None,
        lasted=row.ended_at - (row.answered_at or row.at) if is_call else None,
    )


def _arrival(row: Row) -> Arrival:
    return Arrival(
        appointment=row.id,
        at=row.at,
        person=row.person,
        birth_name=row.birth_name,
        first_given_name=row.first_given_name,
        birth_date=row.birth_date,
        title=row.title,
        clinician=row.clinician,
        missing=row.missing,
    )


_c, _p, _v = tables.contact.c, tables.person.c, tables.appointment.c
_at = sa.type_coerce(_c.at, sa.BigInteger)
_is_ours = sa.and_(_c.establishment == given("establishment"), _c.service.in_(slots()))
_with_person = with_person(tables.contact, _c.person)
_CONTACTS = Prepared(
    sa.select(
        _c.id,
        _c.at,
        _c.channel,
        _c.number,
        _c.answered_at,
        _c.ended_at,
        _c.ending,
        _c.motive,
        _c.outcome,
        _c.note,
        _c.body,
        _p.birth_name,
        _p.first_given_name,
    )
    .select_from(_with_person)
    .where(_is_ours, _c.direction == constant(Direction.INBOUND), IS_NOBODY_OR_SHOWN)
    .order_by(_c.at.desc(), _c.id.desc())
    .limit(LAST)
)
_ARRIVALS = Prepared(
    sa.select(
        _v.id,
        _v.at,
        person_of(_v.person),
        _v.title,
        _v.clinician,
        _v.missing,
        _p.birth_name,
        _p.first_given_name,
        _p.birth_date,
    )
    .select_from(with_person(tables.appointment, _v.person))
    .where(
        _v.establishment == given("establishment"),
        _v.service.in_(slots()),
        sa.type_coerce(_v.at, sa.BigInteger) >= given_number("since"),
        sa.type_coerce(_v.at, sa.BigInteger) < given_number("until"),
        _v.state == constant("planned"),
        IS_SHOWN,
    )
)
_UNANSWERED = Prepared(
    sa.select(_c.at)
    .select_from(_with_person)
    .where(
        _is_ours,
        _at >= given_number("since"),
        _c.direction == constant(Direction.INBOUND),
        _c.channel.in_([constant(channel) for channel in sorted(WRITTEN)]),
        _c.outcome == constant(""),
        IS_NOBODY_OR_SHOWN,
    )
)
_FINISHED = Prepared(
    sa.select(_c.post_call_us).where(
        _c.establishment == given("establishment"),
        _at >= given_number("since"),
        _c.agent == given("agent"),
        _c.channel == constant(Channel.PHONE),
        _c.post_call_us.is_not(None),
    )
)
STATEMENTS = (_CONTACTS, _ARRIVALS, _UNANSWERED, _FINISHED)
"""For the test that keeps them free of scans."""
