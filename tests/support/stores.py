"""Real databases for the tests of the store: SQLite, and a PostgreSQL made for the run."""

from collections.abc import Generator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.store.engine import create_server_tables, open_database
from app.store.migrations import migrate
from tests.support.postgres import Cluster, throw_away_cluster

EACH_DATABASE = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def cluster() -> Generator[Cluster]:
    """One PostgreSQL for the run; processes are killed here, but never the machine."""
    with throw_away_cluster(fsync="off") as made:
        yield made


@pytest.fixture(scope="session", params=EACH_DATABASE)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[sa.Engine]:
    """A migrated database; tests share it and differ by their establishment."""
    opened = open_database(new_url(request, tmp_path_factory.mktemp("store")))
    migrate(opened)
    yield opened
    opened.dispose()


def new_url(request: pytest.FixtureRequest, folder: Path) -> str:
    """A fresh database of the kind that a fixture of EACH_DATABASE asks for."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'filrouge.db'}"
    made: Cluster = request.getfixturevalue("cluster")
    return made.new_database()


@pytest.fixture(scope="module")
def quick_engine(tmp_path_factory: pytest.TempPathFactory) -> Generator[sa.Engine]:
    """A SQLite for one module, its tables made at once."""
    made = open_database(f"sqlite:///{tmp_path_factory.mktemp('rows') / 'rows.db'}")
    create_server_tables(made)
    yield made
    made.dispose()
