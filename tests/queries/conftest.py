"""The fictitious hospital at the moment of the mock-ups, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from app.demo.hospital import load
from app.store import tables
from app.store.engine import open_database
from app.store.migrations import migrate
from tests.support.postgres import Cluster
from tests.support.stores import EACH_DATABASE

__all__ = ["hospital", "reading"]

NOW = datetime(2026, 11, 24, 10, 26, tzinfo=ZoneInfo("Europe/Paris"))
HOUSE = "saint-aurelien"
RINGING = "0192f0aa-0000-7000-8000-000000000001"


@pytest.fixture(scope="package", params=EACH_DATABASE)
def hospital(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Three hundred persons beside those of the mock-ups."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('hospital') / 'hospital.db'}"
    else:
        made: Cluster = request.getfixturevalue("cluster")
        url = made.new_database()
    opened = open_database(url)
    migrate(opened)
    load(opened, HOUSE, seed=7, anchor=NOW, persons=300)
    yield opened
    opened.dispose()


@pytest.fixture
def reading(hospital: sa.Engine) -> Iterator[sa.Connection]:
    """A connection whose writings are forgotten."""
    with hospital.connect() as connection:
        yield connection
        connection.rollback()


def person_named(connection: sa.Connection, birth_name: str, first: str) -> str:
    """The id of a person of the mock-ups."""
    found = sa.select(tables.person.c.id).where(
        tables.person.c.birth_name == birth_name,
        tables.person.c.first_given_name == first,
        tables.person.c.id.startswith("a1ffffff"),
    )
    return connection.execute(found.order_by(tables.person.c.id)).scalars().first() or ""


def merge(connection: sa.Connection, person: str, *, into: str) -> None:
    """Decide that two records are of one human."""
    chosen = sa.update(tables.person).where(tables.person.c.id == person)
    connection.execute(chosen.values(same_as=into))


def ring(connection: sa.Connection, **values: object) -> str:
    """A call rings at extension 4101; the contact's id."""
    row: dict[str, object] = {
        "establishment": HOUSE,
        "id": RINGING,
        "channel": "phone",
        "direction": "inbound",
        "service": "orthopedie",
        "queue": "secretariat-orthopedie",
        "number_kind": "e164",
        "state": "ringing",
        "extension": "4101",
        "ringing": values.get("extension", "4101"),
        "at": NOW,
        "rang_at": NOW,
    }
    connection.execute(sa.insert(tables.contact).values(row | values))
    return RINGING
