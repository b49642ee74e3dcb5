"""The demonstration's directory in a database of its own, for screens without a server."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.demo.calendar import Calendar
from app.demo.directory import write_directory
from app.demo.sheet import Sheet
from app.domain.directory import MASKED
from app.store import tables
from tests.panels.mockup import NOW

HOUSE = "saint-aurelien"


@cache
def _book() -> sa.Engine:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    tables.metadata.create_all(engine, tables=list(tables.HOUSE))
    sheet = Sheet(HOUSE)
    write_directory(sheet, Calendar(NOW - timedelta(minutes=2)))
    with engine.begin() as connection:
        for table, rows in sheet.take().items():
            connection.execute(sa.insert(table), [_typed(table, row) for row in rows])
    return engine


def _typed(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    typed = {
        name: tables.EPOCH + value * tables.MICROSECOND
        if isinstance(table.c[name].type, tables.UtcAt)
        else value
        for name, value in row.items()
    }
    return typed | ({"mobile": MASKED} if row.get("mobile") else {})


def ask_directory(query: Callable[[sa.Connection, str], Any]) -> Any:
    """Run a question of the directory, as a receptionist's replica would answer it."""
    with _book().connect() as connection:
        return query(connection, HOUSE)
