"""The demonstration's hospital, its named persons alone, in a database for screens without a server."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.demo.hospital import batches
from app.domain.directory import MASKED
from app.domain.words import EntryKind
from app.queries.directory import EntryFound
from app.store import tables
from tests.panels.mockup import NOW

HOUSE = "saint-aurelien"
KADDOUR = EntryFound(entry="kaddour", kind=EntryKind.PERSON, name="Dr KADDOUR Yanis", detail="Orthopédie")


@cache
def _book() -> sa.Engine:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    tables.metadata.create_all(engine)
    named = next(batches(establishment=HOUSE, seed=1, anchor=NOW - timedelta(minutes=2), persons=0))
    with engine.begin() as connection:
        for table, rows in named.items():
            connection.execute(sa.insert(table), [_typed(table, row) for row in rows])
    return engine


def _typed(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    typed = {
        name: tables.EPOCH + value * tables.MICROSECOND
        if value is not None and isinstance(table.c[name].type, tables.UtcAt)
        else value
        for name, value in row.items()
    }
    return typed | ({"mobile": MASKED} if row.get("mobile") else {})


def ask_hospital(query: Callable[[sa.Connection, str], Any], house: str = HOUSE) -> Any:
    """Run a question, as a receptionist's replica would answer it; one of another house holds nothing."""
    with _book().connect() as connection:
        return query(connection, house)
