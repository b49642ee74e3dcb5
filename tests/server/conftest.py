"""One real server for each kind of database, shared by the tests of this folder."""

from collections.abc import Generator

import pytest
import sqlalchemy as sa

from tests.server.serving import CONNECTORS, Served, serving
from tests.support.stores import engine

__all__ = ["engine", "served"]


@pytest.fixture(scope="session")
def served(engine: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> Generator[Served]:
    """A server with accounts in every role, and two exchanges that post to it."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "connectors.toml").write_text(CONNECTORS, "utf-8")
    with serving(engine, folder) as (_process, scene, url):
        yield Served(url, scene)
