"""A replica's file: its layout, and what it says of itself in marks."""

import hashlib
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.schema import CreateTable

from app.domain.facts import AnyFact
from app.store import tables
from app.store.engine import writing
from app.store.prepared import Prepared, given
from sync.client.undo import metadata as undo_metadata

own = sa.MetaData()
mark = sa.Table("mark", own, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text))
UNKNOWN_FACTS = "unknown_facts"
"""How many facts its pages told that this version does not know."""

_MARK = Prepared(
    sqlite_insert(mark)
    .values(name=given("name"), value=given("value"))
    .on_conflict_do_update(index_elements=[mark.c.name], set_={"value": given("value")})
)


def make_replica_tables(engine: sa.Engine) -> None:
    """Lay out an empty replica and mark it with this version's schema and catalogue of facts."""
    tables.metadata.create_all(engine, tables=[*tables.SHARED, *tables.REPLICA])
    undo_metadata.create_all(engine)
    own.create_all(engine)
    with writing(engine) as connection:
        write_mark(connection, "schema", schema_digest())
        write_mark(connection, "catalogue", catalogue_digest())


def is_current(engine: sa.Engine) -> bool:
    """Whether a file can be read by this version, and lacks nothing this version would know."""
    if read_mark(engine, "schema") != schema_digest():
        return False
    has_unknown = read_mark(engine, UNKNOWN_FACTS) not in ("", "0")
    return not has_unknown or read_mark(engine, "catalogue") == catalogue_digest()


def schema_digest() -> str:
    """The layout of the shared tables and of the replica's own."""
    every = (*tables.SHARED, *tables.REPLICA, *undo_metadata.sorted_tables, *own.sorted_tables)
    return _digest(str(CreateTable(table)) for table in every)


def catalogue_digest() -> str:
    """The kinds of facts this version knows."""
    return _digest(kind.__name__ for kind in AnyFact.__args__)


def read_mark(engine: sa.Engine, name: str) -> str:
    """One mark of a replica; empty when it is not there."""
    with engine.connect() as connection:
        return read_mark_in(connection, name)


def read_mark_in(connection: sa.Connection, name: str) -> str:
    """One mark, as this transaction sees it."""
    found = connection.execute(sa.select(mark.c.value).where(mark.c.name == name))
    return found.scalar_one_or_none() or ""


def write_mark(connection: sa.Connection, name: str, value: str) -> None:
    """Set one mark of a replica."""
    _MARK.run(connection, {"name": name, "value": value})


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()
