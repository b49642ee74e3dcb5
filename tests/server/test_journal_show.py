"""Who did what, when and from where is read by who answers for the house, and that reading is on record."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.clock import MachineClock
from app.dispatch import run_commands
from app.domain.commands import AnyCommand, OpenPerson
from app.store import access_log, journal, tables
from app.store.engine import open_database
from app.store.migrations import migrate
from sync.server import __main__ as program
from sync.server.bootstrap.typist import AT_THE_SERVER
from tests.support.scene import MARTINE, Scene

HERE, THERE = "192.0.2.9", "198.51.100.4"
WHY = "Demande écrite du 20 novembre"


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Two who opened records from two places, and one who was refused."""
    url = f"sqlite:///{tmp_path / 'filrouge.db'}"
    for name, value in {"DATABASE_URL": url, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(f"FILROUGE_{name}", value)
    monkeypatch.setattr(program, "set_up_logs", str)
    engine = open_database(url)
    migrate(engine)
    scene = Scene(engine)
    _ask(scene, OpenPerson(person=MARTINE, reason="rappel"), "c.morvan", HERE)
    _ask(scene, OpenPerson(person=MARTINE, reason="rendez-vous"), "s.haddad", THERE)
    _ask(scene, OpenPerson(person="nobody", reason="rappel"), "s.haddad", THERE)
    return scene


def _ask(scene: Scene, body: AnyCommand, author: str, address: str) -> None:
    envelope, clock = scene.envelope(body, author=author), MachineClock()
    run_commands(scene.engine, scene.establishment, [envelope], desk="desk", clock=clock, address=address)


def _shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert program.main(["journal", "show", "--json", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((), ["s.haddad", "s.haddad", "c.morvan"]),
        (("--most", "1"), ["s.haddad"]),
        (("--author", "c.morvan"), ["c.morvan"]),
        (("--address", THERE), ["s.haddad", "s.haddad"]),
        (("--address", THERE, "--refused"), ["s.haddad"]),
        (("--kind", "ErasePerson"), []),
        (("--until", "2000-01-01"), []),
        (("--since", "2999-01-01T08:00"), []),
        (("--person", MARTINE, "--reason", WHY), ["s.haddad", "c.morvan"]),
    ],
)
@pytest.mark.usefixtures("scene")
def test_entries_are_listed_the_last_first_and_narrowed(
    capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], found: list[str]
) -> None:
    rows = _shown(capsys, *asked)
    assert [row["author"] for row in rows] == found


@pytest.mark.usefixtures("scene")
def test_an_entry_says_who_when_and_from_where_and_nothing_of_what_was_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (row,) = _shown(capsys, "--author", "c.morvan")
    assert (row["author"], row["command_kind"], row["address"]) == ("c.morvan", "OpenPerson", HERE)
    assert set(row) == {
        *("position", "at", "author", "desk", "command_kind", "refusal", "field", "address"),
    }
    assert program.main(["journal", "show", "--author", "c.morvan"]) == 0
    told = capsys.readouterr().out
    assert HERE in told
    assert "rappel" not in told


def test_a_page_of_entries_is_followed_by_the_next(
    scene: Scene, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.queries.journal_entries._PAGE", 2)
    with scene.engine.connect() as connection:
        last = journal.head(connection, scene.establishment).position
    assert [row["position"] for row in _shown(capsys)] == list(range(last, 0, -1))


def test_what_was_read_of_a_person_is_on_record_for_that_person(
    scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = len(_shown(capsys, "--person", MARTINE, "--reason", WHY))
    row = scene.get(tables.access_log, act=access_log.JOURNAL_READ)
    assert (row.author, row.person, row.reason, row.shown) == (AT_THE_SERVER, MARTINE, WHY, shown)
    typed = scene.get(tables.journal, command_kind="journal show")
    assert typed.field == MARTINE


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ("--person", MARTINE),
            "`--reason` must say why a person's entries are read, in ten letters or more.\n",
        ),
        (("--person", "nobody", "--reason", WHY), "There is no person nobody.\n"),
    ],
)
def test_a_person_s_entries_are_read_for_a_reason_and_of_somebody_known(
    scene: Scene, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    assert program.main(["journal", "show", *asked]) == 1
    assert capsys.readouterr().err == said
    assert scene.count(tables.access_log, act=access_log.JOURNAL_READ) == 0


def test_an_address_that_was_let_go_of_is_empty(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    with scene.engine.begin() as connection:
        connection.execute(sa.delete(tables.journal_address))
    assert {row["address"] for row in _shown(capsys)} == {""}
