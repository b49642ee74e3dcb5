"""Commands that share a transaction: each is whole or refused by itself, whatever the others do."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.dispatch import FAILED, Asked, Settled, run_commands
from app.domain.commands import CommandEnvelope, LogMotive, NoteContact, Promise
from app.domain.words import Channel, Outcome
from app.store import journal, tables
from app.store.engine import create_server_tables, open_database, savepoint
from app.store.journal import Head
from app.store.rows import Rows
from tests.support.scene import MORNING, Scene

UNWRITABLE = "\ud800"
"""Half a character: no database takes it, which only shows when the row is written."""


def _note(scene: Scene, *, service: str = "orthopedie", text: str = "bonjour") -> CommandEnvelope:
    note = NoteContact(
        contact=scene.new_id(), channel=Channel.DESK, service=service, text=text, happened_at=MORNING
    )
    return scene.envelope(note)


def _broken_half_way(scene: Scene, contact: str) -> CommandEnvelope:
    """Its first fact is written, its second can't be."""
    promise = Promise(commitment=scene.new_id(), due_at=MORNING, owner=UNWRITABLE)
    log = LogMotive(
        contact=contact, motive="11", outcome=Outcome.FOLLOW_UP, service="orthopedie", commitment=promise
    )
    return scene.envelope(log)


def _run(scene: Scene, *asked: Asked) -> list[Settled]:
    return run_commands(scene.engine, scene.establishment, asked, desk="c.morvan", clock=scene.clock)


def _head(scene: Scene) -> Head:
    with scene.engine.connect() as connection:
        assert journal.verify(connection, scene.establishment) is None
        return journal.head(connection, scene.establishment)


def test_a_group_leaves_what_its_commands_leave_one_by_one(scene: Scene) -> None:
    contact = scene.ring()
    group = [_note(scene), _note(scene, service="nowhere"), _note(scene)]
    settled = _run(scene, *group)
    assert [one.position for one in settled] == [3, 4, 5]
    assert [one.refusal for one in settled] == ["", "unknown_service", ""]
    assert [scene.entry(one).command_id for one in settled] == [one.id for one in group]
    assert [len(scene.facts(one)) for one in settled] == [1, 0, 1]
    assert (_head(scene).position, scene.find(tables.contact, id=contact) is not None) == (5, True)


def test_a_command_that_fails_half_way_leaves_its_refusal_and_nothing_else(scene: Scene) -> None:
    contact = scene.ring()
    before, after = _note(scene), _note(scene)
    settled = _run(scene, before, _broken_half_way(scene, contact), after)
    assert [one.refusal for one in settled] == ["", FAILED, ""]
    failed = scene.entry(settled[1])
    assert (failed.refusal, failed.command_kind, failed.facts) == (FAILED, "LogMotive", ())
    assert scene.get(tables.contact, id=contact).motive == ""
    assert scene.count(tables.commitment) == 0
    assert scene.count(tables.contact) == 3
    assert _head(scene).position == settled[2].position == 5


def test_a_fact_that_cannot_be_written_down_is_a_refusal_too(scene: Scene) -> None:
    (settled,) = _run(scene, _note(scene, text=UNWRITABLE))
    assert (settled.refusal, settled.position) == (FAILED, 1)
    assert scene.count(tables.contact) == 0


def test_a_command_that_failed_is_not_run_again(scene: Scene) -> None:
    broken = _note(scene, text=UNWRITABLE)
    first, again = (_run(scene, broken)[0] for _ in range(2))
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.position, again.refusal) == (first.position, FAILED)
    assert scene.count(tables.journal) == 1


@pytest.mark.parametrize("text", ["bonjour", UNWRITABLE])
def test_the_same_command_twice_in_a_group_is_run_once(scene: Scene, text: str) -> None:
    sent = _note(scene, text=text)
    first, again = _run(scene, sent, sent)
    assert (first.is_new, again.is_new) == (True, False)
    assert (first.position, first.refusal) == (again.position, again.refusal)
    assert scene.count(tables.journal) == 1


def test_later_commands_of_a_group_see_what_earlier_ones_did(scene: Scene) -> None:
    note = _note(scene)
    assert isinstance(note.body, NoteContact)
    log = LogMotive(contact=note.body.contact, motive="11", outcome=Outcome.DEALT_WITH, service="orthopedie")
    settled = _run(scene, note, scene.envelope(log))
    assert [one.refusal for one in settled] == ["", ""]
    assert scene.get(tables.contact, id=note.body.contact).motive == "11"


def test_a_database_at_fault_is_no_refusal_and_nothing_was_run(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'full.db'}")
    create_server_tables(engine)
    scene = Scene(engine)
    group = [_note(scene, text="x" * 4000) for _ in range(200)]
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(Exception, match="full"):
        _run(scene, *group)
    assert scene.count(tables.journal) == 0
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert [one.refusal for one in _run(scene, *group)] == [""] * 200
    engine.dispose()


@pytest.mark.parametrize(("attempt", "left"), [(savepoint, 0), (nullcontext, 1)])
def test_without_a_savepoint_half_a_command_would_stay(
    scene: Scene, attempt: Callable[[sa.Connection], AbstractContextManager[None]], left: int
) -> None:
    """With its negative control."""
    with scene.engine.begin() as connection:
        rows = Rows(connection, scene.establishment, position=1)
        with suppress(ZeroDivisionError), attempt(connection):
            rows.put(tables.contact, id=scene.new_id())
            raise ZeroDivisionError
        rows.put(tables.superseded, old="a", new="b")
    assert scene.count(tables.contact) == left
    assert scene.count(tables.superseded) == 1
