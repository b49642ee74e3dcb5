"""Who holds the database can cut a chain or write it again whole: what was kept elsewhere shows it."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import NoteContact, OpenPerson
from app.domain.words import Channel, Role
from app.store import access_log, journal, tables
from app.store.engine import open_database, writing
from app.store.migrations import migrate
from sync.server.auth.accounts import Account, put_account
from sync.server.bootstrap.journal_checks import Anchor, fault_since, take_anchor
from sync.server.bootstrap.typist import AT_THE_SERVER, typed_at
from tests.server.serving import Served, run_program, serving
from tests.support.scene import MARTINE, MARTINES_NUMBER, MORNING, QUEUE, Scene

_CLERK = Account(login="c.morvan", name="Claire Morvan", role=Role.RECEPTIONIST, services=(), extension="")
Forgery = Callable[[sa.Connection, str], object]
CHAINS: dict[str, tuple[sa.Table, str]] = {
    "entries": (tables.journal, "author"),
    "reads": (tables.access_log, "reason"),
}


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A journal of six entries, three of which are reads."""
    laid = Scene(engine)
    for _ in range(3):
        _live(laid)
    return laid


def _live(scene: Scene, *, reason: str = "rappel") -> None:
    note = NoteContact(
        contact=scene.new_id(),
        channel=Channel.DESK,
        service="orthopedie",
        person=MARTINE,
        happened_at=MORNING,
    )
    scene.run(note)
    scene.run(OpenPerson(person=MARTINE, reason=reason))


def _anchor(scene: Scene) -> Anchor:
    with scene.engine.connect() as connection:
        return take_anchor(connection, scene.establishment)


def _found_by_the_chains(scene: Scene) -> list[object]:
    with scene.engine.connect() as connection:
        chains = (journal.verify, access_log.verify)
        return [fault for chain in chains if (fault := chain(connection, scene.establishment))]


def _found_by_the_anchor(scene: Scene, anchor: Anchor) -> str:
    with scene.engine.connect() as connection:
        return fault_since(connection, scene.establishment, anchor)


def _cut(table: sa.Table, *, last: int) -> Forgery:
    """Whatever came after goes, and leaves a chain that is right."""

    def forge(connection: sa.Connection, establishment: str) -> object:
        after = (table.c.establishment == establishment) & (table.c.position > last)
        return connection.execute(sa.delete(table).where(after))

    return forge


def _write_again(table: sa.Table, column: str, *, first: int) -> Forgery:
    """One row says something else, and every hash from there on is made anew: the chain is right."""

    def forge(connection: sa.Connection, establishment: str) -> None:
        chosen = sa.select(table).filter_by(establishment=establishment).order_by(table.c.position)
        previous = ""
        for row in connection.execute(chosen).mappings().all():
            header: dict[str, Any] = {name: row[name] for name in sorted(map(str, row)) if name != "hash"}
            if row["position"] >= first:
                header["previous"] = previous
            if row["position"] == first:
                header[column] = "somebody else"
            previous = hashlib.sha256(msgspec.json.encode(header)).hexdigest()
            key = {"establishment": establishment, "position": row["position"]}
            forged = header | {"hash": previous}
            connection.execute(sa.update(table).filter_by(**key).values(**forged))

    return forge


def _spoil(scene: Scene, forge: Forgery) -> None:
    with writing(scene.engine) as connection:
        forge(connection, scene.establishment)


@pytest.mark.parametrize("what", CHAINS)
def test_an_end_that_was_cut_off_is_named_by_what_was_kept_elsewhere(scene: Scene, what: str) -> None:
    anchor, (table, _) = _anchor(scene), CHAINS[what]
    at = getattr(anchor, what).position
    _spoil(scene, _cut(table, last=at - 2))
    assert _found_by_the_chains(scene) == []
    gone = f"The {what} from {at - 1} to {at} are not there any more."
    assert _found_by_the_anchor(scene, anchor) == gone


@pytest.mark.parametrize("what", CHAINS)
def test_a_chain_that_was_written_again_is_named_by_what_was_kept_elsewhere(scene: Scene, what: str) -> None:
    anchor, (table, column) = _anchor(scene), CHAINS[what]
    _spoil(scene, _write_again(table, column, first=2))
    assert _found_by_the_chains(scene) == []
    assert f"The {what} up to" in _found_by_the_anchor(scene, anchor)


@pytest.mark.parametrize("what", CHAINS)
def test_an_end_that_was_replaced_by_another_is_named(scene: Scene, what: str) -> None:
    anchor, (table, _) = _anchor(scene), CHAINS[what]
    _spoil(scene, _cut(table, last=1))
    if table is tables.journal:
        _spoil(scene, _cut(tables.journal_body, last=1))
    for _ in range(3):
        _live(scene, reason="courrier")
    assert f"The {what} up to" in _found_by_the_anchor(scene, anchor)


