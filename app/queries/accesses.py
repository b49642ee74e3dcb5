"""Records opened out of scope: what supervisors and administrators are told, and what is due to close."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.store import tables
from app.store.prepared import Prepared, Row, given, given_number


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One record opened out of scope: by whom, why, until when; the person by id alone."""

    glass: str
    person: str
    by: str
    by_name: str
    reason: str
    is_protected: bool
    broken_at: datetime
    until: datetime
    closed_at: datetime | None = None


def accesses_since(
    connection: sa.Connection, establishment: str, *, since: datetime, most: int = 200
) -> tuple[Access, ...]:
    """The newest first, at most `most`."""
    rows = _SINCE.all(connection, establishment=establishment, since=since, most=most)
    return tuple(map(_access, rows))


class OpenRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record that is open to one person alone, as this desk holds it."""

    glass: str
    birth_name: str
    first_given_name: str
    until: datetime


def opened_by(
    connection: sa.Connection, establishment: str, *, by: str, now: datetime
) -> tuple[OpenRecord, ...]:
    """What somebody opened and may still read here, the first to close first."""
    rows = _OPEN.all(connection, establishment=establishment, by=by, now=now)
    return tuple(
        OpenRecord(
            glass=row.id,
            birth_name=row.birth_name,
            first_given_name=row.first_given_name,
            until=row.until,
        )
        for row in rows
    )


def glasses_due(
    connection: sa.Connection, establishment: str, *, now: datetime, most: int
) -> tuple[str, ...]:
    """Those whose time is over and that are still open."""
    rows = _DUE.all(connection, establishment=establishment, now=now, most=most)
    return tuple(row.id for row in rows)


def _access(row: Row) -> Access:
    return Access(
        glass=row.id,
        person=row.person,
        by=row.by,
        by_name=row.by_name or row.by,
        reason=row.reason,
        is_protected=bool(row.protected),
        broken_at=row.broken_at,
        until=row.until,
        closed_at=row.closed_at,
    )


_g, _a, _p = tables.glass.c, tables.agent.c, tables.person.c
_AGENTS = sa.and_(_a.establishment == _g.establishment, _a.id == _g.by)
_SINCE = Prepared(
    sa.select(
        _g.id,
        _g.person,
        _g.by,
        _a.name.label("by_name"),
        _g.reason,
        _g.protected,
        _g.broken_at,
        _g.until,
        _g.closed_at,
    )
    .select_from(tables.glass.outerjoin(tables.agent, _AGENTS))
    .where(
        _g.establishment == given("establishment"),
        sa.type_coerce(_g.broken_at, sa.BigInteger) >= given_number("since"),
    )
    .order_by(_g.broken_at.desc())
    .limit(given_number("most"))
)
_DUE = Prepared(
    sa.select(_g.id)
    .where(
        _g.establishment == given("establishment"),
        _g.closed_at.is_(None),
        sa.type_coerce(_g.until, sa.BigInteger) <= given_number("now"),
    )
    .order_by(_g.until)
    .limit(given_number("most"))
)
_OPEN = Prepared(
    sa.select(_g.id, _g.until, _p.birth_name, _p.first_given_name)
    .join_from(tables.glass, tables.person, sa.and_(_p.establishment == _g.establishment, _p.id == _g.person))
    .where(
        _g.establishment == given("establishment"),
        _g.by == given("by"),
        _g.closed_at.is_(None),
        sa.type_coerce(_g.until, sa.BigInteger) > given_number("now"),
    )
    .order_by(_g.until, _g.id)
)
STATEMENTS = (_SINCE, _DUE, _OPEN)
"""For the test that keeps them free of scans."""
