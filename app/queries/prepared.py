"""Statements compiled once: on the way to a ringing screen, building SQL costs more than running it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import starmap
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.store.tables import EPOCH, MICROSECOND

SLOTS = 8
"""How many ids one statement asks for at once; what is missing is left empty."""


Row: TypeAlias = Any
"""One row, its columns as attributes."""


class Prepared:
    """A SELECT written in Core, compiled at its first use on each kind of database.

    Rows hold what the driver gives: times in microseconds since 1970, words as
    plain text. They are read in the connection's transaction past SQLAlchemy's results, which
    cost more than the reading; a driver's error is raised as SQLAlchemy's.
    """

    def __init__(self, statement: sa.SelectBase) -> None:
        self._statement = statement
        names = statement.selected_columns.keys()
        self._named: Callable[..., Row] = msgspec.defstruct(
            "Row", [(str(name), Any) for name in names], gc=False
        )
        self._ready: dict[str, _Ready] = {}

    def all(self, connection: sa.Connection, **bound: Any) -> list[Row]:
        """Every row."""
        return list(starmap(self._named, self._run(connection, bound).fetchall()))

    def first(self, connection: sa.Connection, **bound: Any) -> Row | None:
        """The first row, or None."""
        cursor = self._run(connection, bound)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else self._named(*row)

    def each(self, connection: sa.Connection, **bound: Any) -> Iterator[Row]:
        """Rows one by one, for who may stop early."""
        with closing(self._run(connection, bound)) as cursor:
            yield from starmap(self._named, cursor)

    def sql(self, dialect: sa.Dialect) -> str:
        """The text as it is sent, for who asks the database for its plan."""
        return self._made(dialect).text

    def _made(self, dialect: sa.Dialect) -> "_Ready":
        ready = self._ready.get(dialect.name)
        if ready is None:
            compiled = self._statement.compile(dialect=dialect)
            order = getattr(compiled, "positiontup", None)
            ready = _Ready(
                text=str(compiled),
                order=None if order is None else tuple(order),
                fixed={name: value for name, value in compiled.params.items() if value is not None},
            )
            self._ready[dialect.name] = ready
        return ready

    def _run(self, connection: sa.Connection, bound: dict[str, Any]) -> Any:
        ready = self._made(connection.dialect)
        named = ready.fixed | bound
        values = named if ready.order is None else tuple([named[name] for name in ready.order])
        if not connection.in_transaction():
            connection.begin()
        cursor = connection.connection.cursor()
        driver_error = connection.dialect.loaded_dbapi.Error
        try:
            cursor.execute(ready.text, values)
        except driver_error as error:
            raise DBAPIError.instance(
                ready.text, None, error, driver_error, hide_parameters=True, dialect=connection.dialect
            ) from error
        return cursor


class _Ready(msgspec.Struct, frozen=True):
    """`order` is that of nameless parameters, None where they have names; `fixed` are our own."""

    text: str
    order: tuple[str, ...] | None
    fixed: dict[str, Any]


def given(name: str) -> sa.BindParameter[str]:
    """A text that each call gives."""
    return sa.bindparam(name, type_=sa.Text)


def constant(word: str) -> sa.ColumnElement[str]:
    """One of our own words, part of the statement's text."""
    return sa.literal_column(f"'{word}'", sa.Text)


def given_number(name: str) -> sa.BindParameter[int]:
    """A number, or a moment in microseconds, that each call gives."""
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


def moment_or_none(microseconds: int | None) -> datetime | None:
    """The same, of what may not have happened."""
    return None if microseconds is None else EPOCH + microseconds * MICROSECOND


def stored(at: datetime) -> int:
    """An aware datetime as the tables keep it."""
    return (at - EPOCH) // MICROSECOND
