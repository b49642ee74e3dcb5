"""The record under which whoever a row names is read: its own, or the one it was merged into."""

import sqlalchemy as sa

from app.store import tables
from app.store.lifted import is_shown
from app.store.prepared import constant

_recorded, _kept = tables.person.alias("recorded"), tables.person

IS_SHOWN = sa.and_(is_shown(_recorded), is_shown(_kept))
"""Whether the reader may know of them: who is protected under either record is not told (rules R5)."""
IS_NOBODY_OR_SHOWN = sa.or_(_recorded.c.id.is_(None), IS_SHOWN)
"""The same of a row that may be about nobody."""
IS_PROTECTED = sa.or_(_recorded.c.protection != constant(""), _kept.c.protection != constant(""))
"""Whether either record is, whoever reads."""


def person_of(column: sa.Column[str] | sa.Column[str | None]) -> sa.Label[str]:
    """The id of the record kept, as `person`; as it is written of whoever is not held here."""
    return sa.func.coalesce(_kept.c.id, column).label("person")


def with_person(
    source: sa.FromClause,
    column: sa.Column[str] | sa.Column[str | None],
    *,
    only: sa.ColumnElement[bool] | None = None,
) -> sa.FromClause:
    """Joined to `tables.person`, the record kept of whoever a column names, if it is there.

    `only` restricts whom to join: of the others the row stays, and names nobody.
    """
    of = column.table.c
    is_recorded = sa.and_(_recorded.c.establishment == of.establishment, _recorded.c.id == column)
    is_kept = [
        _kept.c.establishment == _recorded.c.establishment,
        _kept.c.id == sa.func.coalesce(_recorded.c.same_as, _recorded.c.id),
    ]
    conditions = is_kept if only is None else [*is_kept, only]
    return source.outerjoin(_recorded, is_recorded).outerjoin(_kept, sa.and_(*conditions))
