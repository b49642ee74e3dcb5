"""What the exchange tells becomes facts, once each, in whatever order it is told."""

from datetime import timedelta

import msgspec
import pytest

from app.domain.commands import (
    AnyCommand,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterHold,
    RegisterNoAnswer,
    RegisterOutgoingCall,
    RegisterOverflow,
    RegisterRetrieval,
    RegisterRing,
    RegisterTransfer,
    RegisterVoicemail,
)
from app.domain.facts import (
    AnyFact,
    CallAnswered,
    CallArrived,
    CallEnded,
    CallHeld,
    CallPlaced,
    CallRang,
    CallTransferred,
    PersonEntered,
)
from app.domain.words import CallState, Ending, NumberKind, TransferKind
from app.store import tables
from tests.support.scene import (
    JEANNE,
    MARTINE,
    MARTINES_NUMBER,
    MORNING,
    OTHER_QUEUE,
    PAUL,
    QUEUE,
    SHARED_NUMBER,
    Scene,
)


def _arrive(scene: Scene, number_raw: str, *, queue: str = QUEUE) -> CallArrived:
    command = RegisterCall(contact=scene.new_id(), queue=queue, number_raw=number_raw, arrived_at=MORNING)
    facts = scene.facts(scene.run(command, author="line:test"))
    (arrived,) = (fact for fact in facts if isinstance(fact, CallArrived))
    return arrived


def test_one_person_of_the_number_is_a_candidate_and_is_not_identified(scene: Scene) -> None:
    arrived = _arrive(scene, MARTINES_NUMBER)
    assert arrived.candidates == (MARTINE,)
    row = scene.get(tables.contact, id=arrived.contact)
    assert (row.person, row.state, row.service) == (None, CallState.QUEUED, "orthopedie")
    assert scene.count(tables.timeline) == 0


def test_a_shared_number_has_all_its_persons_as_candidates(scene: Scene) -> None:
    assert set(_arrive(scene, SHARED_NUMBER).candidates) == {PAUL, JEANNE}


@pytest.mark.parametrize("number_raw", ["0639980001", "06 39 98 00 01", "0033639980001", "+33639980001"])
def test_a_number_is_found_however_the_exchange_writes_it(scene: Scene, number_raw: str) -> None:
    arrived = _arrive(scene, number_raw)
    assert (arrived.number, arrived.candidates) == (MARTINES_NUMBER, (MARTINE,))
    assert arrived.number_raw == number_raw


@pytest.mark.parametrize("number_raw", ["", "anonymous", "<unknown>"])
def test_a_hidden_number_has_no_candidate(scene: Scene, number_raw: str) -> None:
    arrived = _arrive(scene, number_raw)
    assert (arrived.number, arrived.number_kind, arrived.candidates) == ("", NumberKind.HIDDEN, ())


def test_a_number_nobody_has_is_recorded_without_candidate(scene: Scene) -> None:
    arrived = _arrive(scene, "0639980099")
    assert (arrived.number, arrived.candidates) == ("+33639980099", ())


def test_a_number_given_up_by_a_person_no_longer_proposes_that_person(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        ended = tables.person_number.update().filter_by(
            establishment=scene.establishment, number=MARTINES_NUMBER
        )
        connection.execute(ended.values(until="2026-01-01"))
    assert _arrive(scene, MARTINES_NUMBER).candidates == ()


def test_a_queue_that_no_one_declared_loses_no_call(scene: Scene) -> None:
    arrived = _arrive(scene, MARTINES_NUMBER, queue="unheard-of")
    assert (arrived.service, arrived.queue) == ("", "unheard-of")


def test_a_call_told_twice_is_recorded_once(scene: Scene) -> None:
    contact = scene.ring(extension="")
    again = RegisterCall(contact=contact, queue=QUEUE, number_raw="0639980099", arrived_at=MORNING)
    assert scene.facts(scene.run(again, author="line:test")) == ()
    assert scene.get(tables.contact, id=contact).number == MARTINES_NUMBER


def test_a_call_rings_is_answered_and_ends(scene: Scene) -> None:
    contact = scene.ring()
    answered = scene.run(RegisterAnswer(contact=contact, extension="4101", at=MORNING), author="line:test")
    ended = scene.run(RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=MORNING), author="line:test")
    assert scene.facts(answered) == (
        CallAnswered(contact=contact, extension="4101", agent="c.morvan", answered_at=MORNING),
    )
    assert scene.facts(ended) == (CallEnded(contact=contact, ending=Ending.HUNG_UP, ended_at=MORNING),)
    row = scene.get(tables.contact, id=contact)
    assert (row.state, row.extension, row.agent, row.ending) == ("ended", "4101", "c.morvan", "hung_up")


