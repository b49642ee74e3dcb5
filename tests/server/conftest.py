"""One real server for each kind of database, shared by the tests of this folder."""

from collections.abc import Generator

import pytest

from app.store.engine import open_database
from tests.server.serving import CONNECTORS, Served, serving
from tests.support.identity import Identity
from tests.support.stores import EACH_DATABASE, engine, new_url

__all__ = ["engine", "served"]


@pytest.fixture(scope="session")
def identity() -> Generator[Identity]:
    """The house's identity provider."""
    provider = Identity()
    yield provider
    provider.close()


@pytest.fixture(scope="session", params=EACH_DATABASE)
def served(
    request: pytest.FixtureRequest, identity: Identity, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Served]:
    """A server with accounts in every role, two exchanges that post to it, and who vouches for people.

    Its database is its own: one process serves one establishment, and the tests of rows lay many.
    """
    folder = tmp_path_factory.mktemp("data")
    (folder / "connectors.toml").write_text(CONNECTORS + identity.section, "utf-8")
    own = open_database(new_url(request, tmp_path_factory.mktemp("served")))
    with serving(own, folder) as (_process, scene, url):
        yield Served(url, scene)
    own.dispose()
