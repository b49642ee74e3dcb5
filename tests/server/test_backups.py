"""What is saved is whole and private, and what is made of it again is what was saved."""

import gzip
import json
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from app.clock import MachineClock, TimeOrderedMint
from app.domain.commands import ErasePerson, NoteContact
from app.domain.words import Channel, ErasureGround, Role
from app.store import tables
from app.store.account_tables import account, desk
from app.store.engine import open_database, writing
from app.store.erasure_register import ErasureRegister, declared_erasures
from app.store.migrations import migrate
from app.store.reading import read_house_words
from sync.server.auth.accounts import DISABLED, Account, disable_account, put_account, revoke
from sync.server.auth.desks import enrol, readmit_desk, revoke_desk
from sync.server.auth.tokens import MACHINE, find_signed_in, issue
from sync.server.bootstrap.backups.archive import ABOUT, DATABASE, About, pack
from sync.server.bootstrap.telling import Failed
from sync.server.feed.counts import Counts
from sync.server.feed.intake import Intake
from sync.server.feed.tail import Tail
from sync.server.jobs.erasures import Erasures
from tests.server.serving import ROOT
from tests.support.backups import Installation
from tests.support.postgres import Cluster
from tests.support.scene import MARTINE, MORNING, PAUL, Scene
from tests.support.stores import EACH_DATABASE

GROUND = next(iter(ErasureGround))
MakeUrl = Callable[[], str]


both = pytest.mark.parametrize("make_url", EACH_DATABASE, indirect=True)


@pytest.fixture
def make_url(request: pytest.FixtureRequest, tmp_path: Path) -> MakeUrl:
    """Fresh databases of one kind: files, where a test does not ask for both."""
    if getattr(request, "param", "sqlite") == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        return cluster.new_database
    return lambda: f"sqlite:///{tmp_path / TimeOrderedMint().new_id()}.db"


@pytest.fixture
def here(make_url: MakeUrl, tmp_path: Path) -> Installation:
    """The installation that is saved."""
    return Installation(make_url(), tmp_path / "here")


@pytest.fixture
def there(make_url: MakeUrl, tmp_path: Path) -> Installation:
    """One on another machine, with an empty database."""
    return Installation(make_url(), tmp_path / "there")


@pytest.fixture
def scene(here: Installation) -> Iterator[Scene]:
    """A small hospital in the first."""
    engine = open_database(here.url)
    migrate(engine)
    yield Scene(engine)
    engine.dispose()


def _note(scene: Scene, text: str = "Passage à l’accueil") -> NoteContact:
    return NoteContact(
        contact=scene.new_id(),
        channel=Channel.DESK,
        service="orthopedie",
        text=text,
        happened_at=MORNING,
        person=MARTINE,
    )


def _read(installation: Installation, statement: sa.Executable) -> list[Any]:
    engine = open_database(installation.url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(statement)]
    engine.dispose()
    return rows


def _is_empty(installation: Installation) -> bool:
    engine = open_database(installation.url)
    try:
        return not sa.inspect(engine).has_table("journal")
    finally:
        engine.dispose()


def _epoch(installation: Installation, establishment: str) -> str:
    engine = open_database(installation.url)
    with engine.connect() as connection:
        words = read_house_words(connection, establishment)
    engine.dispose()
    return words["epoch"]


_ENTRIES = sa.select(tables.journal.c.position, tables.journal.c.hash).order_by(tables.journal.c.position)
_NOTES = sa.select(tables.contact.c.id).where(tables.contact.c.channel == Channel.DESK)
_NOTED = sa.select(tables.journal.c.position).where(tables.journal.c.command_kind == "NoteContact")


