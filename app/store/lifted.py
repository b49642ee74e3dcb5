"""What is hidden from a role or out of a scope, and may be read all the same: by whom, until when."""

from collections.abc import Collection
from datetime import UTC, datetime

import sqlalchemy as sa

from app.domain.access import own_scope
from app.store import tables
from app.store.bundles import Bundle
from app.store.columns import EPOCH, MICROSECOND
from app.store.prepared import Prepared, given, given_number

FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)
"""What a role sees of its own services is shown as long as its desks hold it."""


def read_lifted(
    connection: sa.Connection, establishment: str, persons: Collection[str]
) -> dict[tuple[str, str], datetime]:
    """Until when each of these persons is open, by the own scope of whoever opened it."""
    bound = {"establishment": establishment, "persons": list(persons)}
    rows = connection.execute(_OPEN_OF, bound) if persons else ()
    return {(own_scope(row.by), row.person): row.until for row in sorted(rows, key=lambda row: row.until)}


def read_over(connection: sa.Connection, establishment: str, *, now: datetime) -> list[str]:
    """Who is in a replica for a while that is over."""
    return [row.id for row in _OVER.all(connection, establishment=establishment, now=now)]


def is_shown(person: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether the reader of these rows may know that a person exists (rules R5)."""
    return sa.or_(person.c.protection == sa.literal_column("''"), person.c.lifted_until.is_not(None))


def is_nobody_or_shown(person: sa.FromClause) -> sa.ColumnElement[bool]:
    """The same of a row that may be about nobody."""
    return sa.or_(person.c.id.is_(None), is_shown(person))


def lift(bundle: Bundle, until: datetime) -> Bundle:
    """The bundle of a person who may be read until then."""
    moment = (until - EPOCH) // MICROSECOND
    rows = [row | {"lifted_until": moment} for row in bundle.rows[str(tables.person.name)]]
    return Bundle(person=bundle.person, as_of=bundle.as_of, rows=bundle.rows | {"person": rows})


_OPEN_OF = sa.select(tables.glass.c.by, tables.glass.c.person, tables.glass.c.until).where(
    tables.glass.c.establishment == sa.bindparam("establishment"),
    tables.glass.c.person.in_(sa.bindparam("persons", expanding=True)),
    tables.glass.c.closed_at.is_(None),
)
_OVER = Prepared(
    sa.select(tables.person.c.id).where(
        tables.person.c.establishment == given("establishment"),
        sa.type_coerce(tables.person.c.lifted_until, sa.BigInteger) <= given_number("now"),
    )
)
STATEMENTS = (_OVER,)
"""For the test that keeps them free of scans."""
