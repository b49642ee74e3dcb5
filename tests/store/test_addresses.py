"""Where a command came from stands beside its entry, which proves it as long as it is kept."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from app.dispatch import Settled, run_commands
from app.domain.commands import LogMotive, OpenPerson
from app.domain.words import Outcome
from app.store import journal, tables
from app.store.journal import FirstFault
from tests.support.scene import MARTINE, Scene

HERE, THERE = "192.0.2.7", "192.0.2.8"
Spoil = Callable[[sa.Connection, str], object]


def _run(scene: Scene, *, address: str = HERE, is_refused: bool = False) -> Settled:
    nobody = LogMotive(
        contact=scene.new_id(), motive="31", outcome=Outcome.DEALT_WITH, service="orthopedie", note=""
    )
    body = nobody if is_refused else OpenPerson(person=MARTINE, reason="rappel")
    asked = [scene.envelope(body)]
    clock = scene.clock
    (settled,) = run_commands(
        scene.engine, scene.establishment, asked, desk="desk", clock=clock, address=address
    )
    return settled


def _fault(scene: Scene) -> FirstFault | None:
    with scene.engine.connect() as connection:
        return journal.verify(connection, scene.establishment)


def _kept(scene: Scene) -> dict[int, str]:
    return {row.position: row.address for row in scene.rows(tables.journal_address)}


def test_where_each_command_came_from_is_kept_also_of_one_that_was_refused(scene: Scene) -> None:
    assert not _run(scene).refusal
    assert _run(scene, address=THERE, is_refused=True).refusal
    assert not _run(scene, address="").refusal
    assert _kept(scene) == {1: HERE, 2: THERE}
    assert _fault(scene) is None


def test_the_chained_header_does_not_tell_an_address_nor_that_two_are_one(scene: Scene) -> None:
    _run(scene)
    _run(scene)
    first, second = scene.rows(tables.journal)
    assert HERE not in repr(first)
    assert first.address_mark != second.address_mark


def _changed(position: int, **values: object) -> Spoil:
    def spoil(connection: sa.Connection, establishment: str) -> object:
        table = tables.journal_address
        chosen = sa.update(table).filter_by(establishment=establishment, position=position)
        return connection.execute(chosen.values(**values))

    return spoil


def _gone(position: int) -> Spoil:
    def spoil(connection: sa.Connection, establishment: str) -> object:
        gone = sa.delete(tables.journal_address)
        return connection.execute(gone.filter_by(establishment=establishment, position=position))

    return spoil


def _invented(position: int) -> Spoil:
    def spoil(connection: sa.Connection, establishment: str) -> object:
        row = {"establishment": establishment, "position": position, "salt": b"0", "address": THERE}
        return connection.execute(sa.insert(tables.journal_address).values(row))

    return spoil


@pytest.mark.parametrize(
    ("spoil", "position"),
    [
        (_changed(2, address=THERE), 2),
        (_changed(2, salt=b"0" * 16), 2),
        (_gone(2), 2),
        (_invented(4), 4),
    ],
    ids=["another address", "another salt", "removed", "invented"],
)
def test_an_address_that_was_altered_is_named(scene: Scene, spoil: Spoil, position: int) -> None:
    for _ in range(3):
        _run(scene)
    _run(scene, address="")
    with scene.engine.begin() as connection:
        spoil(connection, scene.establishment)
    assert _fault(scene) == FirstFault(position, "where it came from was altered")
