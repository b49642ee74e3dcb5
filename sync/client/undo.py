"""What provisional rows were before, so that they can be taken back exactly."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa

from app.store.prepared import Prepared
from app.store.rows import Rows, Values, key_columns
from app.store.tables import UtcAt
from app.store.tables import metadata as shared

Place: TypeAlias = tuple[str, str]
"""A table's name and a row's key in it."""

metadata = sa.MetaData()

undo = sa.Table(
    "undo",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("image", sa.LargeBinary),
    sqlite_with_rowid=False,
)
"""The row as it was before the first provisional change, or nothing when there was none."""


def place_of(table: sa.Table, key: Values) -> Place:
    """Where a row is, in a form that can be compared and stored."""
    return table.name, msgspec.json.encode([key[name] for name in key_columns(table)]).decode()


class Images:
    """The before-images of one replica, inside one of its transactions."""

    def __init__(self, connection: sa.Connection, establishment: str) -> None:
        self._connection = connection
        self._rows = Rows(connection, establishment, position=None)
        self._known: set[Place] = set()
        self.is_empty = _ANY.first(connection) is None

    def has(self, place: Place) -> bool:
        """Whether a row is provisional."""
        if place not in self._known and not self.is_empty:
            name, key = place
            if _PLACE.first(self._connection, name=name, key=key) is not None:
                self._known.add(place)
        return place in self._known

    def keep(self, table: sa.Table, key: Values) -> None:
        """Remember a row before its first provisional change."""
        place = place_of(table, key)
        if self.has(place):
            return
        self._known.add(place)
        self.is_empty = False
        row = self._rows.get(table, **key)
        image = None if row is None else msgspec.json.encode(row)
        name, stored_key = place
        self._connection.execute(sa.insert(undo), {"name": name, "key": stored_key, "image": image})

    def restore(self) -> set[Place]:
        """Put every row back as it was; answers which."""
        images = self._connection.execute(sa.select(undo)).all()
        for row in images:
            self._put_back(shared.tables[row.name], msgspec.json.decode(row.key), row.image)
        self._connection.execute(sa.delete(undo))
        self._known.clear()
        self.is_empty = True
        return {(row.name, row.key) for row in images}

    def _put_back(self, table: sa.Table, key: list[Any], image: bytes | None) -> None:
        self._rows.remove(table, **_typed(table, dict(zip(key_columns(table), key, strict=True))))
        if image is not None:
            values = _typed(table, msgspec.json.decode(image))
            self._connection.execute(sa.insert(table), values)


def key_of(place: Place) -> dict[str, Any]:
    """The key of a stored place, typed."""
    table = shared.tables[place[0]]
    return _typed(table, dict(zip(key_columns(table), msgspec.json.decode(place[1]), strict=True)))


def _typed(table: sa.Table, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in values.items()}


def _value(column: sa.ColumnElement[Any], value: Any) -> Any:
    is_time = isinstance(column.type, UtcAt) and value is not None
    return msgspec.convert(value, datetime) if is_time else value


_ANY = Prepared(sa.select(undo.c.name).limit(1))
_PLACE = Prepared(
    sa.select(undo.c.name).where(undo.c.name == sa.bindparam("name"), undo.c.key == sa.bindparam("key"))
)
