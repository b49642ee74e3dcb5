"""A promise made at a call while it was nobody's goes with it, to whoever it is known to be of, and back."""

from datetime import timedelta

import pytest

from app.domain.commands import (
    AssignCommitment,
    Commit,
    ErasePerson,
    IdentifyCaller,
    KeepCommitment,
    LinkContact,
    LogMotive,
    Promise,
    ReopenCommitment,
    UnlinkContact,
    WithdrawIdentification,
    WithdrawMotive,
)
from app.domain.facts import CallerIdentified, PersonLeft
from app.domain.ids import Id
from app.domain.words import ErasureGround, Outcome, Reach
from app.queries.person_export import person_export
from app.queries.person_record import person_record
from app.queries.tasks import read_tasks
from app.store import tables
from tests.support.scene import JEANNE, PAUL, Scene
from tests.usecases.test_callers import OWN, hidden, identified, linked, persons

ELSEWHERE = "standard"


def promised(scene: Scene, contact: Id, person: str | None = None) -> Id:
    """A promise at a call, without a save."""
    due_at = scene.clock.now() + timedelta(hours=2)
    promise = Promise(commitment=scene.new_id(), due_at=due_at, owner="c.morvan")
    done = scene.run(Commit(promise=promise, service=OWN, person=person, contact=contact))
    assert done.refusal == ""
    return promise.commitment


def promised_by_save(scene: Scene, contact: Id) -> tuple[Id, Id]:
    """A promise and the save that made it."""
    due_at = scene.clock.now() + timedelta(hours=2)
    promise = Promise(commitment=scene.new_id(), due_at=due_at, owner="c.morvan")
    log = LogMotive(contact=contact, motive="61", outcome=Outcome.FOLLOW_UP, service=OWN, commitment=promise)
    return promise.commitment, scene.run(log).command_id


def tried(scene: Scene, promise: Id) -> Id:
    """Nobody answered."""
    return scene.run(KeepCommitment(commitment=promise, how=Reach.NO_ANSWER)).command_id


def whose(scene: Scene, *promises: Id) -> list[str | None]:
    return [scene.get(tables.commitment, id=promise).person for promise in promises]


def taken_back(scene: Scene, contact: Id, act: Id) -> str:
    return scene.run(WithdrawIdentification(contact=contact, act=act)).refusal


def test_who_is_identified_after_the_promise_is_whom_it_was_made_to(scene: Scene) -> None:
    contact = hidden(scene)
    promise, _ = promised_by_save(scene, contact)
    act = tried(scene, promise)
    done = scene.run(IdentifyCaller(contact=contact, person=PAUL))
    assert whose(scene, promise) == [PAUL]
    assert scene.get(tables.commitment_act, id=act).person == PAUL
    (fact,) = (fact for fact in scene.facts(done) if isinstance(fact, CallerIdentified))
    assert (fact.commitments, fact.acts) == ((promise,), ((act, promise),))


def shown(scene: Scene, person: str) -> tuple[list[tuple[str, str]], tuple[str, ...], int]:
    """Whom the list of promises names, what the record tells is promised, what an export hands over."""
    now = scene.clock.now()
    with scene.engine.connect() as connection:
        board = read_tasks(connection, scene.establishment, services=frozenset({OWN}), now=now)
        record = person_record(connection, scene.establishment, person, now=now)
        export = person_export(connection, scene.establishment, person)
    assert record is not None
    assert export is not None
    of_export = next(part.rows for part in export.sections if part.table == tables.commitment.name)
    listed = [(task.commitment, task.person) for task in board.promises]
    return listed, tuple(one.commitment for one in record.glance.promises), len(of_export)


def test_the_list_the_record_and_the_export_show_it_as_theirs_until_it_is_taken_back(scene: Scene) -> None:
    contact = hidden(scene)
    promise = promised(scene, contact)
    assert shown(scene, PAUL) == ([(promise, "")], (), 0)
    act = identified(scene, contact, PAUL)
    assert shown(scene, PAUL) == ([(promise, PAUL)], (promise,), 1)
    assert taken_back(scene, contact, act) == ""
    assert shown(scene, PAUL) == ([(promise, "")], (), 0)


