"""Wherever the tasks offer « Annuler », the server has everything again as it was."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
import sqlalchemy as sa
from pytestqt.qtbot import QtBot

from app.clock import TimeOrderedMint
from app.domain.commands import AnyCommand, Commit, KeepCommitment, Promise, TakeCommitment
from app.domain.errors import Refusal
from app.domain.ids import Id
from app.domain.words import Reach
from app.store import tables
from tests.panels.still import StillDesk
from tests.support.scene import MARTINE, Scene
from tests.support.stores import quick_engine
from tests.viewmodels.test_new_desk import ME
from ui.screens.tasks import UNDOABLE
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.house import HouseKnown
from ui.viewmodels.tasks import TaskList

__all__ = ["quick_engine"]
T = TypeVar("T")
HOUR = timedelta(hours=1)
COMPARED = ("state", "due_at", "owner", "taken_by", "closed_at")


class ServerDesk(StillDesk):
    """Asks the server's own rows and has it run what is submitted, at once."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(CallPage())
        self.scene = scene

    def ask(self, query: Callable[[sa.Connection, str], T], then: Callable[[T], None]) -> None:
        """Read what the server has."""
        with self.scene.engine.connect() as connection:
            answer = query(connection, self.scene.establishment)
        then(answer)

    def submit(
        self,
        command: AnyCommand,
        then: Callable[[str], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Run it there."""
        sent = self.scene.new_id()
        settled = self.scene.run(command, command_id=sent)
        if settled.refusal:
            assert refused is not None
            refused(Refusal(settled.refusal))
        elif then is not None:
            then(sent)


ACTS: dict[str, Callable[[TaskList], None]] = {
    "kept": lambda tasks: tasks.keep(Reach.SPOKEN),
    "postponed": lambda tasks: tasks.postpone(tasks.state.now + 24 * HOUR, "Attend le médecin"),
    "assigned": lambda tasks: tasks.assign("h.lambert"),
    "given_up": lambda tasks: tasks.give_up(),
    "taken": lambda tasks: tasks.take(),
    "released": lambda tasks: tasks.release(),
}


@pytest.fixture
def scene(quick_engine: sa.Engine) -> Scene:
    return Scene(quick_engine)


def promised(scene: Scene) -> Id:
    """A promise of Claire's."""
    due_at = scene.clock.now() + 4 * HOUR
    made = Promise(commitment=scene.new_id(), due_at=due_at, owner="c.morvan", what="Rappeler")
    scene.run(Commit(promise=made, service="orthopedie", person=MARTINE))
    return made.commitment


def prepare(scene: Scene, commitment: Id, word: str) -> None:
    """What must have been done before."""
    if word == "released":
        scene.run(TakeCommitment(commitment=commitment))
    if word == "given_up":
        for _ in range(3):
            scene.run(KeepCommitment(commitment=commitment, how=Reach.VOICEMAIL))
            scene.clock.move(24 * HOUR)


def as_it_is(scene: Scene, commitment: Id) -> dict[str, object]:
    row = scene.get(tables.commitment, id=commitment)
    return {name: getattr(row, name) for name in COMPARED}


def acted(scene: Scene, commitment: Id, word: str, qtbot: QtBot) -> TaskList:
    """The list in which the act was done, and told."""
    desk = ServerDesk(scene)
    tasks = TaskList(desk, ME, house=HouseKnown(desk), clock=scene.clock, mint=TimeOrderedMint())
    tasks.begin()
    tasks.choose(commitment)
    told: list[tuple[str, int]] = []

    def tell(said: str, count: int) -> None:
        told.append((said, count))

    tasks.done.connect(tell)
    ACTS[word](tasks)
    qtbot.waitUntil(lambda: told == [(word, 1)])
    return tasks


@pytest.mark.parametrize("word", ACTS)
def test_what_annuler_takes_back_is_at_the_server_as_it_was(scene: Scene, word: str, qtbot: QtBot) -> None:
    commitment = promised(scene)
    prepare(scene, commitment, word)
    before = as_it_is(scene, commitment)
    tasks = acted(scene, commitment, word, qtbot)
    assert as_it_is(scene, commitment) != before
    tasks.undo()
    assert as_it_is(scene, commitment) == before


def test_annuler_is_offered_for_these_acts_and_no_other() -> None:
    assert set(UNDOABLE) == set(ACTS)
