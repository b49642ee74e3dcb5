"""The kinds of columns that every table is made of, and the one list they all stand in."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class UtcAt(sa.types.TypeDecorator[datetime]):
    """An aware UTC datetime kept as integer microseconds: same order, same value, any database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Microseconds since 1970, or nothing."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The aware datetime, or nothing."""
        return None if value is None else EPOCH + value * MICROSECOND


metadata = sa.MetaData()


def key(name: str) -> sa.Column[str]:
    """A part of the key."""
    return sa.Column(name, sa.Text, primary_key=True)


def text(name: str) -> sa.Column[str]:
    """Words, empty when there are none."""
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def maybe(name: str) -> sa.Column[str]:
    """An id or words that may be missing."""
    return sa.Column(name, sa.Text)


def at(name: str) -> sa.Column[datetime]:
    """A moment that may be missing."""
    return sa.Column(name, UtcAt)


def position() -> sa.Column[int]:
    """The journal's position that last set the row."""
    return sa.Column("position", sa.BigInteger, nullable=False, server_default="0")
