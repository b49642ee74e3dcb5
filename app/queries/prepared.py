"""Statements compiled once: on the way to a ringing screen, building SQL costs more than running it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from app.store.tables import EPOCH, MICROSECOND

SLOTS = 8
"""How many ids one statement asks for at once; what is missing is left empty."""


class Prepared:
    """A SELECT written in Core, compiled at its first use on each kind of database.

    Rows come as the driver gives them: times in microseconds since 1970, words as plain text.
    """

    def __init__(self, statement: sa.SelectBase) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def all(self, connection: sa.Connection, **bound: Any) -> list[sa.Row[Any]]:
        """Every row."""
        return list(self._run(connection, bound).fetchall())

    def first(self, connection: sa.Connection, **bound: Any) -> sa.Row[Any] | None:
        """The first row, or None."""
        return self._run(connection, bound).first()

    def each(self, connection: sa.Connection, **bound: Any) -> Iterator[sa.Row[Any]]:
        """Rows one by one, for who may stop early."""
        with self._run(connection, bound) as rows:
            yield from rows

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

    def _run(self, connection: sa.Connection, bound: dict[str, Any]) -> sa.CursorResult[Any]:
        ready = self._made(connection.dialect)
        values = ready.fixed | bound
        if ready.order is None:
            return connection.exec_driver_sql(ready.text, values)
        return connection.exec_driver_sql(ready.text, tuple(values[name] for name in ready.order))


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
