"""Keeps what an outside system posted and could not be read, so that no call is lost for its form."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_to_bytes

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.domain.ids import derived_id
from app.store.engine import writing
from app.store.tables import kept_message

KEPT_FOR = timedelta(days=30)
"""Long enough to mend the exchange and call back; a number is personal."""

_DIGITS_COMPARED = 9
"""What remains of a number however it is dialled or written: without its country or its zero."""


def keep_message(
    engine: sa.Engine, establishment: str, body: bytes, *, line: str, field: str, at: datetime
) -> None:
    """Keep a body with the field at fault; the same one again is kept once. What is too old is swept."""
    row = {
        "establishment": establishment,
        "id": derived_id("kept", line, body.hex()),
        "line": line,
        "field": field[:200],
        "at": at,
        "body": body,
    }
    with writing(engine) as connection:
        insert = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
        connection.execute(insert(kept_message).values(row).on_conflict_do_nothing())
        connection.execute(
            sa.delete(kept_message).where(
                kept_message.c.establishment == establishment,
                kept_message.c.line == line,
                kept_message.c.at <= at - KEPT_FOR,
            )
        )


def count_kept(connection: sa.Connection, establishment: str, line: str) -> dict[str, int]:
    """How many messages of a line could not be read, by the field at fault."""
    counted = (
        sa.select(kept_message.c.field, sa.func.count())
        .where(kept_message.c.establishment == establishment, kept_message.c.line == line)
        .group_by(kept_message.c.field)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


def forget_dialled(connection: sa.Connection, establishment: str, numbers: Iterable[str]) -> None:
    """Delete what was posted with one of these numbers (E.164) in it, however it was written."""
    for row in find_dialled(connection, establishment, numbers):
        connection.execute(sa.delete(kept_message).filter_by(establishment=establishment, id=row.id))


def find_dialled(connection: sa.Connection, establishment: str, numbers: Iterable[str]) -> list[sa.Row[Any]]:
    """What was posted with one of these numbers (E.164) in it, however it was written."""
    endings = [digits[-_DIGITS_COMPARED:] for digits in map(_digits, map(str.encode, numbers)) if digits]
    if not endings:
        return []
    posted = connection.execute(sa.select(kept_message).filter_by(establishment=establishment)).all()
    return [row for row in posted if _names_one(row.body, endings)]


def _names_one(body: bytes, endings: Iterable[bytes]) -> bool:
    said = _digits(unquote_to_bytes(bytes(body)))
    return any(ending in said for ending in endings)


def _digits(text: bytes) -> bytes:
    return bytes(each for each in text if each in b"0123456789")
