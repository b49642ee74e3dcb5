"""Statements written with SQLAlchemy and compiled once, for the paths where each counts.

Executing a Core statement costs forty microseconds of Python before the database sees it; the
same text handed to the driver costs five. Only what runs at each command or each ring is here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from itertools import starmap
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.store.tables import EPOCH, MICROSECOND, UtcAt

SLOTS = 8
"""How many ids one statement asks for at once; what is missing is left empty."""

Row: TypeAlias = Any
"""One row, its columns as attributes: times are aware datetimes, words plain text."""

Statement: TypeAlias = sa.SelectBase | sa.Insert | sa.Update | sa.Delete


class Prepared:
    """One statement, compiled at its first use on each kind of database.

    It runs in the connection's transaction, past SQLAlchemy's results, which cost more than the
    reading; a driver's error is raised as SQLAlchemy's.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}
        self._named: Callable[..., Row] = tuple
        self._times: tuple[str, ...] = ()

    def all(self, connection: sa.Connection, **bound: Any) -> list[Row]:
        """Every row."""
        cursor = self.run(connection, bound)
        rows = list(starmap(self._named, cursor.fetchall()))
        if self._times:
            for row in rows:
                self._date(row)
        return rows

    def first(self, connection: sa.Connection, **bound: Any) -> Row | None:
        """The first row, or None."""
        cursor = self.run(connection, bound)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else self._date(self._named(*row))

    def each(self, connection: sa.Connection, **bound: Any) -> Iterator[Row]:
        """Rows one by one, for who may stop early."""
        with closing(self.run(connection, bound)) as cursor:
            for row in cursor:
                yield self._date(self._named(*row))

    def run(self, connection: sa.Connection, bound: Mapping[str, Any]) -> Any:
        """Execute with these values; the driver's cursor."""
        ready = self._ready.get(connection.dialect.name) or self._make(connection.dialect)
        cursor = self._cursor(connection)
        values = ready.bind(bound)
        try:
            cursor.execute(ready.text, values)
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._error(connection, error) from error
        return cursor

    def run_many(self, connection: sa.Connection, bound: Iterable[Mapping[str, Any]]) -> None:
        """Execute once for each of these, in one call of the driver."""
        ready = self._ready.get(connection.dialect.name) or self._make(connection.dialect)
        cursor = self._cursor(connection)
        values = [ready.bind(one) for one in bound]
        try:
            cursor.executemany(ready.text, values)
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._error(connection, error) from error

    def _cursor(self, connection: sa.Connection) -> Any:
        if not connection.in_transaction():
            connection.begin()
        return connection.connection.cursor()

    def _error(self, connection: sa.Connection, error: Exception) -> Exception:
        dialect = connection.dialect
        text = self._ready[dialect.name].text
        kind = dialect.loaded_dbapi.Error
        return DBAPIError.instance(text, None, error, kind, hide_parameters=True, dialect=dialect)

    def sql(self, dialect: sa.Dialect) -> str:
        """The text as it is sent, for who asks the database for its plan."""
        return self._make(dialect).text

    def _make(self, dialect: sa.Dialect) -> "_Ready":
        compiled = self._statement.compile(dialect=dialect)
        ready = _Ready(
            text=str(compiled),
            order=tuple(getattr(compiled, "positiontup", None) or ()),
            fixed={name: value for name, value in compiled.params.items() if value is not None},
            moments=tuple(name for given, name in compiled.bind_names.items() if _may_be_moment(given)),
        )
        if isinstance(self._statement, sa.SelectBase):
            columns = self._statement.selected_columns.items()
            self._named = msgspec.defstruct("Row", [(str(name), Any) for name, _ in columns], gc=False)
            self._times = tuple(str(name) for name, column in columns if isinstance(column.type, UtcAt))
        self._ready[dialect.name] = ready
        return ready

    def _date(self, row: Row) -> Row:
        for name in self._times:
            value = getattr(row, name)
            if value is not None:
                setattr(row, name, EPOCH + value * MICROSECOND)
        return row


class _Ready(msgspec.Struct, frozen=True):
    """`order` is that of nameless parameters, empty where they have names; `fixed` are our own.

    `moments` may be given as datetimes; all others go to the driver as they are.
    """

    text: str
    order: tuple[str, ...]
    fixed: dict[str, Any]
    moments: tuple[str, ...]

    def bind(self, bound: Mapping[str, Any]) -> dict[str, Any] | list[Any]:
        """The values as the driver takes them."""
        values = {**self.fixed, **bound}
        for name in self.moments:
            values[name] = _stored(values[name])
        return [values[name] for name in self.order] if self.order else values


def _may_be_moment(given: sa.BindParameter[Any]) -> bool:
    return not isinstance(given.type, sa.Text | sa.LargeBinary)


def given(name: str) -> sa.BindParameter[str]:
    """A text that each call gives."""
    return sa.bindparam(name, type_=sa.Text)


def constant(word: str) -> sa.ColumnElement[str]:
    """One of our own words, part of the statement's text."""
    return sa.literal_column(f"'{word}'", sa.Text)


def given_number(name: str) -> sa.BindParameter[int]:
    """A number, or a moment, that each call gives."""
    return sa.bindparam(name, type_=sa.BigInteger)


def slots() -> list[sa.BindParameter[str]]:
    """The places of several ids in one statement."""
    return [given(f"slot_{at}") for at in range(SLOTS)]


def in_slots(ids: Iterable[str]) -> Iterator[dict[str, str]]:
    """The parameters that fill the places, as many times as it takes."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), SLOTS):
        part = wanted[start : start + SLOTS]
        yield {f"slot_{at}": part[at] if at < len(part) else "" for at in range(SLOTS)}


def moment(microseconds: int) -> datetime:
    """A stored time as an aware UTC datetime."""
    return EPOCH + microseconds * MICROSECOND


def _stored(value: Any) -> Any:
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value
