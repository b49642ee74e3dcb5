"""Whether agents may be named, as rows keep it: the one reading that opens their names to a supervisor."""

from datetime import date

import sqlalchemy as sa

from app.domain.facts import NamingSet
from app.domain.naming import STEPS, Naming
from app.store import tables
from app.store.prepared import Prepared, given
from app.store.rows import Rows


def read_naming(connection: sa.Connection, establishment: str) -> Naming:
    """The dates that the establishment set; none of them until then."""
    row = _NAMING.first(connection, establishment=establishment)
    return Naming() if row is None else Naming(**{step: _day(getattr(row, step)) for step in STEPS})


def follow_naming(rows: Rows, fact: NamingSet) -> None:
    """Keep the dates; a step without one has none any more."""
    days: dict[str, date | None] = {step: getattr(fact, step) for step in STEPS}
    rows.put(tables.naming, **{step: day.isoformat() if day else "" for step, day in days.items()})


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_NAMING = Prepared(sa.select(tables.naming).where(tables.naming.c.establishment == given("establishment")))
STATEMENTS = (_NAMING,)
"""For the test that keeps them free of scans."""
