"""A promise is followed to its end: taken, tried, kept, postponed, given up, and undone."""

from datetime import timedelta

import pytest

from app.dispatch import Settled
from app.domain.commands import (
    AnyCommand,
    AssignCommitment,
    Commit,
    GiveUpCommitment,
    IdentifyCaller,
    KeepCommitment,
    LogMotive,
    PostponeCommitment,
    Promise,
    ReleaseCommitment,
    ReopenCommitment,
    ReviewScope,
    TakeCommitment,
    WithdrawMotive,
)
from app.domain.facts import CommitmentKept, CommitmentTried, PersonLeft
from app.domain.ids import Id
from app.domain.words import Channel, CommitmentState, Outcome, Reach
from app.store import tables
from tests.support.scene import JEANNE, MARTINE, PAUL, SHARED_NUMBER, Scene

HOUR = timedelta(hours=1)


def _promise(scene: Scene, *, case: Id | None = None, channel: Channel = Channel.PHONE) -> Id:
    made = Promise(
        commitment=scene.new_id(),
        due_at=scene.clock.now() + 4 * HOUR,
        owner="c.morvan",
        what="Rappeler",
        channel=channel,
    )
    scene.run(Commit(promise=made, service="orthopedie", person=MARTINE, case=case))
    return made.commitment


def _state(scene: Scene, commitment: Id) -> str:
    return scene.get(tables.commitment, id=commitment).state


def _keep(scene: Scene, commitment: Id, how: Reach) -> Settled:
    return scene.run(KeepCommitment(commitment=commitment, how=how))


def _postpone(scene: Scene, commitment: Id, by: timedelta = 24 * HOUR) -> Settled:
    due_at = scene.clock.now() + by
    return scene.run(PostponeCommitment(commitment=commitment, due_at=due_at, reason="Attend le médecin"))


def test_a_promise_made_outside_a_save_lets_its_service_hold_the_person(scene: Scene) -> None:
    row = scene.get(tables.commitment, id=_promise(scene))
    assert (row.person, row.service, row.owner, row.state) == (MARTINE, "orthopedie", "c.morvan", "open")
    assert scene.find(tables.person_scope, person=MARTINE, service="orthopedie") is not None


def test_the_same_call_back_promised_twice_is_one(scene: Scene) -> None:
    case = scene.new_id()
    first = _promise(scene, case=case)
    second = _promise(scene, case=case)
    assert scene.find(tables.commitment, id=second) is None
    assert scene.get(tables.superseded, old=second).new == first
    _keep(scene, second, Reach.SPOKEN)
    assert _state(scene, first) == CommitmentState.KEPT


def test_another_channel_or_another_demand_is_another_promise(scene: Scene) -> None:
    case = scene.new_id()
    made = [
        _promise(scene, case=case),
        _promise(scene, case=case, channel=Channel.EMAIL),
        _promise(scene, case=scene.new_id()),
        _promise(scene),
        _promise(scene),
    ]
    assert [_state(scene, one) for one in made] == ["open"] * 5


@pytest.mark.parametrize("how", [Reach.SPOKEN, Reach.MESSAGE])
def test_a_person_who_was_reached_had_the_promise_kept(scene: Scene, how: Reach) -> None:
    commitment = _promise(scene)
    (fact,) = scene.facts(_keep(scene, commitment, how))
    assert isinstance(fact, CommitmentKept)
    assert _state(scene, commitment) == CommitmentState.KEPT
    assert _keep(scene, commitment, how).refusal == "promise_closed"


@pytest.mark.parametrize("how", [Reach.VOICEMAIL, Reach.NO_ANSWER])
def test_a_voicemail_is_an_attempt_and_keeps_nothing(scene: Scene, how: Reach) -> None:
    commitment = _promise(scene)
    (fact,) = scene.facts(_keep(scene, commitment, how))
    assert isinstance(fact, CommitmentTried)
    assert _state(scene, commitment) == CommitmentState.OPEN
    assert scene.count(tables.commitment_act, commitment=commitment, act="tried") == 1


