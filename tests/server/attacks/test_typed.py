"""Whatever is typed on the server and changes something is on record with who typed it and where."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.ids import derived_id
from app.domain.words import Role
from app.store import tables
from app.store.account_tables import account
from app.store.engine import open_database, writing
from app.store.held import Held
from app.store.held import keep as keep_held
from app.store.migrations import migrate
from sync.server import __main__ as program
from sync.server.auth.accounts import Account, put_account
from sync.server.auth.desks import enrol
from sync.server.bootstrap.house import set_house_words
from sync.server.bootstrap.typist import AT_THE_SERVER, typed_at
from sync.server.bootstrap.voicemail_keys import VoicemailKeys
from sync.server.bootstrap.voicemails import KEY_NAME
from tests.support.scene import MARTINE, MORNING, Scene

WHY = "Demande écrite du 20 novembre"
HELD = derived_id("held", "one")
DIRECTORY = "type;nom;detail;service;poste;dect;mobile\npersonne;LAMBERT Hugo;;orthopedie;4001;;\n"
DESK = "DESK"
"""Stands for the desk that was enrolled."""
ONCE = "serve"
"""Types nothing: it goes on until it is stopped, and what it does has authors of its own."""
WRITING: dict[str, tuple[str, ...]] = {
    "migrate": ("--establishment", "saint-aurelien", "--name", "CH"),
    "demo-data": ("--persons", "20"),
    "import": ("annuaire.csv",),
    "hours": ("orthopedie", "1-5 08:00-12:00"),
    "place": ("--zone", "Indian/Reunion", "--holidays", "la-reunion"),
    "naming": (),
    "notice": ("orthopedie", "IRM", "--until", "2099-11-24T18:00"),
    "user add": ("a.new", "--name", "Anne New", "--role", "nurse"),
    "user disable": ("c.morvan",),
    "token add": ("c.morvan",),
    "token revoke": ("c.morvan",),
    "desk rekey": (DESK,),
    "desk revoke": (DESK,),
    "desk readmit": (DESK,),
    "held run": (HELD,),
    "held discard": (HELD,),
    "access list": (),
    "journal show": (),
    "person accesses": (MARTINE,),
    "person export": (MARTINE, "--reason", WHY),
    "person rectify": (MARTINE, "--set", "postcode=76000", "--reason", WHY),
    "person erase": (MARTINE, "--ground", "request"),
    "person oppose": (MARTINE, "--reason", WHY),
    "legal-form": ("private",),
    "backup": ("saved.tar",),
    "restore": ("--in-place",),
    "retention": (),
    "keys rotate voicemail": (),
    "keys rotate numbers": (),
}
"""What changes something, or hands it over, by what is typed of it."""
READING: dict[str, tuple[str, ...]] = {
    "user list": (),
    "desk list": (),
    "held list": (),
    "journal verify": (),
    "check": (),
    "rights": (),
    "registre": (),
    "retention": ("--dry-run",),
}


def _typable(parser: Any, before: str = "") -> Iterator[str]:
    """Every command of a parser, by the words that are typed."""
    every = (each.choices for each in parser._actions)  # noqa: SLF001
    deeper = [cast("dict[str, Any]", choices) for choices in every if isinstance(choices, dict)]
    if not deeper:
        yield before
    for choices in deeper:
        for name, inner in choices.items():
            yield from _typable(inner, f"{before} {name}".strip())


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server's directory with one of each thing that can be settled, and where things are typed."""
    engine = open_database(_url(tmp_path))
    migrate(engine)
    establishment = Scene(engine).establishment
    clerk = Account(login="c.morvan", name="Claire Morvan", role=Role.RECEPTIONIST, services=(), extension="")
    kept = Held(
        command_id=HELD,
        command_kind="NoteContact",
        reason="author_disabled",
        author="c.morvan",
        desk="d",
        received_at=MORNING,
        message=msgspec.json.encode({"id": HELD, "kind": "NoteContact"}),
    )
    key = VoicemailKeys(tmp_path).make_first()
    with writing(engine) as connection:
        put_account(connection, establishment, clerk, password="a password")
        desk = enrol(connection, establishment, "c.morvan", now=MORNING).partition(".")[0]
        keep_held(connection, establishment, kept)
        set_house_words(connection, establishment, **{KEY_NAME: key.name})
    engine.dispose()
    (tmp_path / "desk").write_text(desk)
    (tmp_path / "annuaire.csv").write_text(DIRECTORY, "utf-8")
    monkeypatch.setenv("FILROUGE_DATABASE_URL", _url(tmp_path))
    monkeypatch.setenv("FILROUGE_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(program, "set_up_logs", str)
    return tmp_path


def _url(home: Path) -> str:
    return f"sqlite:///{home / 'filrouge.db'}"


def _type(home: Path, command: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Type it once, for good."""
    monkeypatch.setattr("sys.stdin", io.StringIO("a password\n"))
    named = ((home / "desk").read_text() if one == DESK else one for one in arguments)
    assert program.main([*command.split(), *named]) == 0


def _rows(home: Path, chosen: sa.Select[*tuple[object, ...]]) -> list[sa.Row[*tuple[object, ...]]]:
    engine = open_database(_url(home))
    with engine.connect() as connection:
        rows = list(connection.execute(chosen))
    engine.dispose()
    return rows


def _entries(home: Path) -> set[tuple[object, ...]]:
    journal = tables.journal.c
    chosen = sa.select(journal.command_id, journal.author, journal.desk, journal.refusal)
    return {tuple(row) for row in _rows(home, chosen)}


def test_each_command_that_can_be_typed_is_known_here_to_write_or_to_read() -> None:
    assert set(_typable(program.make_parser())) == {*WRITING, *READING, ONCE}


@pytest.mark.parametrize("command", WRITING)
def test_what_is_typed_and_writes_is_on_record_with_who_typed_it_where(
    command: str, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if command == "demo-data":
        (house / "filrouge.db").unlink()
    before: set[tuple[object, ...]] = set() if command == "demo-data" else _entries(house)
    if command == "desk readmit":
        _type(house, "desk revoke", (DESK,), monkeypatch)
        before = _entries(house)
    _type(house, command, WRITING[command], monkeypatch)
    left = [entry[1:] for entry in _entries(house) - before if entry[2] == typed_at()]
    assert left
    assert {entry[2] for entry in left} == {""} or command.startswith("held")


@pytest.mark.parametrize("command", READING)
def test_what_is_typed_and_reads_changes_nothing(
    command: str, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _entries(house)
    _type(house, command, READING[command], monkeypatch)
    assert _entries(house) == before


def test_what_could_not_be_done_leaves_no_entry_of_its_being_done(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _entries(house)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    for typed in (
        ("user", "disable", "nobody"),
        ("token", "add", "nobody"),
        ("desk", "revoke", "nowhere"),
        ("desk", "readmit", "nowhere"),
    ):
        assert program.main([*typed]) == 1
    assert _entries(house) == before


def test_an_act_and_its_entry_are_kept_together_or_not_at_all(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("app.store.journal.append", refuse)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert program.main(["user", "disable", "c.morvan"]) == 1
    assert program.main(["token", "revoke", "c.morvan"]) == 1
    states = _rows(house, sa.select(account.c.state))
    assert {row[0] for row in states} == {"active"}
    assert AT_THE_SERVER not in {entry[1] for entry in _entries(house)}
