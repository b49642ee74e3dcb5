"""What a desk has to do is found from promises, demands and contacts, for its services alone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import (
    AssignCommitment,
    Commit,
    IdentifyCaller,
    KeepCommitment,
    LogMotive,
    PostponeCommitment,
    Promise,
    RegisterEnd,
    ReopenCommitment,
    TakeCommitment,
)
from app.domain.ids import Id
from app.domain.words import Ending, Outcome, Reach
from app.queries.person_rows import persons_at
from app.queries.task_detail import TaskDetail, task_detail
from app.queries.tasks import MOST, PromiseTask, TaskBoard, read_tasks
from app.store import tables
from app.store.engine import writing
from tests.support.scene import JEANNE, MARTINE, PAUL, SECRET, SHARED_NUMBER, Scene
from tests.support.stores import engine

__all__ = ["engine", "scene"]
HOUR = timedelta(hours=1)


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital."""
    return Scene(engine)


def _board(scene: Scene, *services: str, login: str = "") -> TaskBoard:
    now = scene.clock.now()
    with scene.engine.connect() as connection:
        return read_tasks(
            connection,
            scene.establishment,
            services=services or ("orthopedie",),
            login=login,
            now=now,
        )


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
    (done,) = _board(scene).done
    assert (_board(scene).promises, done.first_given_name, done.by_name) == ((), "Martine", "Claire Morvan")
    scene.run(ReopenCommitment(commitment=kept, act=done.act))
    assert ([task.commitment for task in _board(scene).promises], _board(scene).done) == ([kept], ())
    scene.run(KeepCommitment(commitment=kept, how=Reach.SPOKEN))
    scene.clock.move(24 * HOUR)
    assert _board(scene).done == ()


def test_a_postponed_promise_says_why_until_it_is_undone(scene: Scene) -> None:
    promise = _promise(scene, MARTINE, hours=2)
    later = scene.clock.now() + 6 * HOUR
    postpone = PostponeCommitment(commitment=promise, due_at=later, reason="Attend le Dr Kaddour")
    act = scene.run(postpone).command_id
    assert _board(scene).promises[0].reason == "Attend le Dr Kaddour"
    scene.run(ReopenCommitment(commitment=promise, act=act))
    assert _board(scene).promises[0].reason == ""


def test_who_came_back_for_the_same_demand_is_marked(scene: Scene) -> None:
    case = scene.new_id()
    for number in range(2):
        contact = scene.ring(SHARED_NUMBER)
        scene.run(IdentifyCaller(contact=contact, person=MARTINE))
        log = LogMotive(
            contact=contact,
            motive="31",
            outcome=Outcome.FOLLOW_UP,
            service="orthopedie",
            case=case,
            case_title="IRM du genou",
            commitment=Promise(
                commitment=scene.new_id(), due_at=scene.clock.now() + 40 * HOUR, owner="orthopedie"
            ),
        )
        scene.run(log)
        (task,) = _board(scene).promises
        assert (task.about, task.has_repeat) == ("IRM du genou", bool(number))
        scene.clock.move(20 * HOUR)
    scene.clock.move(timedelta(days=8))
    assert not _board(scene).promises[0].has_repeat


def test_another_services_promises_and_invisible_persons_are_not_listed(scene: Scene) -> None:
    _promise(scene, JEANNE, hours=2, service="standard")
    _promise(scene, SECRET, hours=2)
    assert _board(scene).promises == ()
    assert len(_board(scene, "orthopedie", "standard").promises) == 1
    assert len(_board(scene, "standard").promises) == 1
    scene.lift(SECRET)
    assert [task.person for task in _board(scene).promises] == [SECRET]


def test_a_promise_stays_its_makers_and_its_owners_whatever_service_it_goes_to(scene: Scene) -> None:
    made = _promise(scene, MARTINE, hours=2, service="standard")
    owners = Promise(commitment=scene.new_id(), due_at=scene.clock.now() + HOUR, owner="orthopedie")
    scene.run(Commit(promise=owners, service="standard", person=PAUL), author="h.lambert")
    assert [task.commitment for task in _board(scene).promises] == [owners.commitment]
    both = _board(scene, login="c.morvan").promises
    assert [(task.commitment, task.by) for task in both] == [
        (owners.commitment, "h.lambert"),
        (made, "c.morvan"),
    ]
    scene.run(AssignCommitment(commitment=made, owner="h.lambert"), author="h.lambert")
    assert made in [task.commitment for task in _board(scene, login="c.morvan").promises]
    scene.run(KeepCommitment(commitment=made, how=Reach.SPOKEN), author="h.lambert")
    assert made not in [task.commitment for task in _board(scene, login="c.morvan").promises]


def test_ones_own_is_listed_however_many_the_services_have(scene: Scene) -> None:
    own = _promise(scene, MARTINE, hours=40, service="standard")
    at = scene.clock.now()
    rows = [
        {"establishment": scene.establishment, "id": scene.new_id(), "state": "open", "service": "orthopedie"}
        | {"channel": "phone", "owner": "x", "by": "x", "due_at": at, "first_due_at": at, "made_at": at}
        for _ in range(MOST + 1)
    ]
    with writing(scene.engine) as connection:
        connection.execute(sa.insert(tables.commitment), rows)
    assert len(_board(scene).promises) == MOST
    found = _board(scene, login="c.morvan").promises
    assert (len(found), found[-1].commitment) == (MOST + 1, own)


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
        board = read_tasks(connection, scene.establishment, services=(), now=now)
    assert board == TaskBoard()


def test_more_services_than_one_statement_holds_are_all_listed(scene: Scene) -> None:
    last = _promise(scene, PAUL, hours=9)
    first = _promise(scene, PAUL, hours=2, service="standard")
    others = [f"service-{number}" for number in range(9)]
    board = _board(scene, "orthopedie", *others, "standard")
    assert [task.commitment for task in board.promises] == [first, last]


def test_beside_a_promise_stand_its_number_the_last_contacts_and_what_came_since(scene: Scene) -> None:
    case, contact = scene.new_id(), scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    made = Promise(commitment=scene.new_id(), due_at=scene.clock.now() + HOUR, owner="c.morvan")
    log = LogMotive(
        contact=contact,
        motive="31",
        outcome=Outcome.FOLLOW_UP,
        service="orthopedie",
        case=case,
        case_title="IRM du genou",
        commitment=made,
    )
    scene.run(log)
    (task,) = _board(scene).promises
    before = _detail(scene, task)
    assert (before.number, before.demand, before.news) == (SHARED_NUMBER, "IRM du genou", None)
    assert [entry.contact for entry in before.last] == [contact]
    scene.clock.move(timedelta(minutes=20))
    again = scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=again, person=MARTINE))
    news = _detail(scene, task).news
    assert news is not None
    assert news.contact == again


def test_an_invisible_person_is_not_counted_among_those_who_share_a_number(scene: Scene) -> None:
    _promise(scene, PAUL, hours=2)
    (task,) = _board(scene).promises
    with scene.engine.begin() as connection:
        hidden = {"person": SECRET, "number": SHARED_NUMBER, "establishment": scene.establishment}
        connection.execute(sa.insert(tables.person_number), hidden)
        assert len(persons_at(connection, scene.establishment, SHARED_NUMBER)) == 3
    assert _detail(scene, task).sharing == 2


def _detail(scene: Scene, task: PromiseTask) -> TaskDetail:
    with scene.engine.connect() as connection:
        return task_detail(
            connection,
            scene.establishment,
            person=task.person,
            case=task.case,
            contact=task.contact,
            since=task.made_at,
            now=scene.clock.now(),
        )