def test_postponing_keeps_the_first_due_time_and_says_why(scene: Scene) -> None:
    commitment = _promise(scene)
    first = scene.get(tables.commitment, id=commitment).due_at
    act = _postpone(scene, commitment).command_id
    row = scene.get(tables.commitment, id=commitment)
    assert (row.state, row.first_due_at) == (CommitmentState.POSTPONED, first)
    assert row.due_at == scene.clock.now() + 24 * HOUR
    assert scene.get(tables.commitment_act, id=act).reason == "Attend le médecin"


def test_postponing_asks_a_reason_and_a_time_to_come(scene: Scene) -> None:
    commitment, later = _promise(scene), scene.clock.now() + HOUR
    without = scene.run(PostponeCommitment(commitment=commitment, due_at=later, reason=" "))
    assert (without.refusal, without.field) == ("reason_required", "reason")
    past = _postpone(scene, commitment, -HOUR)
    assert (past.refusal, past.field) == ("due_in_the_past", "due_at")


def test_a_person_is_given_up_after_three_attempts_on_two_days(scene: Scene) -> None:
    commitment = _promise(scene)
    for _ in range(3):
        _keep(scene, commitment, Reach.VOICEMAIL)
    assert scene.run(GiveUpCommitment(commitment=commitment)).refusal == "too_few_attempts"
    scene.clock.move(24 * HOUR)
    undone = _keep(scene, commitment, Reach.VOICEMAIL).command_id
    scene.run(ReopenCommitment(commitment=commitment, act=undone))
    assert scene.run(GiveUpCommitment(commitment=commitment)).refusal == "too_few_attempts"
    _keep(scene, commitment, Reach.NO_ANSWER)
    assert not scene.run(GiveUpCommitment(commitment=commitment)).refusal
    assert _state(scene, commitment) == CommitmentState.MISSED


def test_what_was_done_last_is_undone_as_it_was_before(scene: Scene) -> None:
    commitment = _promise(scene)
    first = scene.get(tables.commitment, id=commitment).due_at
    postponed = _postpone(scene, commitment).command_id
    second = scene.get(tables.commitment, id=commitment).due_at
    kept = _keep(scene, commitment, Reach.SPOKEN).command_id
    assert scene.run(ReopenCommitment(commitment=commitment, act=postponed)).refusal == "promise_changed"
    scene.run(ReopenCommitment(commitment=commitment, act=kept))
    row = scene.get(tables.commitment, id=commitment)
    assert (row.state, row.due_at, row.closed_at) == (CommitmentState.POSTPONED, second, None)
    again = _postpone(scene, commitment, 48 * HOUR).command_id
    scene.run(ReopenCommitment(commitment=commitment, act=again))
    assert scene.get(tables.commitment, id=commitment).due_at == second
    assert second != first


def test_a_first_postponement_undone_leaves_the_promise_as_made(scene: Scene) -> None:
    commitment = _promise(scene)
    first = scene.get(tables.commitment, id=commitment).due_at
    act = _postpone(scene, commitment).command_id
    scene.run(ReopenCommitment(commitment=commitment, act=act))
    row = scene.get(tables.commitment, id=commitment)
    assert (row.state, row.due_at) == (CommitmentState.OPEN, first)


def test_a_promise_that_is_taken_is_locked_until_it_is_released(scene: Scene) -> None:
    commitment = _promise(scene)
    taken = scene.run(TakeCommitment(commitment=commitment))
    assert scene.get(tables.commitment, id=commitment).taken_by == "c.morvan"
    assert "orthopedie" in scene.entry(taken).scope.services
    others: list[AnyCommand] = [
        TakeCommitment(commitment=commitment),
        ReleaseCommitment(commitment=commitment),
        AssignCommitment(commitment=commitment, owner="h.lambert"),
        PostponeCommitment(commitment=commitment, due_at=scene.clock.now() + HOUR, reason="plus tard"),
    ]
    assert [scene.run(one, author="h.lambert").refusal for one in others] == ["taken_by_other"] * 4
    assert not scene.facts(scene.run(TakeCommitment(commitment=commitment)))
    scene.run(ReleaseCommitment(commitment=commitment))
    assert not scene.run(TakeCommitment(commitment=commitment), author="h.lambert").refusal
    assert scene.get(tables.commitment, id=commitment).taken_by == "h.lambert"


def test_what_is_done_about_a_promise_frees_it(scene: Scene) -> None:
    commitment = _promise(scene)
    scene.run(TakeCommitment(commitment=commitment))
    _keep(scene, commitment, Reach.VOICEMAIL)
    assert scene.get(tables.commitment, id=commitment).taken_by == ""