def test_an_extension_where_nobody_is_known_to_sit_may_answer(scene: Scene) -> None:
    contact = scene.ring()
    answered = scene.run(RegisterAnswer(contact=contact, extension="9999", at=MORNING))
    (fact,) = (fact for fact in scene.facts(answered) if isinstance(fact, CallAnswered))
    assert fact.agent == ""


def test_the_service_of_the_desk_that_rings_holds_the_candidates(scene: Scene) -> None:
    contact = scene.ring(queue=OTHER_QUEUE, extension="")
    rang = scene.run(RegisterRing(contact=contact, extension="4101", at=MORNING))
    assert PersonEntered(person=MARTINE, service="orthopedie") in scene.facts(rang)
    assert scene.entry(rang).scope.extensions == ("4101",)


def test_a_call_already_answered_or_over_rings_no_more(scene: Scene) -> None:
    contact = scene.ring()
    ring = RegisterRing(contact=contact, extension="4102", at=MORNING)
    scene.run(RegisterAnswer(contact=contact, extension="4101", at=MORNING))
    assert scene.facts(scene.run(ring)) == ()
    scene.run(RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=MORNING))
    assert scene.facts(scene.run(ring)) == ()
    assert scene.get(tables.contact, id=contact).extension == "4101"


@pytest.mark.parametrize("told", [Ending.ABANDONED, Ending.MISSED, Ending.NO_ANSWER])
def test_an_answered_call_was_not_abandoned_though_who_tells_its_end_never_heard_the_answer(
    scene: Scene, told: Ending
) -> None:
    contact = scene.ring()
    scene.run(RegisterAnswer(contact=contact, extension="4101", at=MORNING))
    scene.run(RegisterEnd(contact=contact, ending=told, at=MORNING + timedelta(seconds=9)))
    assert scene.get(tables.contact, id=contact).ending == Ending.HUNG_UP


def test_a_call_that_is_over_is_not_answered_and_ends_once(scene: Scene) -> None:
    contact = scene.ring()
    scene.run(RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=MORNING))
    late = (
        RegisterAnswer(contact=contact, extension="4101", at=MORNING),
        RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=MORNING),
    )
    assert [scene.facts(scene.run(command)) for command in late] == [(), ()]
    assert scene.get(tables.contact, id=contact).ending == "abandoned"


def test_two_extensions_may_ring_one_after_the_other(scene: Scene) -> None:
    contact = scene.ring()
    rang = scene.run(RegisterRing(contact=contact, extension="4001", at=MORNING))
    (ring,) = (fact for fact in scene.facts(rang) if isinstance(fact, CallRang))
    assert (ring.extension, ring.ringing) == ("4001", ("4101", "4001"))


@pytest.mark.parametrize("kind", [RegisterRing, RegisterAnswer])
def test_a_call_that_never_arrived_is_refused(
    scene: Scene, kind: type[RegisterRing] | type[RegisterAnswer]
) -> None:
    settled = scene.run(kind(contact=scene.new_id(), extension="4101", at=MORNING))
    assert (settled.refusal, settled.field) == ("unknown_contact", "contact")


def test_the_end_of_a_call_that_never_arrived_is_refused(scene: Scene) -> None:
    settled = scene.run(RegisterEnd(contact=scene.new_id(), ending=Ending.MISSED, at=MORNING))
    assert (settled.refusal, settled.field) == ("unknown_contact", "contact")


def _move(scene: Scene, body: AnyCommand, *, seconds: int) -> tuple[AnyFact, ...]:
    at = MORNING + timedelta(seconds=seconds)
    return scene.facts(scene.run(msgspec.structs.replace(body, at=at), author="line:test"))