def test_two_entries_that_changed_places_are_named_by_the_chain_itself(scene: Scene) -> None:
    def swap(connection: sa.Connection, establishment: str) -> None:
        for now, then in ((2, 99), (3, 2), (99, 3)):
            for table in (tables.journal, tables.journal_body):
                moved = sa.update(table).filter_by(establishment=establishment, position=now)
                connection.execute(moved.values(position=then))

    _spoil(scene, swap)
    with scene.engine.connect() as connection:
        fault = journal.verify(connection, scene.establishment)
    assert fault is not None
    assert fault.position == 2


def test_a_read_that_says_something_else_is_named_by_its_own_chain(scene: Scene) -> None:
    def alter(connection: sa.Connection, establishment: str) -> object:
        second = sa.update(tables.access_log).filter_by(establishment=establishment, position=2)
        return connection.execute(second.values(author="somebody"))

    _spoil(scene, alter)
    with scene.engine.connect() as connection:
        fault = access_log.verify(connection, scene.establishment)
    assert fault is not None
    assert fault.position == 2


def test_what_was_kept_elsewhere_accuses_nobody_of_what_followed(scene: Scene) -> None:
    # The control: the chains as they were, then as they grew, and from before there were any.
    anchor = _anchor(scene)
    assert _found_by_the_anchor(scene, anchor) == ""
    _live(scene)
    assert _found_by_the_anchor(scene, anchor) == ""
    assert _found_by_the_anchor(scene, Anchor(journal.Head(0, ""))) == ""
    assert _found_by_the_chains(scene) == []


def test_who_types_on_the_server_is_told_by_the_system_and_not_by_the_shell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = typed_at()
    assert re.fullmatch(rf"{AT_THE_SERVER}:[^@]+@.+", told)
    for name in ("USER", "LOGNAME", "LNAME", "USERNAME", "SUDO_USER", "HOSTNAME"):
        monkeypatch.setenv(name, "somebody-else")
    assert typed_at() == told


def test_the_journal_is_verified_and_its_first_altered_entry_named(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'filrouge.db'}")
    with serving(engine, tmp_path) as (_process, scene, url):
        served = Served(url, scene)
        for _ in range(3):
            served.play(act="arrive", number=MARTINES_NUMBER, queue=QUEUE)
    status, out, _ = run_program(tmp_path, "journal", "verify", "--json")
    told = json.loads(out)
    assert (status, told["entries"]) == (0, 3)
    assert run_program(tmp_path, "journal", "verify", "--anchor", told["anchor"])[0] == 0
    assert run_program(tmp_path, "journal", "verify", "--anchor", f"3.{told['head']}")[0] == 0
    status, _, err = run_program(tmp_path, "journal", "verify", "--anchor", f"5.{'0' * 64}")
    assert (status, err) == (1, "The entries from 4 to 5 are not there any more.\n")
    assert run_program(tmp_path, "journal", "verify", "--anchor", "5")[0] == 2
    with engine.begin() as connection:
        connection.execute(sa.update(tables.journal).filter_by(position=2).values(author="somebody"))
    engine.dispose()
    status, out, err = run_program(tmp_path, "journal", "verify")
    assert (status, out, err) == (1, "", "Entry 2 is not what it was: its header was altered.\n")


def test_what_is_typed_is_on_record_with_who_typed_it_and_where(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'filrouge.db'}")
    migrate(engine)
    scene = Scene(engine)
    assert run_program(tmp_path, "hours", "orthopedie", "1-5 08:00-12:00")[0] == 0
    kept = scene.get(tables.journal, position=1)
    assert (kept.author, kept.desk) == (AT_THE_SERVER, typed_at())
    engine.dispose()


def test_a_token_given_or_taken_back_is_on_record_and_an_altered_author_shows(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'filrouge.db'}")
    migrate(engine)
    scene = Scene(engine)
    with writing(engine) as connection:
        put_account(connection, scene.establishment, _CLERK, password="a password")
    for action in ("add", "revoke"):
        assert run_program(tmp_path, "token", action, _CLERK.login)[0] == 0
    kept = [scene.get(tables.journal, position=position) for position in (1, 2)]
    assert [(row.command_kind, row.field) for row in kept] == [
        ("token add", _CLERK.login),
        ("token revoke", _CLERK.login),
    ]
    assert {row.desk for row in kept} == {typed_at()}
    assert run_program(tmp_path, "journal", "verify")[0] == 0
    with writing(engine) as connection:
        connection.execute(sa.update(tables.journal).filter_by(position=2).values(desk="elsewhere"))
    engine.dispose()
    assert run_program(tmp_path, "journal", "verify")[0] == 1
