"""Statements written with SQLAlchemy and compiled once, for the paths where each counts.

Executing a Core statement costs forty microseconds of Python before the database sees it; the
same text handed to the driver costs five. Only what runs at each command or each ring is here.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa

from app.store.tables import EPOCH, MICROSECOND, UtcAt

Statement: TypeAlias = sa.Select[*tuple[Any, ...]] | sa.Insert | sa.Update | sa.Delete


class _Text(NamedTuple):
    """What a driver takes: the text, the order of its values when it wants one, its constants."""

    text: str
    order: Sequence[str] | None
    constants: Mapping[str, Any]


class Prepared:
    """One statement, compiled once for each kind of database it meets."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}
        columns = list(statement.selected_columns) if isinstance(statement, sa.Select) else []
        self._names = [str(column.key) for column in columns]
        self._times = [name for name, column in zip(self._names, columns, strict=True) if _is_time(column)]

    def run(self, connection: sa.Connection, values: Mapping[str, Any]) -> Any:
        """Execute inside the connection's transaction; gives the driver's cursor."""
        made = self._texts.get(connection.dialect.name) or self._compile(connection)
        bound = {**made.constants, **values} if made.constants else values
        cursor = connection.connection.cursor()
        if made.order is None:
            cursor.execute(made.text, {name: _stored(value) for name, value in bound.items()})
        else:
            cursor.execute(made.text, [_stored(bound[name]) for name in made.order])
        return cursor

    def rows(self, connection: sa.Connection, values: Mapping[str, Any]) -> list[Any]:
        """All rows of a select: the columns as attributes, times as aware datetimes."""
        return [self._read(row) for row in self.run(connection, values).fetchall()]

    def first(self, connection: sa.Connection, values: Mapping[str, Any]) -> Any | None:
        """The first row of a select, if any."""
        row = self.run(connection, values).fetchone()
        return None if row is None else self._read(row)

    def _read(self, row: Sequence[Any]) -> SimpleNamespace:
        read = SimpleNamespace(**dict(zip(self._names, row, strict=True)))
        for name in self._times:
            setattr(read, name, _to_datetime(getattr(read, name)))
        return read

    def _compile(self, connection: sa.Connection) -> _Text:
        compiled = self._statement.compile(dialect=connection.dialect)
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        order: Sequence[str] | None = getattr(compiled, "positiontup", None)
        made = _Text(str(compiled), order or None, constants)
        self._texts[connection.dialect.name] = made
        return made


def _is_time(column: sa.ColumnElement[Any]) -> bool:
    return isinstance(column.type, UtcAt)


def _to_datetime(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + value * MICROSECOND


def _stored(value: Any) -> Any:
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value
