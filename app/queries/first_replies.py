"""How long whoever writes to a service waits for somebody's answer, service by service (design 17)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median_low

import msgspec
import sqlalchemy as sa

from app.domain.indicators import (
    REPLY_WITHIN,
    SPOKEN,
    Exchanged,
    Figure,
    Indicator,
    count_figure,
    first_replies,
    time_figure,
)
from app.domain.opening import ALWAYS
from app.domain.words import CallState, Channel, Direction
from app.queries.person_rows import pointers
from app.store import tables
from app.store.opening import read_openings
from app.store.prepared import Prepared, Row, given, given_number


class ServiceReport(msgspec.Struct, frozen=True, kw_only=True):
    """One service's figures over a period."""

    service: str
    name: str
    figures: tuple[Figure, ...]


def reply_report(
    connection: sa.Connection,
    establishment: str,
    *,
    since: datetime,
    until: datetime,
    services: frozenset[str] | None = None,
) -> tuple[ServiceReport, ...]:
    """The messages that came from `since` to `until`, that one left out, by the service they came to.

    A message that is still within its seven days counts as unanswered until somebody answers.
    """
    rows = _EXCHANGED.all(connection, establishment=establishment, since=since, until=until + REPLY_WITHIN)
    openings = read_openings(connection, establishment)
    kept = pointers(connection, establishment)
    waits: defaultdict[str, list[timedelta]] = defaultdict(list)
    unanswered: defaultdict[str, int] = defaultdict(int)
    for message, at in first_replies((_exchanged(row, kept) for row in rows), since=since, until=until):
        if at is None:
            unanswered[message.service] += 1
        else:
            waits[message.service].append(openings.get(message.service, ALWAYS).worked(message.at, at))
    return tuple(
        ServiceReport(
            service=row.id, name=row.name, figures=_figures(waits[row.id], unanswered=unanswered[row.id])
        )
        for row in _SERVICES.all(connection, establishment=establishment)
        if services is None or row.id in services
    )


def _figures(waits: list[timedelta], *, unanswered: int) -> tuple[Figure, ...]:
    median = median_low(waits) if waits else None
    return (
        time_figure(Indicator.FIRST_REPLY, median, base=len(waits)),
        count_figure(Indicator.UNANSWERED, unanswered),
    )


def _exchanged(row: Row, kept: Mapping[str, str]) -> Exchanged:
    channel, is_inbound = Channel(row.channel), row.direction == Direction.INBOUND
    return Exchanged(
        at=row.at,
        channel=channel,
        is_inbound=is_inbound,
        service=row.service,
        person=kept.get(row.person, row.person or ""),
        number=row.number,
        case=row.case_id or "",
        spoken_at=_spoken_at(row, channel),
    )


def _spoken_at(row: Row, channel: Channel) -> datetime | None:
    """A call that a line told, once it is answered; whoever is noted by hand was spoken with."""
    is_noted = row.state == CallState.ENDED and row.ended_at is None
    return row.answered_at or (row.at if channel in SPOKEN and is_noted else None)


_c, _s = tables.contact.c, tables.service.c
_at = sa.type_coerce(_c.at, sa.BigInteger)
_EXCHANGED = Prepared(
    sa.select(
        _c.at,
        _c.channel,
        _c.direction,
        _c.service,
        _c.person,
        _c.number,
        _c.case_id,
        _c.state,
        _c.answered_at,
        _c.ended_at,
    ).where(
        _c.establishment == given("establishment"),
        _at >= given_number("since"),
        _at < given_number("until"),
    )
)
_SERVICES = Prepared(
    sa.select(_s.id, _s.name).where(_s.establishment == given("establishment")).order_by(_s.name, _s.id)
)
STATEMENTS = (_EXCHANGED, _SERVICES)
"""For the test that keeps them free of scans."""
