"""Real databases for the tests of the store: SQLite, and a PostgreSQL made for the run."""

from collections.abc import Generator

import pytest
import sqlalchemy as sa

from app.store.engine import open_database
from app.store.migrations import migrate
from tests.support.postgres import Cluster, throw_away_cluster

EACH_DATABASE = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def cluster() -> Generator[Cluster]:
    """One PostgreSQL for the run."""
    with throw_away_cluster() as made:
        yield made


@pytest.fixture(scope="session", params=EACH_DATABASE)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[sa.Engine]:
    """A migrated database; tests share it and differ by their establishment."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'filrouge.db'}"
    else:
        made: Cluster = request.getfixturevalue("cluster")
        url = made.new_database()
    opened = open_database(url)
    migrate(opened)
    yield opened
    opened.dispose()
