"""What concerns a person whom a desk holds, in a save undone after its contact became another's.

That other one is of those whom a receptionist may not know of (rules R5).
"""

from collections.abc import Generator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.domain.commands import Commit, IdentifyCaller, LogMotive, NoteContact, Promise, WithdrawMotive
from app.domain.ids import Id
from app.domain.words import Channel, Direction, Outcome
from app.store import tables
from tests.support.scene import MARTINE, SECRET, Scene
from tests.support.stores import engine
from tests.sync.evening import UNAWARE
from tests.sync.test_each_command import Follower

__all__ = ["engine"]


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    return Scene(engine)


@pytest.fixture
def desk(scene: Scene) -> Generator[Follower]:
    """A receptionist's, which began before."""
    made = Follower(scene, UNAWARE)
    yield made
    made.close()


def _noted(scene: Scene) -> Id:
    contact = scene.new_id()
    noted = NoteContact(
        contact=contact,
        channel=Channel.DESK,
        direction=Direction.INBOUND,
        service="orthopedie",
        person=MARTINE,
        text="Voudrait son compte rendu",
        happened_at=scene.clock.now(),
    )
    assert scene.run(noted).refusal == ""
    return contact


def _undone_once_of_another(scene: Scene, desk: Follower, **kept: Any) -> None:
    contact = _noted(scene)
    saved = LogMotive(contact=contact, motive="12", outcome=Outcome.DEALT_WITH, service="orthopedie", **kept)
    log = scene.run(saved)
    assert log.refusal == ""
    assert scene.run(IdentifyCaller(contact=contact, person=SECRET)).refusal == ""
    assert desk.follow()
    undone = scene.run(WithdrawMotive(contact=contact, log=log.command_id))
    assert undone.refusal == ""


def _equals_one_that_begins_now(desk: Follower, scene: Scene) -> None:
    assert desk.follow()
    fresh = Follower(scene, UNAWARE)
    assert desk.rows() == fresh.rows()
    fresh.close()


def test_a_demand_that_was_never_opened_after_all_leaves_the_desk(scene: Scene, desk: Follower) -> None:
    case = scene.new_id()
    _undone_once_of_another(scene, desk, case=case, case_title="Compte rendu")
    _equals_one_that_begins_now(desk, scene)
    with desk.engine.connect() as here:
        assert here.execute(sa.select(tables.case).filter_by(id=case)).all() == []


def test_a_promise_that_was_not_kept_after_all_stands_at_the_desk(scene: Scene, desk: Follower) -> None:
    promise = Promise(
        commitment=scene.new_id(), due_at=scene.clock.now() + timedelta(hours=2), owner="", what="Rappeler"
    )
    assert scene.run(Commit(promise=promise, service="orthopedie", person=MARTINE)).refusal == ""
    _undone_once_of_another(scene, desk, keeps=(promise.commitment,))
    _equals_one_that_begins_now(desk, scene)
