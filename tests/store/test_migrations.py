"""The revisions make exactly the tables that this version declares."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.store import migrations, tables
from app.store.engine import create_server_tables, open_database
from app.store.migrations import HEAD, is_current, migrate
from tests.support.postgres import Cluster

NAMES = {table.name for table in (*tables.SHARED, *tables.SERVER)}


def _declarations(url: str, *, by_revisions: str) -> dict[str, str]:
    engine = open_database(url)
    (migrate if by_revisions == "yes" else create_server_tables)(engine)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        made = {name: " ".join(str(sql).split()) for name, sql in found if not name.startswith("alembic")}
    engine.dispose()
    return made


def test_on_sqlite_the_revisions_declare_what_the_tables_do(tmp_path: Path) -> None:
    migrated, declared = (
        _declarations(f"sqlite:///{tmp_path / answer}.db", by_revisions=answer) for answer in ("yes", "no")
    )
    assert migrated == declared
    assert "WITHOUT ROWID" in migrated["timeline"]


def _is_the_servers(_object: object, name: str, kind: str, *_rest: object) -> bool:
    return kind != "table" or name in NAMES


@pytest.mark.postgres
def test_on_postgresql_the_revisions_leave_nothing_to_do(cluster: Cluster) -> None:
    engine = open_database(cluster.new_database())
    migrate(engine)
    with engine.connect() as connection:
        options: dict[str, Any] = {
            "compare_type": True,
            "compare_server_default": True,
            "include_object": _is_the_servers,
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_an_empty_database_is_not_current_and_a_migrated_one_is(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'x.db'}")
    assert not is_current(engine)
    migrate(engine)
    assert is_current(engine)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    assert not is_current(engine)
    engine.dispose()


def test_the_head_is_the_last_revision() -> None:
    directory = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert directory.get_heads() == [HEAD]
