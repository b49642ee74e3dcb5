"""What provisional rows were before, so that they can be taken back exactly."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa

from app.store.prepared import Prepared
from app.store.rows import Rows, Values, key_columns
from app.store.tables import OF_PERSON, UtcAt
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
    return table.name, msgspec.json.encode([_alike(key[name]) for name in key_columns(table)]).decode()


def _alike(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


class Images:
    """The before-images of one replica, inside one of its transactions."""

    def __init__(self, connection: sa.Connection, establishment: str) -> None:
        self._connection = connection
        self._rows = Rows(connection, establishment, position=None)
        self._known: set[Place] = set()

    def keep(self, table: sa.Table, key: Values) -> Place:
        """Remember a row before its first provisional change."""
        place = place_of(table, key)
        if not self._has(place):
            self._known.add(place)
            row = self._rows.get(table, **key)
            _KEEP.run(self._connection, _named(place) | {"image": row and msgspec.json.encode(row)})
        return place

    def person_at(self, place: Place) -> str | None:
        """Whose row this is now, if it is anybody's."""
        table = shared.tables[place[0]]
        row = self._rows.get(table, **key_of(place)) if table in OF_PERSON else None
        return None if row is None else getattr(row, OF_PERSON[table])

    def restore(self, places: Iterable[Place]) -> None:
        """Put these rows back as they were, where they were kept."""
        for place in places:
            kept = _IMAGE.first(self._connection, **_named(place))
            if kept is not None:
                self._put_back(place, kept.image)
                _FORGET.run(self._connection, _named(place))
                self._known.discard(place)

    def all_places(self) -> list[Place]:
        """Every row that was kept."""
        return [(row.name, row.key) for row in _ALL.all(self._connection)]

    def _has(self, place: Place) -> bool:
        return place in self._known or _IMAGE.first(self._connection, **_named(place)) is not None

    def _put_back(self, place: Place, image: bytes | None) -> None:
        table = shared.tables[place[0]]
        self._rows.remove(table, **key_of(place))
        if image is not None:
            values = _typed(table, msgspec.json.decode(image))
            self._connection.execute(sa.insert(table), values)


def _named(place: Place) -> dict[str, Any]:
    return {"name": place[0], "key": place[1]}


def key_of(place: Place) -> dict[str, Any]:
    """The key of a stored place, typed."""
    table = shared.tables[place[0]]
    return _typed(table, dict(zip(key_columns(table), msgspec.json.decode(place[1]), strict=True)))


def _typed(table: sa.Table, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in values.items()}


def _value(column: sa.ColumnElement[Any], value: Any) -> Any:
    is_time = isinstance(column.type, UtcAt) and value is not None
    return msgspec.convert(value, datetime) if is_time else value


_ALL = Prepared(sa.select(undo.c.name, undo.c.key))
_PLACE = sa.and_(undo.c.name == sa.bindparam("name"), undo.c.key == sa.bindparam("key"))
_IMAGE = Prepared(sa.select(undo.c.image).where(_PLACE))
_FORGET = Prepared(sa.delete(undo).where(_PLACE))
_KEEP = Prepared(sa.insert(undo))
