"""A database comes to a later revision with all it held, under servers at work, or is left as it was."""

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.settings import read_settings
from app.store import journal, migrations, tables
from app.store.engine import open_database
from app.store.migrations import HEAD, VERSIONS, TablesInUse, is_enough, migrate, revision_of
from sync.server.bootstrap.house import NotSetUp, open_store
from tests.server.serving import Served, serving
from tests.support.scene import MARTINES_NUMBER, QUEUE, Scene
from tests.support.stores import EACH_DATABASE, new_url

LATER = f"{int(HEAD) + 1:04}"
_LATER = f'''"""What a version after this one could add."""

import sqlalchemy as sa
from alembic import op

revision = "{LATER}"
down_revision = "{HEAD}"


def upgrade() -> None:
    op.add_column("contact", sa.Column("weather", sa.Text, nullable=False, server_default=""))
    op.create_table("moon", sa.Column("establishment", sa.Text, primary_key=True))
    op.create_index("contact_weather", "contact", ["establishment", "weather"])
    op.execute("UPDATE contact SET weather = 'fine'")
'''  # noqa: S608 - a file of a test's own
_LOSSY = _LATER.replace("UPDATE contact SET weather = 'fine'", "UPDATE contact SET queue = ''")


def _versions(folder: Path, *, later: str) -> Path:
    """The shipped revisions, and one more."""
    made = folder / "versions"
    shutil.copytree(VERSIONS, made, ignore=shutil.ignore_patterns("__pycache__"))
    (made / f"{LATER}_later.py").write_text(later, "utf-8")
    return made


@pytest.fixture(params=EACH_DATABASE)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return new_url(request, tmp_path)


@pytest.fixture
def engine(url: str) -> Generator[sa.Engine]:
    opened = open_database(url)
    migrate(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def later(tmp_path: Path) -> Path:
    return _versions(tmp_path, later=_LATER)


def _work(scene: Scene) -> None:
    for _ in range(3):
        scene.ring(MARTINES_NUMBER)


def _held(engine: sa.Engine) -> dict[str, list[str]]:
    """Every row of this version's tables, by this version's columns."""
    with engine.connect() as connection:
        return {
            table.name: sorted(str(tuple(row)) for row in connection.execute(sa.select(table)))
            for table in (*tables.SHARED, *tables.SERVER)
        }


def test_a_later_revision_keeps_every_row_and_the_journal_proves_it(engine: sa.Engine, later: Path) -> None:
    scene = Scene(engine)
    _work(scene)
    before = _held(engine)
    assert len(before["contact"]) == 3
    migrate(engine, versions=later)
    assert revision_of(engine) == LATER
    assert _held(engine) == before
    with engine.connect() as connection:
        assert journal.verify(connection, scene.establishment) is None
    # A server of before goes on over it.
    assert is_enough(engine)
    _work(scene)
    assert len(_held(engine)["contact"]) == 6


def test_a_revision_that_loses_something_is_found_out(engine: sa.Engine, tmp_path: Path) -> None:
    _work(Scene(engine))
    before = _held(engine)
    migrate(engine, versions=_versions(tmp_path, later=_LOSSY))
    assert _held(engine) != before


def test_a_revision_that_fails_leaves_the_database_as_it_was(engine: sa.Engine, tmp_path: Path) -> None:
    _work(Scene(engine))
    before = _held(engine)
    broken = _versions(tmp_path, later=_LATER.replace("UPDATE contact", "UPDATE nowhere"))
    with pytest.raises(DBAPIError):
        migrate(engine, versions=broken)
    assert (revision_of(engine), _held(engine)) == (HEAD, before)
    assert "moon" not in sa.inspect(engine).get_table_names()


@pytest.mark.slow
def test_a_server_at_work_goes_on_while_its_database_is_brought_to_a_later_revision(
    engine: sa.Engine, later: Path, tmp_path: Path
) -> None:
    with serving(engine, tmp_path) as (_process, scene, address):
        served = Served(address, scene)
        with served.feed("c.morvan") as feed:
            first = served.play(act="arrive", number=MARTINES_NUMBER, queue=QUEUE)
            migrate(engine, versions=later)
            second = served.play(act="arrive", number=MARTINES_NUMBER, queue=QUEUE)
            told: set[str] = set()
            while not {first, second} <= told:
                entries = feed.next("page").data["entries"]
                told |= {fact.get("contact", "") for entry in entries for fact in entry.get("facts", ())}
        assert served.call("GET", "/health/ready").status_code == 200
        assert {row["id"] for row in served.snapshot_rows("contact")} >= {first, second}


@pytest.mark.postgres
def test_tables_that_somebody_holds_are_left_as_they_are_and_it_is_said(
    request: pytest.FixtureRequest, later: Path
) -> None:
    engine = open_database(request.getfixturevalue("cluster").new_database())
    migrate(engine)
    with engine.connect() as reader:
        reader.execute(sa.text("LOCK TABLE contact IN ACCESS SHARE MODE"))
        with pytest.raises(TablesInUse):
            migrate(engine, versions=later)
        assert revision_of(engine) == HEAD
    migrate(engine, versions=later)
    assert revision_of(engine) == LATER
    engine.dispose()


def test_a_program_older_than_its_database_says_so_and_touches_nothing(
    url: str, engine: sa.Engine, later: Path, tmp_path: Path
) -> None:
    migrate(engine, versions=later)
    settings = read_settings({"FILROUGE_DATABASE_URL": url, "FILROUGE_DATA_DIR": str(tmp_path)})
    with pytest.raises(NotSetUp, match=f"revision {LATER}"):
        open_store(settings)
    assert revision_of(engine) == LATER


def test_every_revision_after_the_first_only_adds(tmp_path: Path) -> None:
    assert _taken_away(tmp_path / "shipped", VERSIONS) == []
    # The control: one that takes something away is seen.
    dropping = _LATER.replace('op.create_table("moon"', 'op.drop_table("sitting"); op.create_table("moon"')
    assert _taken_away(tmp_path / "dropping", _versions(tmp_path, later=dropping)) == ["sitting"]


def _taken_away(folder: Path, versions: Path) -> list[str]:
    """What of one revision is missing in the next, going through all of them."""
    folder.mkdir()
    known: set[str] = set()
    missing: set[str] = set()
    revisions = sorted(path for path in versions.glob("0*.py"))
    for count in range(1, len(revisions) + 1):
        here = folder / str(count)
        here.mkdir()
        for path in revisions[:count]:
            shutil.copy(path, here)
        engine = open_database(f"sqlite:///{here / 'x.db'}")
        migrate(engine, versions=here)
        looked = sa.inspect(engine)
        names = set(looked.get_table_names())
        columns = {f"{name}.{each['name']}" for name in names for each in looked.get_columns(name)}
        found = names | columns
        missing |= {one for one in known - found if one.partition(".")[0] in names or "." not in one}
        known = found
        engine.dispose()
    assert migrations.HEAD in {path.stem[:4] for path in revisions}
    return sorted(missing)
