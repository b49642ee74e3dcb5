"""Whose message an exchange hands over, and which were seen to long enough ago."""

from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.domain.ids import Id
from app.domain.words import Channel, Direction
from app.store import tables
from app.store.prepared import Prepared, constant, given, given_number

KEPT_FOR = timedelta(days=30)
"""After the caller was seen to (rules R15)."""
LONGEST_WAIT = timedelta(hours=3)
"""Before a message, in menus and queues."""
NEAR = timedelta(seconds=2)
"""Two clocks, or a moment told in whole seconds."""


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What an exchange says of the call in which something was said; `began_at` is known to the second."""

    line: str
    number: str
    spoken_at: datetime
    began_at: datetime | None = None


def find_call(connection: sa.Connection, establishment: str, spoken: Spoken) -> Id:
    """The one call in which it was said; empty when there is none, or when it might be another."""
    rows = _CALLS.all(
        connection,
        establishment=establishment,
        number=spoken.number,
        line=spoken.line,
        since=spoken.spoken_at - LONGEST_WAIT,
        until=spoken.spoken_at + NEAR,
    )
    found = [row.id for row in rows if _is_of(spoken, row.at, row.ended_at)]
    return found[0] if len(found) == 1 else ""


def _is_of(spoken: Spoken, at: datetime, ended_at: datetime | None) -> bool:
    if spoken.began_at is not None:
        return abs(at - spoken.began_at) <= NEAR
    return ended_at is None or ended_at + NEAR >= spoken.spoken_at


def find_seen_to(
    connection: sa.Connection, establishment: str, *, now: datetime, most: int
) -> list[tuple[Id, Id]]:
    """Each contact whose caller was qualified or spoken with a month ago, and the name of its message."""
    bound = {"establishment": establishment, "before": now - KEPT_FOR, "most": most}
    return [(row.contact, row.message) for row in _SEEN_TO.all(connection, **bound)]


_c, _v = tables.contact.c, tables.voicemail.c
_later = tables.contact.alias("later")
_at = sa.type_coerce(_c.at, sa.BigInteger)
_before = given_number("before")


def _by_then(moment: sa.ColumnElement[datetime]) -> sa.ColumnElement[bool]:
    return sa.type_coerce(moment, sa.BigInteger) <= _before


_CALLS = Prepared(
    sa.select(_c.id, _c.at, _c.ended_at).where(
        _c.establishment == given("establishment"),
        _c.number == given("number"),
        _at >= given_number("since"),
        _at <= given_number("until"),
        _c.channel == constant(Channel.PHONE),
        _c.direction == constant(Direction.INBOUND),
        sa.or_(_c.line == given("line"), _c.told_by == given("line")),
    )
)
_SEEN_TO = Prepared(
    sa.select(_v.contact, _v.message)
    .join(tables.contact, sa.and_(_c.establishment == _v.establishment, _c.id == _v.contact))
    .where(
        _v.establishment == given("establishment"),
        _by_then(_v.at),
        sa.or_(
            _by_then(_c.logged_at),
            sa.exists().where(
                _later.c.establishment == _c.establishment,
                _later.c.number == _c.number,
                _c.number != constant(""),
                _later.c.at > _c.at,
                sa.or_(_by_then(_later.c.answered_at), _by_then(_later.c.logged_at)),
            ),
        ),
    )
    .limit(given_number("most"))
)
STATEMENTS = (_CALLS, _SEEN_TO)
"""For the test that keeps them free of scans."""
