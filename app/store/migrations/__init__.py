"""Brings a server's tables to this version, on SQLite and PostgreSQL, while servers run.

A revision only adds (tables, indexes, columns that may be null or have a default), so that a server one
version behind goes on: what it no longer needs is taken away a version later.
"""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.store.engine import is_locked, writing

HEAD = "0001"
VERSIONS = Path(__file__).parent / "versions"
_ONE_AT_A_TIME = sa.text("SELECT pg_advisory_xact_lock(hashtextextended('filrouge migrations', 0))")
_WAIT_BRIEFLY = sa.text("SET LOCAL lock_timeout = '3s'")
"""Whoever waits for a table that a reader holds makes everybody else wait behind."""


class NewerDatabase(Exception):  # noqa: N818 - what was found; the message is the revision
    """The tables are of a version after this one."""


class TablesInUse(Exception):  # noqa: N818 - it may be tried again
    """The tables could not be changed, being in use: nothing was."""


def migrate(engine: sa.Engine, *, versions: Path = VERSIONS) -> None:
    """Run the revisions that are missing; several processes may try at once, and servers go on.

    Raises `NewerDatabase`, and `TablesInUse` when something holds the tables for longer than a moment.
    """
    found = revision_of(engine)
    if found == head_of(versions):
        return
    if found and not knows(found, versions):
        raise NewerDatabase(found)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", str(versions))
    try:
        with writing(engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(_ONE_AT_A_TIME)
                connection.execute(_WAIT_BRIEFLY)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        if is_locked(error):
            raise TablesInUse from error
        raise


def is_current(engine: sa.Engine) -> bool:
    """Whether the tables are those of this version."""
    return revision_of(engine) == HEAD


def is_enough(engine: sa.Engine) -> bool:
    """Whether this version can serve: a later revision has only added to what it needs."""
    return revision_of(engine) >= HEAD


def revision_of(engine: sa.Engine) -> str:
    """The revision of a database's tables; empty when there are none."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or ""


def knows(revision: str, versions: Path = VERSIONS) -> bool:
    """Whether a revision is one of this version's, to be brought to its last."""
    return revision in _revisions(versions)


def head_of(versions: Path) -> str:
    """The last revision: their files begin with their numbers."""
    return max(_revisions(versions))


def _revisions(versions: Path) -> set[str]:
    return {path.stem.partition("_")[0] for path in versions.glob("0*.py")}
