"""Sets rows by their key, on any database, and never with older knowledge than they hold."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.store.prepared import Prepared
from app.store.tables import HOUSE

Values: TypeAlias = Mapping[str, Any]
Keep: TypeAlias = Callable[[sa.Table, Values], None]
_OF_HOUSE = frozenset(HOUSE)


def key_columns(table: sa.Table) -> tuple[str, ...]:
    """The primary key's columns after the establishment."""
    return tuple(column.name for column in table.primary_key if column.name != "establishment")


class Rows:
    """The rows of one establishment, as one writer sets them.

    `position` is the journal's position of what is being applied: rows last set by a later one
    are left alone. None is provisional: rows are set whatever they hold and keep their position.
    `keep` is told each key before its row changes, so that the change can be undone; `seen` each
    key that is read, so that what was done from it can be done again. `house` holds what was read
    of the house's own tables in this transaction.
    """

    def __init__(
        self,
        connection: sa.Connection,
        establishment: str,
        *,
        position: int | None,
        keep: Keep | None = None,
        seen: Keep | None = None,
        house: dict[Any, Any] | None = None,
    ) -> None:
        self._connection = connection
        self._establishment = establishment
        self._position = position
        self._keep = keep
        self._seen = seen
        self._house = house

    def get(self, table: sa.Table, **key: Any) -> Any | None:
        """One row by its whole key, its columns as attributes."""
        if self._seen is not None:
            self._seen(table, key)
        if self._house is None or table not in _OF_HOUSE:
            return _select(table).first(self._connection, **self._bound(key))
        name = (table, *key.values())
        if name not in self._house:
            self._house[name] = _select(table).first(self._connection, **self._bound(key))
        return self._house[name]

    def put(self, table: sa.Table, **values: Any) -> None:
        """Insert the row, or set these columns of it."""
        self._before(table, values)
        bound = self._bound(values) if self._position is None else self._placed(values)
        _upsert(table, tuple(bound), self._connection.dialect.name).run(self._connection, bound)

    def change(self, table: sa.Table, key: Values, **values: Any) -> None:
        """Set columns of a row that may not be there."""
        self._before(table, key)
        names = frozenset((*values, *(() if self._position is None else ("position",))))
        bound = {f"key_{name}": value for name, value in self._bound(key).items()}
        guard = {} if self._position is None else {"guard": self._position}
        _update(table, names).run(self._connection, bound | dict(values) | self._stamp() | guard)

    def remove(self, table: sa.Table, **key: Any) -> None:
        """Delete a row that may not be there."""
        self._before(table, key)
        _delete(table).run(self._connection, self._bound(key))

    def _before(self, table: sa.Table, values: Values) -> None:
        if self._house and table in _OF_HOUSE:
            self._house.clear()
        if self._keep is not None:
            self._keep(table, {name: values[name] for name in key_columns(table)})

    def _bound(self, values: Values) -> dict[str, Any]:
        return {"establishment": self._establishment, **values}

    def _placed(self, values: Values) -> dict[str, Any]:
        return {"establishment": self._establishment, "position": self._position, **values}

    def _stamp(self) -> dict[str, int]:
        return {} if self._position is None else {"position": self._position}


def _matches_key(table: sa.Table, prefix: str = "") -> sa.ColumnElement[bool]:
    return sa.and_(*(column == sa.bindparam(prefix + column.name) for column in table.primary_key))


@cache
def _select(table: sa.Table) -> Prepared:
    return Prepared(sa.select(table).where(_matches_key(table)))


@cache
def _delete(table: sa.Table) -> Prepared:
    return Prepared(sa.delete(table).where(_matches_key(table)))


@cache
def _update(table: sa.Table, names: frozenset[str]) -> Prepared:
    statement = sa.update(table).where(_matches_key(table, "key_"))
    if "position" in names:
        statement = statement.where(table.c.position <= sa.bindparam("guard"))
    return Prepared(statement.values({name: sa.bindparam(name) for name in names}))


@cache
def _upsert(table: sa.Table, names: tuple[str, ...], dialect: str) -> Prepared:
    insert = postgresql_insert if dialect == "postgresql" else sqlite_insert
    statement = insert(table).values({name: sa.bindparam(name) for name in sorted(names)})
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in sorted(names) if name not in keys}
    if not changed:
        return Prepared(statement.on_conflict_do_nothing(index_elements=keys))
    guard = table.c.position <= statement.excluded.position if "position" in names else None
    return Prepared(statement.on_conflict_do_update(index_elements=keys, set_=changed, where=guard))
