"""The telephone's rows as the figures count them, and where each call is now."""

from datetime import datetime, timedelta
from itertools import chain

import msgspec
import sqlalchemy as sa

from app.domain.indicators import Aside, PhoneCall
from app.domain.talk import held
from app.domain.words import Channel, Direction, Ending
from app.store import tables
from app.store.columns import MICROSECOND
from app.store.prepared import Prepared, Row, constant, given, given_number

LONGEST_WAIT = timedelta(hours=1)
"""Whoever called sooner before a period is not answered in it."""


class Live(msgspec.Struct, frozen=True):
    """A call, where it is now, and what it was in each queue that it left."""

    call: PhoneCall
    state: str
    extension: str
    ringing: tuple[str, ...]
    at: datetime
    left: tuple[PhoneCall, ...] = ()

    @property
    def passages(self) -> tuple[PhoneCall, ...]:
        """What it was in each queue, the one where it is last."""
        return (*self.left, self.call)


def read_calls(connection: sa.Connection, establishment: str, since: datetime, until: datetime) -> list[Live]:
    """The calls that arrived from one moment to another, both counted in; those we placed too."""
    rows = _CALLS.all(connection, establishment=establishment, since=since, until=until)
    return [_live(row) for row in rows]


def _live(row: Row) -> Live:
    closed = row.closed_queues.split()
    entered_at = row.queued_at or row.at
    call = PhoneCall(
        queue=row.queue,
        number=row.number,
        first_at=row.at,
        queued_at=row.overflowed_at or entered_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        hold=held(row.talk_marks, answered_at=row.answered_at, ended_at=row.ended_at),
        post_call=(row.post_call_us or 0) * MICROSECOND,
        aside=_aside(row, closed),
        has_voicemail=row.voicemail_at is not None,
        has_person=row.has_person == 1,
        is_outbound=row.direction == Direction.OUTBOUND,
    )
    left = tuple(
        PhoneCall(
            queue=queue,
            number=row.number,
            first_at=row.at,
            queued_at=entered_at,
            ended_at=row.overflowed_at,
            aside=Aside.OUT_OF_HOURS if queue in closed else Aside.OVERFLOWED,
        )
        for queue in row.queues_left.split()
        if queue != row.queue
    )
    return Live(call, row.state, row.extension, tuple(row.ringing.split()), row.at, left)


def _aside(row: Row, closed: list[str]) -> Aside:
    if row.queue:
        return Aside.OUT_OF_HOURS if row.queue in closed else Aside.NO
    if row.rang_at is not None or row.answered_at is not None or row.ended_at is None:
        return Aside.DIRECT
    return Aside.TURNED_AWAY if row.ending == Ending.MISSED else Aside.LEFT_BEFORE_QUEUE


def passages(calls: list[Live]) -> list[PhoneCall]:
    """What all these calls were in each queue."""
    return list(chain.from_iterable(one.passages for one in calls))


_c = tables.contact.c
_at = sa.type_coerce(_c.at, sa.BigInteger)
_CALLS = Prepared(
    sa.select(
        _c.queue,
        _c.number,
        _c.direction,
        _c.state,
        _c.extension,
        _c.ringing,
        _c.at,
        _c.queued_at,
        _c.rang_at,
        _c.answered_at,
        _c.ended_at,
        _c.ending,
        _c.talk_marks,
        _c.post_call_us,
        _c.overflowed_at,
        _c.queues_left,
        _c.closed_queues,
        _c.voicemail_at,
        sa.case((_c.person.is_(None), 0), else_=1).label("has_person"),
    ).where(
        _c.establishment == given("establishment"),
        _at >= given_number("since"),
        _at <= given_number("until"),
        _c.channel == constant(Channel.PHONE),
    )
)
STATEMENTS = (_CALLS,)
"""For the test that keeps them free of scans."""
