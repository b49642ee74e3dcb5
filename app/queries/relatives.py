"""Whether somebody is close to a person: by a name told on the server, by a number anywhere (rules R4)."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from app.domain.relatives import Calling, Compared, RelativeRole, compare
from app.queries.person_rows import ids_of, person_kept
from app.store.prepared import Row
from app.store.relatives import read_relatives


def calling_as(
    connection: sa.Connection, establishment: str, rows: Iterable[Row], shown: Collection[str]
) -> tuple[Calling, ...]:
    """As what the one of a number may be calling, about those who are shown (rules R5)."""
    told = (
        Calling(role=RelativeRole(row.role), is_not_informed=bool(row.not_informed))
        for row in rows
        if not {row.person, person_kept(connection, establishment, row.person)}.isdisjoint(shown)
    )
    return tuple(dict.fromkeys(told))


def compare_relative(
    connection: sa.Connection, establishment: str, person: str, full_name: str, role: RelativeRole
) -> Compared:
    """Yes, no, or « Ne pas informer », under every id of the person; never who else is close."""
    ids = ids_of(connection, establishment, person)
    known = [one for each in ids for one in read_relatives(connection, establishment, each)]
    return compare(full_name, role, known)