@both
def test_what_is_saved_while_others_write_is_one_moment_and_begins_another_life(
    scene: Scene, here: Installation, there: Installation, tmp_path: Path
) -> None:
    is_enough, began = threading.Event(), threading.Event()

    def write() -> None:
        while not is_enough.is_set():
            scene.run(_note(scene))
            began.set()

    with ThreadPoolExecutor(2) as writers:
        writing_now = [writers.submit(write) for _ in range(2)]
        try:
            assert began.wait(20)
            saved = here.back_up(tmp_path / "saved")
        finally:
            is_enough.set()
        for one in writing_now:
            one.result()
    scene.run(_note(scene))
    assert saved.stat().st_mode & 0o777 == 0o600
    there.restore(saved)
    # What follows what was saved is the entry of who restored it.
    *before, _ = _read(there, _ENTRIES)
    after = _read(here, _ENTRIES)
    assert 0 < len(before) < len(after)
    assert after[: len(before)] == before
    assert len(_read(there, _NOTES)) == len(_read(there, _NOTED))
    assert _epoch(there, scene.establishment) != _epoch(here, scene.establishment) == "epoch-1"
    assert [path.name for path in tmp_path.glob(".filrouge-*")] == []


def test_a_file_that_exists_is_never_overwritten_unasked(
    scene: Scene, here: Installation, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    saved.write_text("a letter", "utf-8")
    with pytest.raises(Failed, match="exists already"):
        here.back_up(saved)
    assert saved.read_text("utf-8") == "a letter"
    scene.run(_note(scene))
    here.back_up(saved, "--force")
    scene.engine.dispose()
    here.restore(saved, "--replace")
    assert len(_read(here, _NOTES)) == 1


@both
def test_a_database_in_use_or_that_holds_something_is_not_replaced_unasked(
    scene: Scene, here: Installation, tmp_path: Path
) -> None:
    saved = here.back_up(tmp_path / "saved")
    scene.run(_note(scene))
    with scene.engine.connect() as connection:
        connection.execute(_NOTES)
        with pytest.raises(Failed, match="in use"):
            here.restore(saved, "--replace")
    scene.engine.dispose()
    with pytest.raises(Failed, match="not empty"):
        here.restore(saved)
    assert len(_read(here, _NOTES)) == 1
    here.restore(saved, "--replace")
    assert _read(here, _NOTES) == []


def test_a_journal_that_was_altered_is_not_saved(scene: Scene, here: Installation, tmp_path: Path) -> None:
    position = scene.run(_note(scene)).position
    with writing(scene.engine) as connection:
        connection.execute(sa.update(tables.journal).values(author="somebody"))
    with pytest.raises(Failed, match=f"entry {position} is not what it was"):
        here.back_up(tmp_path / "saved")
    assert not (tmp_path / "saved").exists()


def test_a_file_that_is_not_whole_is_refused_and_nothing_is_touched(
    scene: Scene, here: Installation, there: Installation, tmp_path: Path
) -> None:
    whole = here.back_up(tmp_path / "saved").read_bytes()
    bad = tmp_path / "bad"
    flipped = bytearray(gzip.decompress(whole))
    flipped[len(flipped) // 2] ^= 1
    wrong = {"cut": whole[:-9], "empty": b"", "other": b"a letter", "flipped": gzip.compress(flipped, 1)}
    for name, body in wrong.items():
        bad.write_bytes(body)
        with pytest.raises(Failed, match="backup"):
            there.restore(bad)
        assert _is_empty(there), name
    del scene


def test_a_backup_that_this_version_cannot_read_says_why(
    scene: Scene, here: Installation, there: Installation, tmp_path: Path
) -> None:
    saved = here.back_up(tmp_path / "saved")
    with gzip.open(saved) as packed, tarfile.open(fileobj=packed) as tar:
        for name in (DATABASE, ABOUT):
            member = tar.extractfile(name)
            assert member is not None
            (tmp_path / name).write_bytes(member.read())
    database = tmp_path / DATABASE
    about = msgspec.json.decode((tmp_path / ABOUT).read_bytes(), type=About)
    other = "sqlite" if about.database == "postgresql" else "postgresql"
    for wrong, why in {
        msgspec.structs.replace(about, revision="0999"): "newer version",
        msgspec.structs.replace(about, format=2): "newer version",
        msgspec.structs.replace(about, database=other): f"of {other}",
        msgspec.structs.replace(about, digest="0" * 64): "not what was saved",
    }.items():
        with saved.open("wb") as file:
            pack(file, wrong, {DATABASE: database})
        with pytest.raises(Failed, match=why):
            there.restore(saved)
    with saved.open("wb") as file:
        pack(file, about, {DATABASE: database, "../elsewhere": database})
    with pytest.raises(Failed, match="no place"):
        there.restore(saved)
    assert not (tmp_path / "elsewhere").exists()
    assert _is_empty(there)
    del scene


def test_the_lines_settings_go_with_the_database_and_replace_none(
    scene: Scene, here: Installation, there: Installation, tmp_path: Path
) -> None:
    (here.folder / "connectors.toml").write_text("# ours", "utf-8")
    saved = here.back_up(tmp_path / "saved")
    there.restore(saved)
    put_back = there.folder / "connectors.toml"
    assert put_back.read_text("utf-8") == "# ours"
    assert put_back.stat().st_mode & 0o777 == 0o600
    put_back.write_text("# theirs", "utf-8")
    there.restore(saved, "--replace")
    assert put_back.read_text("utf-8") == "# theirs"
    del scene


@both
def test_who_was_erased_after_the_backup_is_erased_again(
    scene: Scene, here: Installation, tmp_path: Path
) -> None:
    saved = here.back_up(tmp_path / "saved")
    scene.run(ErasePerson(person=MARTINE, ground=GROUND))
    scene.engine.dispose()
    here.restore(saved, "--replace")
    persons = {person for (person,) in _read(here, sa.select(tables.person.c.id))}
    assert MARTINE not in persons
    assert PAUL in persons
    assert MARTINE in (here.folder / "erased.jsonl").read_text("utf-8")


def test_without_the_register_the_erased_would_come_back(
    scene: Scene, here: Installation, there: Installation, tmp_path: Path
) -> None:
    saved = here.back_up(tmp_path / "saved")
    scene.run(ErasePerson(person=MARTINE, ground=GROUND))
    there.restore(saved)
    assert (MARTINE,) in _read(there, sa.select(tables.person.c.id))


@both
def test_who_was_let_out_after_the_backup_stays_out(scene: Scene, here: Installation, tmp_path: Path) -> None:
    house, now = scene.establishment, MachineClock().now()
    with writing(scene.engine) as connection:
        for login in ("kept", "closed"):
            who = Account(login=login, name=login, role=Role.SECRETARY, services=(), extension="")
            put_account(connection, house, who, password="a password")
        lost, found = (enrol(connection, house, "kept", now=now).partition(".")[0] for _ in range(2))
        ends = now + timedelta(days=1)
        program = issue(connection, house, "kept", use=MACHINE, expires_at=ends)
        other = issue(connection, house, "closed", use=MACHINE, expires_at=ends)
        revoke_desk(connection, house, found, now=now)
    saved = here.back_up(tmp_path / "saved")
    with writing(scene.engine) as connection:
        disable_account(connection, house, "closed")
        revoke_desk(connection, house, lost, now=now)
        readmit_desk(connection, house, found)
        revoke(connection, house, "kept")
    here.remember()
    scene.engine.dispose()
    here.restore(saved, "--replace")
    assert _read(here, sa.select(account.c.login).where(account.c.state == DISABLED)) == [("closed",)]
    assert {one for (one,) in _read(here, sa.select(desk.c.id).where(desk.c.revoked_at.is_not(None)))} == {
        lost,
        found,
    }
    engine = open_database(here.url)
    with engine.connect() as connection:
        assert [find_signed_in(connection, house, one, now=now) for one in (program, other)] == [None, None]
    engine.dispose()


def test_without_that_register_they_would_come_in_again(
    scene: Scene, here: Installation, there: Installation, tmp_path: Path
) -> None:
    with writing(scene.engine) as connection:
        lost = enrol(connection, scene.establishment, "kept", now=MORNING).partition(".")[0]
    saved = here.back_up(tmp_path / "saved")
    with writing(scene.engine) as connection:
        revoke_desk(connection, scene.establishment, lost, now=MORNING)
    there.restore(saved)
    assert _read(there, sa.select(desk.c.revoked_at)) == [(None,)]


def test_a_database_put_back_by_other_means_begins_again_in_its_place(
    scene: Scene, here: Installation
) -> None:
    with scene.engine.connect() as connection:
        (row,) = connection.execute(sa.select(tables.person).filter_by(id=MARTINE)).mappings()
    scene.run(ErasePerson(person=MARTINE, ground=GROUND))
    here.remember()
    with writing(scene.engine) as connection:
        connection.execute(sa.insert(tables.person), dict(row))
    scene.engine.dispose()
    here.restore(None, "--in-place")
    assert _epoch(here, scene.establishment) != "epoch-1"
    assert (MARTINE,) not in _read(here, sa.select(tables.person.c.id))


def test_what_is_streamed_is_restored_from_a_stream(
    scene: Scene, here: Installation, there: Installation
) -> None:
    scene.run(_note(scene))
    streamed = _typed(here, "backup", "-")
    assert b"1 entries, all as written, are saved." in streamed.stderr
    restored = _typed(there, "restore", "-", "--json", given=streamed.stdout)
    (told,) = json.loads(restored.stdout)["houses"]
    assert (told["establishment"], told["position"]) == (scene.establishment, 1)
    with pytest.raises(Failed, match="Name a backup"):
        there.restore(None)


def _typed(
    installation: Installation, *arguments: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """The program itself, as an administrator types it."""
    settings = {"FILROUGE_DATABASE_URL": installation.url, "FILROUGE_DATA_DIR": str(installation.folder)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FILROUGE_")}
    return subprocess.run(
        [sys.executable, "-m", "sync.server", *arguments],
        env=kept | settings,
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
        cwd=ROOT,
    )


@pytest.mark.postgres
def test_missing_programs_are_named(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Installation(request.getfixturevalue("cluster").new_database(), tmp_path / "here")
    engine = open_database(here.url)
    migrate(engine)
    engine.dispose()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Failed, match="`pg_dump` is missing: install"):
        here.back_up(tmp_path / "saved")


def test_nothing_to_save_is_a_sentence(here: Installation, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no database to save"):
        here.back_up(tmp_path / "saved")


def test_who_comes_back_while_the_server_runs_is_forgotten_again(scene: Scene, tmp_path: Path) -> None:
    register = ErasureRegister(tmp_path / "erased.jsonl")
    tail = Tail(lambda _after: [], head=0)
    intake = Intake(scene.engine, scene.establishment, tail, clock=scene.clock, counts=Counts())
    work = Erasures(
        scene.engine,
        scene.establishment,
        intake,
        register=register,
        clock=MachineClock(),
        mint=TimeOrderedMint(),
    )
    assert list(work()) == []
    scene.run(ErasePerson(person=MARTINE, ground=GROUND))
    assert list(work()) == []
    for _ in range(2):
        with writing(scene.engine) as connection:
            row = {"establishment": scene.establishment, "id": MARTINE, "birth_name": "DUBREUIL"}
            connection.execute(sa.insert(tables.person).values(row))
        assert list(work()) == [1]
        assert scene.find(tables.person, id=MARTINE) is None
    assert list(register.read(scene.establishment)) == [MARTINE]


def test_whom_time_alone_let_go_may_come_back(scene: Scene) -> None:
    scene.run(ErasePerson(person=MARTINE, ground=ErasureGround.RETENTION))
    scene.run(ErasePerson(person=PAUL, ground=ErasureGround.REQUEST))
    with scene.engine.connect() as connection:
        declared = declared_erasures(connection, scene.establishment)
    assert [one.person for one in declared] == [PAUL]


def test_a_line_cut_short_by_the_power_costs_no_other(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "erased.jsonl"
    register = ErasureRegister(path)
    scene.run(ErasePerson(person=MARTINE, ground=GROUND))
    with scene.engine.connect() as connection:
        register.add(declared_erasures(connection, scene.establishment))
    path.write_bytes(path.read_bytes() + b'{"establishment":"etab-1","per')
    scene.run(ErasePerson(person=PAUL, ground=GROUND))
    with scene.engine.connect() as connection:
        register.add(declared_erasures(connection, scene.establishment))
    assert set(register.read(scene.establishment)) == {MARTINE, PAUL}
    assert path.stat().st_mode & 0o777 == 0o600
