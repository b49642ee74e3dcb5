"""What a call's figures are made of is written down as it happens: hours, holds, queues left, post-call."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import (
    LogMotive,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterHold,
    RegisterOverflow,
    RegisterRetrieval,
    RegisterTransfer,
    ReportAgentState,
    SetOpeningHours,
    WithdrawMotive,
)
from app.domain.ids import Id
from app.domain.talk import held
from app.domain.words import AgentState, Ending, Outcome, TransferKind
from app.store import tables
from tests.support.scene import OTHER_QUEUE, QUEUE, Scene

LINE = "line:test"
SECOND = 1_000_000
LUNCH = "1-5 08:00-10:00 11:00-18:00"
"""Closed at 10:26 in Paris, the morning of the scene."""


def later(scene: Scene, seconds: int) -> None:
    scene.clock.move(timedelta(seconds=seconds))


def answer(scene: Scene, contact: Id, extension: str = "4101") -> None:
    scene.run(RegisterAnswer(contact=contact, extension=extension, at=scene.clock.now()), author=LINE)


def hold(scene: Scene, contact: Id, *, seconds: int) -> None:
    scene.run(RegisterHold(contact=contact, extension="4101", at=scene.clock.now()), author=LINE)
    later(scene, seconds)


def retrieve(scene: Scene, contact: Id) -> None:
    scene.run(RegisterRetrieval(contact=contact, extension="4101", at=scene.clock.now()), author=LINE)


def hang_up(scene: Scene, contact: Id) -> None:
    scene.run(RegisterEnd(contact=contact, ending=Ending.HUNG_UP, at=scene.clock.now()), author=LINE)


def log(scene: Scene, contact: Id) -> Id:
    settled = scene.run(
        LogMotive(contact=contact, motive="91", outcome=Outcome.DEALT_WITH, service="orthopedie")
    )
    assert not settled.refusal
    return settled.command_id


def say_state(scene: Scene, state: AgentState) -> None:
    told = ReportAgentState(queue=QUEUE, extension="4101", state=state, at=scene.clock.now())
    scene.run(told, author=LINE)


def spoken(scene: Scene) -> Id:
    """A call answered and over."""
    contact = scene.ring()
    answer(scene, contact)
    later(scene, 60)
    hang_up(scene, contact)
    return contact


def call_of(scene: Scene, contact: Id) -> sa.Row[tuple[object, ...]]:
    return scene.get(tables.contact, id=contact)


def held_of(scene: Scene, contact: Id) -> timedelta:
    row = scene.get(tables.contact, id=contact)
    return held(row.talk_marks, answered_at=row.answered_at, ended_at=row.ended_at)


def test_each_hold_adds_to_the_time_held_and_the_last_one_ends_with_the_call(scene: Scene) -> None:
    contact = scene.ring()
    answer(scene, contact)
    later(scene, 5)
    hold(scene, contact, seconds=20)
    retrieve(scene, contact)
    later(scene, 30)
    hold(scene, contact, seconds=7)
    assert held_of(scene, contact) == timedelta()
    hang_up(scene, contact)
    assert held_of(scene, contact) == timedelta(seconds=27)


def test_whoever_is_given_on_waits_until_somebody_answers(scene: Scene) -> None:
    contact = scene.ring()
    answer(scene, contact)
    later(scene, 10)
    given = RegisterTransfer(
        contact=contact, transfer=TransferKind.BLIND, extension="4101", to="4001", at=scene.clock.now()
    )
    scene.run(given, author=LINE)
    later(scene, 12)
    answer(scene, contact, "4001")
    later(scene, 30)
    hang_up(scene, contact)
    assert held_of(scene, contact) == timedelta(seconds=12)


def test_the_post_call_ends_with_the_save(scene: Scene) -> None:
    contact = spoken(scene)
    assert call_of(scene, contact).post_call_us is None
    later(scene, 25)
    log(scene, contact)
    assert call_of(scene, contact).post_call_us == 25 * SECOND
    later(scene, 60)
    log(scene, contact)
    assert call_of(scene, contact).post_call_us == 25 * SECOND


def test_a_call_qualified_before_its_end_has_no_post_call(scene: Scene) -> None:
    contact = scene.ring()
    answer(scene, contact)
    log(scene, contact)
    later(scene, 9)
    hang_up(scene, contact)
    assert call_of(scene, contact).post_call_us == 0


def test_an_agent_who_is_ready_sooner_ends_the_post_call(scene: Scene) -> None:
    contact = spoken(scene)
    say_state(scene, AgentState.WRAP_UP)
    later(scene, 12)
    say_state(scene, AgentState.AVAILABLE)
    later(scene, 30)
    log(scene, contact)
    assert call_of(scene, contact).post_call_us == 12 * SECOND


def test_what_is_qualified_much_later_had_waited(scene: Scene) -> None:
    contact = spoken(scene)
    later(scene, 301)
    log(scene, contact)
    assert call_of(scene, contact).post_call_us is None


def test_a_save_undone_in_time_goes_on_with_the_post_call(scene: Scene) -> None:
    contact = spoken(scene)
    later(scene, 10)
    saved = log(scene, contact)
    later(scene, 5)
    scene.run(WithdrawMotive(contact=contact, log=saved))
    assert call_of(scene, contact).post_call_us is None
    later(scene, 15)
    log(scene, contact)
    assert call_of(scene, contact).post_call_us == 30 * SECOND


def test_a_call_that_nobody_answered_has_no_post_call(scene: Scene) -> None:
    contact = scene.ring()
    later(scene, 40)
    scene.run(RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=scene.clock.now()), author=LINE)
    log(scene, contact)
    assert call_of(scene, contact).post_call_us is None


@pytest.mark.parametrize(("hours", "closed"), [("", ""), ("1-5 08:00-18:00", ""), (LUNCH, QUEUE)])
def test_a_call_is_judged_by_the_hours_of_its_queue_when_it_came(
    scene: Scene, hours: str, closed: str
) -> None:
    scene.run(SetOpeningHours(service="orthopedie", queue=QUEUE, hours=hours))
    contact = scene.ring()
    scene.run(SetOpeningHours(service="orthopedie", queue=QUEUE, hours=LUNCH))
    assert call_of(scene, contact).closed_queues == closed


def test_a_call_keeps_every_queue_it_left_and_those_that_were_closed(scene: Scene) -> None:
    scene.run(SetOpeningHours(service="standard", hours=LUNCH))
    contact = scene.ring(extension="")
    later(scene, 20)
    for before, after in ((QUEUE, OTHER_QUEUE), (OTHER_QUEUE, "troisieme")):
        told = RegisterOverflow(contact=contact, from_queue=before, queue=after, at=scene.clock.now())
        scene.run(told, author=LINE)
        later(scene, 20)
    row = call_of(scene, contact)
    assert (row.queues_left, row.closed_queues) == (f"{QUEUE} {OTHER_QUEUE}", OTHER_QUEUE)


def test_the_first_ring_and_the_entry_in_the_queue_are_two_moments(scene: Scene) -> None:
    contact, first = scene.new_id(), scene.clock.now()
    entered = first + timedelta(seconds=14)
    told = RegisterCall(contact=contact, queue=QUEUE, arrived_at=first, queued_at=entered)
    scene.run(told, author=LINE)
    row = call_of(scene, contact)
    assert (row.at, row.queued_at) == (first, entered)