def test_a_transferred_call_keeps_its_first_caller_and_says_who_gave_it(scene: Scene) -> None:
    contact = scene.ring()
    _move(scene, RegisterAnswer(contact=contact, extension="4101", at=MORNING), seconds=5)
    given = RegisterTransfer(
        contact=contact, transfer=TransferKind.BLIND, extension="4101", to="4001", at=MORNING
    )
    (fact,) = _move(scene, given, seconds=60)
    assert isinstance(fact, CallTransferred)
    assert (fact.agent, fact.to) == ("c.morvan", "4001")
    _move(scene, RegisterRing(contact=contact, extension="4001", at=MORNING), seconds=61)
    row = scene.get(tables.contact, id=contact)
    assert (row.state, row.extension, row.number) == (CallState.RINGING, "4001", MARTINES_NUMBER)
    _move(scene, RegisterAnswer(contact=contact, extension="4001", at=MORNING), seconds=65)
    row = scene.get(tables.contact, id=contact)
    assert (row.state, row.agent, row.transferred_by) == (CallState.IN_CALL, "h.lambert", "c.morvan")
    # The wait ended at the first answer.
    assert (row.answered_at, row.taken_at) == (
        MORNING + timedelta(seconds=5),
        MORNING + timedelta(seconds=65),
    )


def test_an_answered_call_that_nobody_gave_does_not_ring_again(scene: Scene) -> None:
    contact = scene.ring()
    _move(scene, RegisterAnswer(contact=contact, extension="4101", at=MORNING), seconds=5)
    _move(scene, RegisterRing(contact=contact, extension="4001", at=MORNING), seconds=6)
    row = scene.get(tables.contact, id=contact)
    assert (row.state, row.extension) == (CallState.IN_CALL, "4101")


def test_a_call_rings_at_two_desks_until_one_gives_up_and_the_other_answers(scene: Scene) -> None:
    contact = scene.ring()
    _move(scene, RegisterRing(contact=contact, extension="4001", at=MORNING), seconds=1)
    assert scene.get(tables.contact, id=contact).ringing == "4101 4001"
    _move(scene, RegisterNoAnswer(contact=contact, extension="4001", at=MORNING), seconds=15)
    row = scene.get(tables.contact, id=contact)
    assert (row.state, row.ringing) == (CallState.RINGING, "4101")
    _move(scene, RegisterNoAnswer(contact=contact, extension="4101", at=MORNING), seconds=16)
    row = scene.get(tables.contact, id=contact)
    assert (row.state, row.ringing) == (CallState.QUEUED, "")


def test_a_held_caller_is_retrieved_and_a_hold_heard_too_late_holds_nobody(scene: Scene) -> None:
    contact = scene.ring()
    _move(scene, RegisterAnswer(contact=contact, extension="4101", at=MORNING), seconds=5)
    held = RegisterHold(contact=contact, extension="4101", at=MORNING)
    _move(scene, held, seconds=10)
    assert scene.get(tables.contact, id=contact).state == CallState.HELD
    _move(scene, RegisterRetrieval(contact=contact, extension="4101", at=MORNING), seconds=20)
    (late,) = _move(scene, held, seconds=15)
    assert isinstance(late, CallHeld)
    assert late.is_late
    assert scene.get(tables.contact, id=contact).state == CallState.IN_CALL


def test_an_overflow_gives_the_call_and_its_candidates_to_the_other_queues_service(scene: Scene) -> None:
    contact = scene.ring(extension="")
    moved = RegisterOverflow(contact=contact, from_queue=QUEUE, queue=OTHER_QUEUE, at=MORNING)
    facts = _move(scene, moved, seconds=30)
    assert PersonEntered(person=MARTINE, service="standard") in facts
    row = scene.get(tables.contact, id=contact)
    assert (row.queue, row.service, row.overflowed_from) == (OTHER_QUEUE, "standard", QUEUE)


def test_a_message_is_kept_once_even_after_the_end(scene: Scene) -> None:
    contact = scene.ring()
    ended = RegisterEnd(contact=contact, ending=Ending.MISSED, at=MORNING)
    _move(scene, ended, seconds=30)
    left = RegisterVoicemail(contact=contact, at=MORNING)
    assert len(_move(scene, left, seconds=31)) == 1
    assert _move(scene, left, seconds=32) == ()
    row = scene.get(tables.contact, id=contact)
    assert (row.state, row.ending) == (CallState.ENDED, Ending.MISSED)


def test_a_call_of_ours_names_whoever_may_answer(scene: Scene) -> None:
    contact = scene.new_id()
    placed = RegisterOutgoingCall(contact=contact, extension="4101", number_raw=MARTINES_NUMBER, at=MORNING)
    facts = _move(scene, placed, seconds=0)
    assert any(isinstance(fact, CallPlaced) and fact.candidates == (MARTINE,) for fact in facts)
    row = scene.get(tables.contact, id=contact)
    assert (row.direction, row.state, row.agent) == ("outbound", CallState.DIALLING, "c.morvan")
