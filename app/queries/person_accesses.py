"""Who read a person's record, as that person may be told: when, why, from which service (rules R25)."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.store import tables
from app.store.prepared import Prepared, given


class Consultation(msgspec.Struct, frozen=True, kw_only=True):
    """One reading; `act` says how, `service` is empty when it was nobody's of a service."""

    at: datetime
    act: str
    reason: str
    service: str
    contact: str | None = None


def consultations(
    connection: sa.Connection, establishment: str, ids: tuple[str, ...]
) -> tuple[Consultation, ...]:
    """Every reading of one human's record, under all these ids, the newest first; no agent's name."""
    rows = [
        row for each in ids for row in _OF_PERSON.all(connection, establishment=establishment, person=each)
    ]
    return tuple(
        Consultation(
            at=row.at, act=row.act, reason=row.reason, service=row.service or "", contact=row.contact
        )
        for row in sorted(rows, key=lambda row: row.at, reverse=True)
    )


_l, _a = tables.access_log.c, tables.agent.c
_OF_PERSON = Prepared(
    sa.select(_l.at, _l.act, _l.reason, _l.contact, _a.service)
    .select_from(
        tables.access_log.outerjoin(
            tables.agent, sa.and_(_a.establishment == _l.establishment, _a.id == _l.author)
        )
    )
    .where(_l.establishment == given("establishment"), _l.person == given("person"))
    .order_by(_l.at.desc(), _l.position.desc())
)
STATEMENTS = (_OF_PERSON,)
"""For the test that keeps them free of scans."""