def test_who_is_erased_takes_what_was_promised_before_their_name_was_known(scene: Scene) -> None:
    contact = hidden(scene)
    promise = promised(scene, contact)
    act = tried(scene, promise)
    identified(scene, contact, PAUL)
    done = scene.run(ErasePerson(person=PAUL, ground=ErasureGround.REQUEST), author="administrator")
    assert done.refusal == ""
    assert scene.find(tables.commitment, id=promise) is None
    assert scene.find(tables.commitment_act, id=act) is None


def test_an_identification_taken_back_takes_back_what_it_had_moved_and_no_more(scene: Scene) -> None:
    contact, other = hidden(scene), hidden(scene)
    promise, elsewhere = promised(scene, contact), promised(scene, other, PAUL)
    act = tried(scene, promise)
    said = identified(scene, contact, PAUL)
    assert taken_back(scene, contact, said) == ""
    assert whose(scene, promise, elsewhere) == [None, PAUL]
    assert scene.get(tables.commitment_act, id=act).person is None
    identified(scene, contact, JEANNE)
    assert whose(scene, promise) == [JEANNE]


def test_a_promise_follows_its_call_from_one_person_to_another_and_back(scene: Scene) -> None:
    contact = hidden(scene)
    promise = promised(scene, contact)
    identified(scene, contact, PAUL)
    act = identified(scene, contact, JEANNE)
    assert whose(scene, promise) == [JEANNE]
    assert taken_back(scene, contact, act) == ""
    assert whose(scene, promise) == [PAUL]


def test_what_was_promised_to_somebody_known_stays_theirs(scene: Scene) -> None:
    contact = hidden(scene)
    identified(scene, contact, PAUL)
    promise = promised(scene, contact, PAUL)
    identified(scene, contact, JEANNE)
    assert whose(scene, promise) == [PAUL]


def test_contacts_identified_together_carry_their_promises_together(scene: Scene) -> None:
    first, second = hidden(scene), hidden(scene)
    promise = promised(scene, first)
    linked(scene, second, first)
    act = identified(scene, second, PAUL)
    assert whose(scene, promise) == [PAUL]
    assert taken_back(scene, second, act) == ""
    assert whose(scene, promise) == [None]


def test_a_link_undone_takes_back_the_promises_that_it_moved(scene: Scene) -> None:
    first, second = hidden(scene), hidden(scene)
    promise = promised(scene, second)
    identified(scene, first, PAUL)
    act = scene.run(LinkContact(contact=second, other=first)).command_id
    assert whose(scene, promise) == [PAUL]
    assert scene.run(UnlinkContact(contact=second, act=act)).refusal == ""
    assert whose(scene, promise) == [None]


def test_a_promise_followed_since_for_that_person_is_undone_first(scene: Scene) -> None:
    contact = hidden(scene)
    promise = promised(scene, contact)
    said = identified(scene, contact, PAUL)
    scene.clock.move(timedelta(minutes=5))
    act = tried(scene, promise)
    assert taken_back(scene, contact, said) == "identified_in_use"
    assert whose(scene, promise) == [PAUL]
    assert scene.run(ReopenCommitment(commitment=promise, act=act)).refusal == ""
    assert taken_back(scene, contact, said) == ""
    assert whose(scene, promise) == [None]


def test_a_promise_cancelled_with_its_save_goes_back_with_its_call(scene: Scene) -> None:
    contact = hidden(scene)
    said = identified(scene, contact, PAUL)
    promise, log = promised_by_save(scene, contact)
    scene.run(WithdrawMotive(contact=contact, log=log))
    assert taken_back(scene, contact, said) == ""
    assert [*persons(scene, contact), *whose(scene, promise)] == [None, None]


@pytest.mark.parametrize("is_known", [False, True])
def test_the_service_that_a_promise_went_to_holds_the_person_as_long_as_it_is_theirs(
    scene: Scene, *, is_known: bool
) -> None:
    contact = hidden(scene)
    promise = promised(scene, contact)
    assert scene.run(AssignCommitment(commitment=promise, owner=ELSEWHERE)).refusal == ""
    if is_known:
        promised_there = promised(scene, hidden(scene), PAUL)
        scene.run(AssignCommitment(commitment=promised_there, owner=ELSEWHERE))
    said = identified(scene, contact, PAUL)
    assert scene.find(tables.person_scope, person=PAUL, service=ELSEWHERE) is not None
    undone = scene.run(WithdrawIdentification(contact=contact, act=said))
    left = {fact.service for fact in scene.facts(undone) if isinstance(fact, PersonLeft)}
    assert left == (set() if is_known else {OWN, ELSEWHERE})
