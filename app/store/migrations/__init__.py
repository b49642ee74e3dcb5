"""Brings a server's tables to this version, on SQLite and PostgreSQL."""

from pathlib import Path

import sqlalchemy as sa

from app.store.engine import writing

HEAD = "0001"
_VERSIONS = Path(__file__).parent / "versions"
_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtextextended('filrouge migrations', 0))")


def migrate(engine: sa.Engine) -> None:
    """Run the revisions that are missing; several processes may try at once."""
    if is_current(engine):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(_LOCK)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: sa.Engine) -> bool:
    """Whether the tables are those of this version."""
    return revision_of(engine) == HEAD


def revision_of(engine: sa.Engine) -> str:
    """The revision of a database's tables; empty when there are none."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or ""


def knows(revision: str) -> bool:
    """Whether a revision is one of this version's, to be brought to its last."""
    return any(path.stem.partition("_")[0] == revision for path in _VERSIONS.glob("*.py"))
