"""What whoever compares two records is told of them, on both databases."""

from datetime import timedelta

from app.domain.commands import Commit, IdentifyCaller, Promise
from app.domain.consent import Choice, Purpose
from app.domain.consent_commands import SetPreference
from app.domain.double_commands import MergePersons, SettleTriage, SignalDouble, UnmergePersons
from app.domain.words import Channel
from app.queries.doubles import Doubles, ToDecide, doubles_of, to_decide
from tests.support.scene import JEANNE, PAUL, SECRET, SHARED_NUMBER, Scene

HOUR = timedelta(hours=1)


def _doubles(scene: Scene, person: str) -> Doubles | None:
    with scene.engine.connect() as connection:
        return doubles_of(connection, scene.establishment, person)


def _to_decide(scene: Scene) -> ToDecide:
    with scene.engine.connect() as connection:
        return to_decide(connection, scene.establishment)


def _parted_with_a_call_and_a_promise(scene: Scene) -> tuple[str, str]:
    scene.run(MergePersons(person=PAUL, into=JEANNE))
    scene.clock.move(HOUR)
    contact = scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=JEANNE))
    promise = Promise(commitment=scene.new_id(), due_at=scene.clock.now() + HOUR, owner="orthopedie")
    scene.run(Commit(promise=promise, service="orthopedie", person=JEANNE))
    scene.clock.move(HOUR)
    scene.run(UnmergePersons(person=PAUL))
    return contact, promise.commitment


def test_each_side_says_what_the_person_refused(scene: Scene) -> None:
    scene.run(
        SetPreference(person=PAUL, purposes=(Purpose.STAY,), channels=(Channel.SMS,), choice=Choice.REFUSED)
    )
    scene.run(SignalDouble(person=JEANNE, other=PAUL))
    found = _doubles(scene, JEANNE)
    assert found is not None
    assert found.kept.preferences == ()
    (paul,) = (one.side for one in found.doubles if one.side.person == PAUL)
    assert [(one.purpose, one.channel, one.choice) for one in paul.preferences] == [
        (Purpose.STAY, Channel.SMS, Choice.REFUSED)
    ]


def test_a_merged_record_is_answered_by_the_one_kept_which_names_it(scene: Scene) -> None:
    scene.run(MergePersons(person=PAUL, into=JEANNE))
    found = _doubles(scene, PAUL)
    assert found is not None
    assert (found.kept.person, [(one.person, one.is_merged) for one in found.merged]) == (
        JEANNE,
        [(PAUL, True)],
    )
    assert PAUL not in {one.side.person for one in found.doubles}


def test_what_is_to_be_sorted_says_what_it_is_when_and_who_has_it(scene: Scene) -> None:
    contact, promise = _parted_with_a_call_and_a_promise(scene)
    waiting = {one.item: one for one in _to_decide(scene).to_sort}
    assert set(waiting) == {contact, promise}
    for one in waiting.values():
        assert (one.person, one.was, one.held_by) == (PAUL, JEANNE, JEANNE)
        assert one.names[0] != one.names[1]
        assert one.at is not None
    assert (waiting[contact].channel, waiting[contact].direction) == (Channel.PHONE, "inbound")
    scene.run(SettleTriage(item=contact, person=PAUL))
    assert [one.item for one in _to_decide(scene).to_sort] == [promise]


def test_a_signalled_pair_is_named_until_it_is_decided(scene: Scene) -> None:
    scene.run(SignalDouble(person=JEANNE, other=PAUL))
    (pair,) = _to_decide(scene).signalled
    assert {pair.person, pair.other} == {JEANNE, PAUL}
    assert all(pair.names)
    scene.run(MergePersons(person=PAUL, into=JEANNE))
    assert _to_decide(scene).signalled == ()


def test_who_is_protected_is_nobody_to_compare_with(scene: Scene) -> None:
    assert _doubles(scene, SECRET) is None
