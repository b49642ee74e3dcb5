"""One real server for each kind of database, shared by the tests of this folder."""

from collections.abc import Generator

import pytest
import sqlalchemy as sa

from tests.server.serving import CONNECTORS, Served, serving
from tests.support.identity import Identity
from tests.support.stores import engine

__all__ = ["engine", "served"]


@pytest.fixture(scope="session")
def identity() -> Generator[Identity]:
    """The house's identity provider."""
    provider = Identity()
    yield provider
    provider.close()


@pytest.fixture(scope="session")
def served(
    engine: sa.Engine, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Served]:
    """A server with accounts in every role, two exchanges that post to it, and who vouches for people."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "connectors.toml").write_text(CONNECTORS + identity.section, "utf-8")
    with serving(engine, folder) as (_process, scene, url):
        yield Served(url, scene)
