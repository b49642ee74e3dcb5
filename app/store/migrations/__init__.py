"""Brings a server's tables to this version, on SQLite and PostgreSQL."""

import sqlalchemy as sa

from app.store.engine import create_server_tables

HEAD = "0001"


def migrate(engine: sa.Engine) -> None:
    """Run the revisions that are missing."""
    create_server_tables(engine)


def is_current(engine: sa.Engine) -> bool:
    """Whether the tables are those of this version."""
    with engine.connect() as connection:
        return sa.inspect(connection).has_table("journal")
