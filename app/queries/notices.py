"""« Consignes du jour »: what the desks of some services are told now."""

from collections.abc import Collection
from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.notices import MOST
from app.domain.words import NoticeTopic
from app.store import tables
from app.store.prepared import Prepared, Row, given, given_number, in_slots, slots


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice; `by_name` is empty when who told it sits at no desk."""

    notice: str
    service: str
    topic: NoticeTopic
    title: str
    text: str
    by_name: str
    ends_at: datetime


def read_notices(
    connection: sa.Connection, establishment: str, *, services: Collection[str], now: datetime
) -> tuple[Notice, ...]:
    """The newest of these services whose end is to come, three at most."""
    bound = {"establishment": establishment, "now": now}
    rows = [row for part in in_slots(services) for row in _STANDING.all(connection, **bound, **part)]
    newest = sorted(rows, key=lambda row: (row.published_at, row.id), reverse=True)
    return tuple(_notice(row) for row in newest[:MOST])


def _notice(row: Row) -> Notice:
    return Notice(
        notice=row.id,
        service=row.service,
        topic=NoticeTopic(row.topic),
        title=row.title,
        text=row.text,
        by_name=row.by_name or "",
        ends_at=row.ends_at,
    )


_n, _a = tables.service_notice.c, tables.agent.c
_with_author = tables.service_notice.outerjoin(
    tables.agent, sa.and_(_a.establishment == _n.establishment, _a.id == _n.by)
)
_STANDING = Prepared(
    sa.select(
        _n.id,
        _n.service,
        _n.topic,
        _n.title,
        _n.text,
        _a.name.label("by_name"),
        _n.published_at,
        _n.ends_at,
    )
    .select_from(_with_author)
    .where(
        _n.establishment == given("establishment"),
        _n.service.in_(slots()),
        sa.type_coerce(_n.ends_at, sa.BigInteger) > given_number("now"),
    )
)
STATEMENTS = (_STANDING,)
"""For the test that keeps them free of scans."""
