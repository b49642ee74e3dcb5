"""A database whose tables are not those of this version is at fault itself: no command is refused for it."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.dispatch import run_commands
from app.domain.commands import CommandEnvelope, NoteContact
from app.domain.words import Channel
from app.store import tables
from app.store.engine import is_of_database
from tests.support.scene import MORNING, Scene

MISSING = {
    "a table": ("ALTER TABLE timeline RENAME TO gone", "ALTER TABLE gone RENAME TO timeline"),
    "a column read": (
        "ALTER TABLE service RENAME COLUMN id TO gone",
        "ALTER TABLE service RENAME COLUMN gone TO id",
    ),
    "a column written": (
        "ALTER TABLE contact RENAME COLUMN body TO gone",
        "ALTER TABLE contact RENAME COLUMN gone TO body",
    ),
    "the journal": ("ALTER TABLE journal RENAME TO gone", "ALTER TABLE gone RENAME TO journal"),
}


@contextmanager
def lacking(engine: sa.Engine, what: str) -> Generator[None]:
    """The database without something, until it is put back."""
    away, back = MISSING[what]
    with engine.begin() as connection:
        connection.exec_driver_sql(away)
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(back)


def _note(scene: Scene) -> CommandEnvelope:
    return scene.envelope(
        NoteContact(
            contact=scene.new_id(),
            channel=Channel.DESK,
            service="orthopedie",
            person=scene.new_person("LEROY"),
            happened_at=MORNING,
        )
    )


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_is_the_database_s_fault_and_nothing_is_refused(scene: Scene, what: str) -> None:
    notes = [_note(scene), _note(scene)]
    with lacking(scene.engine, what), pytest.raises(DBAPIError) as fault:
        run_commands(scene.engine, scene.establishment, notes, desk="c.morvan", clock=scene.clock)
    assert is_of_database(scene.engine.dialect, fault.value)
    assert scene.count(tables.journal) == 0
    settled = run_commands(scene.engine, scene.establishment, notes, desk="c.morvan", clock=scene.clock)
    assert [one.refusal for one in settled] == ["", ""]


@pytest.mark.parametrize(
    "text", ["SELECT 'a' +", "SELECT unheard_of(1)", "INSERT INTO lease (name) VALUES (NULL)"]
)
def test_what_is_wrongly_asked_is_no_fault_of_the_database(scene: Scene, text: str) -> None:
    with scene.engine.connect() as connection, pytest.raises(DBAPIError) as fault:
        connection.exec_driver_sql(text)
    assert not is_of_database(scene.engine.dialect, fault.value)
