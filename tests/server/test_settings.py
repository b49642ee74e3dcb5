"""The database's address, as an operator writes it."""

from pathlib import Path

import pytest

from app.settings import read_settings
from app.store.engine import open_database


def _connects_to(url: str, folder: Path) -> dict[str, object]:
    settings = read_settings({"FILROUGE_DATABASE_URL": url}, dotenv=folder / "no.env")
    engine = open_database(settings.database_url)
    _, told = engine.dialect.create_connect_args(engine.url)
    engine.dispose()
    return {name: told.get(name, "") for name in ("host", "port", "user", "dbname", "target_session_attrs")}


@pytest.mark.parametrize(
    ("asked", "chosen"), [("", "read-write"), ("?target_session_attrs=any&sslmode=require", "any")]
)
def test_an_address_of_two_hosts_leads_to_the_one_that_writes(
    tmp_path: Path, asked: str, chosen: str
) -> None:
    url = f"postgresql://filrouge:secret@one.example:5432,two.example:5433/memory{asked}"
    assert _connects_to(url, tmp_path) == {
        "host": "one.example,two.example",
        "port": "5432,5433",
        "user": "filrouge",
        "dbname": "memory",
        "target_session_attrs": chosen,
    }


def test_an_address_of_one_host_is_taken_as_it_is(tmp_path: Path) -> None:
    told = _connects_to("postgresql://filrouge@one.example/memory", tmp_path)
    assert (told["host"], told["target_session_attrs"]) == ("one.example", "")
