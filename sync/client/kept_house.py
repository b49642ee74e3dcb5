"""The house's own rows, kept when a replica goes: who is cut off for days still has services and colleagues.

Nothing in them is of a patient; they stay in `desk.db`, under its key.
"""

from typing import Any

import msgspec
import sqlalchemy as sa

from app.queries.house import OUTLIVED
from app.store import tables
from app.store.bundles import fill_rows
from app.store.engine import writing
from app.store.extracts import columns_of, read_house_rows
from sync.client.desk_tables import kept_house

_SECRET = str(tables.number_key.name)
"""What known numbers are marked with goes with the marks."""


class _Rows(msgspec.Struct, frozen=True):
    """Bare rows by table, as a snapshot brings them."""

    establishment: str
    columns: dict[str, tuple[str, ...]]
    rows: dict[str, list[tuple[Any, ...]]]


_read = msgspec.msgpack.Decoder(_Rows).decode


class KeptHouse:
    """The rows of one desk, by whose files they come from; written on the store's thread."""

    def __init__(self, desk: sa.Engine) -> None:
        self._desk = desk

    def keep(self, owner: str, replica: sa.Engine) -> None:
        """Read them from a replica that is about to go; one that has none leaves what was kept."""
        with replica.connect() as connection:
            establishment = connection.execute(sa.select(tables.service.c.establishment)).scalars().first()
            if establishment is None:
                return
            rows = read_house_rows(connection, establishment)
        rows.pop(_SECRET)
        columns = {name: columns_of(tables.metadata.tables[name]) for name in rows}
        told = msgspec.msgpack.encode(_Rows(establishment, columns, rows))
        with writing(self._desk) as connection:
            connection.execute(sa.delete(kept_house).filter_by(owner=owner))
            connection.execute(sa.insert(kept_house), {"owner": owner, "rows": told})

    def lay(self, owner: str, replica: sa.Engine) -> None:
        """Put what was kept in a replica that begins."""
        with self._desk.connect() as connection:
            found = connection.execute(sa.select(kept_house.c.rows).filter_by(owner=owner)).scalar()
        if found is None:
            return
        kept = _read(found)
        same = {"establishment": kept.establishment, "position": OUTLIVED}
        with writing(replica) as connection:
            for name, rows in kept.rows.items():
                if name in tables.metadata.tables:
                    table = tables.metadata.tables[name]
                    fill_rows(connection, table, kept.columns[name], rows, same=same)

    def forget(self, owner: str) -> None:
        """Whoever it was may hold nothing here any more."""
        with writing(self._desk) as connection:
            connection.execute(sa.delete(kept_house).filter_by(owner=owner))