def test_a_promise_handed_over_is_the_other_services(scene: Scene) -> None:
    commitment = _promise(scene)
    scene.run(AssignCommitment(commitment=commitment, owner="h.lambert"))
    row = scene.get(tables.commitment, id=commitment)
    assert (row.owner, row.service) == ("h.lambert", "standard")
    assert scene.find(tables.person_scope, person=MARTINE, service="standard") is not None
    nobody = scene.run(AssignCommitment(commitment=commitment, owner="personne"))
    assert (nobody.refusal, nobody.field) == ("unknown_owner", "owner")


def _promise_for(scene: Scene, service: str, owner: str) -> Id:
    made = Promise(commitment=scene.new_id(), due_at=scene.clock.now() + HOUR, owner=owner)
    scene.run(Commit(promise=made, service=service, person=JEANNE))
    return made.commitment


@pytest.mark.parametrize("owner", ["standard", "h.lambert", "c.morvan"])
def test_who_promises_for_another_service_holds_the_person_too_and_hears_what_becomes_of_it(
    scene: Scene, owner: str
) -> None:
    promise = _promise_for(scene, "standard", owner)
    held = {row.service for row in scene.rows(tables.person_scope) if row.person == JEANNE}
    assert held == {"orthopedie", "standard"}
    tried = scene.run(KeepCommitment(commitment=promise, how=Reach.VOICEMAIL), author="h.lambert")
    assert scene.entry(tried).scope.services == ("orthopedie", "standard")


def test_who_promised_holds_the_person_while_it_stands_and_again_when_it_is_reopened(scene: Scene) -> None:
    promise = _promise_for(scene, "standard", "h.lambert")
    scene.clock.move(timedelta(days=100))
    review = ReviewScope(person=JEANNE, service="orthopedie")
    assert scene.facts(scene.run(review)) == ()
    kept = scene.run(KeepCommitment(commitment=promise, how=Reach.SPOKEN), author="h.lambert")
    assert scene.facts(scene.run(review)) == (PersonLeft(person=JEANNE, service="orthopedie"),)
    scene.run(ReopenCommitment(commitment=promise, act=kept.command_id), author="h.lambert")
    assert scene.find(tables.person_scope, person=JEANNE, service="orthopedie") is not None


def test_a_later_call_keeps_what_was_promised_and_undoing_it_brings_the_promise_back(scene: Scene) -> None:
    commitment = _promise(scene)
    contact = scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    log = scene.run(
        LogMotive(
            contact=contact,
            motive="31",
            outcome=Outcome.DEALT_WITH,
            service="orthopedie",
            keeps=(commitment,),
        )
    )
    kept = [fact for fact in scene.facts(log) if isinstance(fact, CommitmentKept)]
    assert [(fact.commitment, fact.contact, fact.how) for fact in kept] == [
        (commitment, contact, Reach.SPOKEN)
    ]
    assert _state(scene, commitment) == CommitmentState.KEPT
    scene.run(WithdrawMotive(contact=contact, log=log.command_id))
    assert _state(scene, commitment) == CommitmentState.OPEN


def test_a_promise_made_to_somebody_else_stays_open_and_the_motive_is_kept(scene: Scene) -> None:
    commitment = _promise(scene)
    contact = scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=PAUL))
    log = scene.run(
        LogMotive(
            contact=contact,
            motive="31",
            outcome=Outcome.DEALT_WITH,
            service="orthopedie",
            keeps=(commitment,),
        )
    )
    assert (log.refusal, log.field, log.is_done) == ("promise_kept_apart", "keeps", True)
    assert _state(scene, commitment) == CommitmentState.OPEN
    assert scene.get(tables.contact, id=contact).motive == "31"


def test_an_unknown_promise_is_refused_by_name(scene: Scene) -> None:
    settled = _keep(scene, scene.new_id(), Reach.SPOKEN)
    assert (settled.refusal, settled.field) == ("unknown_commitment", "commitment")


def test_the_facts_of_a_promise_are_of_its_person(scene: Scene) -> None:
    commitment = _promise(scene)
    assert MARTINE in scene.entry(_keep(scene, commitment, Reach.SPOKEN)).scope.persons
