"""What a desk has to do is found from promises, demands and contacts, for its services alone."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import (
    Commit,
    IdentifyCaller,
    KeepCommitment,
    LogMotive,
    Promise,
    RegisterEnd,
    TakeCommitment,
)
from app.domain.ids import Id
from app.domain.words import Ending, Outcome, Reach
from app.queries.tasks import TaskBoard, read_tasks
from tests.support.scene import JEANNE, MARTINE, PAUL, SECRET, SHARED_NUMBER, Scene
from tests.support.stores import cluster, engine

__all__ = ["cluster", "engine", "scene"]
HOUR = timedelta(hours=1)


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital."""
    return Scene(engine)


def _board(scene: Scene, *services: str) -> TaskBoard:
    now = scene.clock.now()
    with scene.engine.connect() as connection:
        return read_tasks(
            connection,
            scene.establishment,
            services=services or ("orthopedie",),
            now=now,
            since_midnight=_midnight(now),
        )


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0)


def _promise(scene: Scene, person: Id | None, *, hours: int, service: str = "orthopedie") -> Id:
    made = Promise(
        commitment=scene.new_id(), due_at=scene.clock.now() + hours * HOUR, owner="c.morvan", what="Rappeler"
    )
    scene.run(Commit(promise=made, service=service, person=person))
    return made.commitment


def test_promises_come_by_their_due_time_with_who_and_how_often_they_were_tried(scene: Scene) -> None:
    later = _promise(scene, MARTINE, hours=6)
    sooner = _promise(scene, PAUL, hours=2)
    scene.run(KeepCommitment(commitment=sooner, how=Reach.VOICEMAIL))
    scene.clock.move(timedelta(minutes=5))
    scene.run(KeepCommitment(commitment=sooner, how=Reach.NO_ANSWER))
    scene.run(TakeCommitment(commitment=later))
    first, second = _board(scene).promises
    assert (first.commitment, first.first_given_name, first.owner_name) == (sooner, "Paul", "Claire Morvan")
    assert (first.attempts, first.last_how) == (2, "no_answer")
    assert (second.commitment, second.attempts, second.taken_by) == (later, 0, "c.morvan")
    scene.clock.move(3 * HOUR)
    assert _board(scene).overdue(scene.clock.now()) == 1


def test_a_promise_that_was_kept_is_counted_as_done_today(scene: Scene) -> None:
    kept = _promise(scene, MARTINE, hours=2)
    scene.run(KeepCommitment(commitment=kept, how=Reach.SPOKEN))
    assert (_board(scene).promises, _board(scene).done_today) == ((), 1)
    scene.clock.move(24 * HOUR)
    assert _board(scene).done_today == 0


def test_another_services_promises_and_invisible_persons_are_not_listed(scene: Scene) -> None:
    _promise(scene, JEANNE, hours=2, service="standard")
    _promise(scene, SECRET, hours=2)
    assert _board(scene).promises == ()
    assert len(_board(scene, "orthopedie", "standard").promises) == 1
    assert len(_board(scene, "standard").promises) == 1


def test_a_promise_to_somebody_not_identified_is_listed_too(scene: Scene) -> None:
    made = _promise(scene, None, hours=2)
    assert [task.commitment for task in _board(scene).promises] == [made]


def test_a_call_that_ended_without_a_motive_is_to_be_qualified_and_its_demand_followed(scene: Scene) -> None:
    contact = scene.ring(SHARED_NUMBER)
    assert _board(scene).untraced == ()
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    scene.run(RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=scene.clock.now()))
    assert [task.contact for task in _board(scene).untraced] == [contact]
    case = scene.new_id()
    scene.run(
        LogMotive(
            contact=contact,
            motive="31",
            outcome=Outcome.FOLLOW_UP,
            service="orthopedie",
            case=case,
            case_title="IRM du genou",
        )
    )
    board = _board(scene)
    assert (board.untraced, [(task.case, task.title) for task in board.demands]) == (
        (),
        [(case, "IRM du genou")],
    )


def test_without_a_service_there_is_nothing_to_do(scene: Scene) -> None:
    with scene.engine.connect() as connection:
        now = scene.clock.now()
        board = read_tasks(connection, scene.establishment, services=(), now=now, since_midnight=now)
    assert board == TaskBoard()


def test_more_services_than_one_question_holds_are_refused(scene: Scene) -> None:
    with pytest.raises(ValueError, match="services"):
        _board(scene, *(f"service-{number}" for number in range(9)))
