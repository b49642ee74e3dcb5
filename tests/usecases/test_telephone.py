"""A desk acts on its own call alone, and what the exchange says of it is told."""

from datetime import timedelta

import pytest

from app.domain.commands import (
    AnswerCall,
    AnyCommand,
    ChangeOwnState,
    DialNumber,
    HangUpCall,
    HoldCall,
    MuteCall,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterRing,
    RegisterTransfer,
    ReportAgentState,
    RetrieveCall,
    SettleLineAct,
    TransferCall,
    UnmuteCall,
)
from app.domain.facts import LineActAsked, LineActSettled
from app.domain.ids import Id
from app.domain.words import AgentState, Ending, LineAct, LineActState, LineRefusal, TransferKind
from app.store import tables
from tests.support.scene import MARTINES_NUMBER, MORNING, OTHER_QUEUE, QUEUE, Scene

LATER = MORNING + timedelta(minutes=1)


@pytest.fixture
def ringing(scene: Scene) -> Id:
    """A call of the line `standard` that rings at 4101, Claire Morvan's."""
    contact = scene.new_id()
    arrived = RegisterCall(
        contact=contact, line="standard", queue=QUEUE, number_raw=MARTINES_NUMBER, arrived_at=MORNING
    )
    scene.run(arrived, author="line:standard")
    scene.run(RegisterRing(contact=contact, extension="4101", at=MORNING), author="line:standard")
    return contact


@pytest.fixture
def talking(scene: Scene, ringing: Id) -> Id:
    answer = RegisterAnswer(contact=ringing, extension="4101", at=MORNING + timedelta(seconds=5))
    scene.run(answer, author="line:standard")
    return ringing


def _asked(scene: Scene, body: AnyCommand, *, author: str = "c.morvan") -> LineActAsked:
    (fact,) = scene.facts(scene.run(body, author=author))
    assert isinstance(fact, LineActAsked)
    return fact


def test_answering_is_asked_of_the_line_of_the_call_at_ones_own_extension(scene: Scene, ringing: Id) -> None:
    asked = _asked(scene, AnswerCall(contact=ringing))
    assert (asked.what, asked.line, asked.extension) == (LineAct.ANSWER, "standard", "4101")
    assert scene.get(tables.line_act, id=asked.act).state == LineActState.ASKED


@pytest.mark.parametrize("kind", [AnswerCall, HangUpCall])
def test_a_call_that_rings_elsewhere_is_not_ones_own(
    scene: Scene, ringing: Id, kind: type[AnswerCall] | type[HangUpCall]
) -> None:
    settled = scene.run(kind(contact=ringing), author="h.lambert")
    assert (settled.refusal, settled.field) == ("not_your_call", "contact")


def test_who_has_no_extension_asks_nothing(scene: Scene, ringing: Id) -> None:
    settled = scene.run(AnswerCall(contact=ringing), author="nobody")
    assert (settled.refusal, settled.field) == ("no_extension", "author")


@pytest.mark.parametrize(("command", "what"), [(MuteCall, LineAct.MUTE), (UnmuteCall, LineAct.UNMUTE)])
def test_the_microphone_is_cut_and_opened_on_the_line_of_the_call(
    scene: Scene, talking: Id, command: type[MuteCall] | type[UnmuteCall], what: LineAct
) -> None:
    asked = _asked(scene, command(contact=talking))
    assert (asked.what, asked.line, asked.contact) == (what, "standard", talking)
    assert scene.run(command(contact=talking), author="h.lambert").refusal == "not_your_call"


@pytest.mark.parametrize("kind", [HoldCall, RetrieveCall])
def test_a_call_that_only_rings_is_neither_held_nor_retrieved(
    scene: Scene, ringing: Id, kind: type[HoldCall] | type[RetrieveCall]
) -> None:
    assert scene.run(kind(contact=ringing)).refusal == "call_is_elsewhere"


def test_a_call_that_is_over_is_not_hung_up(scene: Scene, talking: Id) -> None:
    scene.run(RegisterEnd(contact=talking, ending=Ending.HUNG_UP, at=LATER), author="line:standard")
    assert scene.run(HangUpCall(contact=talking)).refusal == "call_is_elsewhere"


def test_a_call_no_exchange_told_of_cannot_be_acted_on(scene: Scene) -> None:
    contact = scene.ring()
    settled = scene.run(AnswerCall(contact=contact))
    assert (settled.refusal, settled.field) == ("no_line", "contact")


@pytest.mark.parametrize("line", ["standard", ""])
def test_a_call_of_an_exchange_that_only_tells_is_refused_at_once(scene: Scene, line: str) -> None:
    contact = scene.new_id()
    arrived = RegisterCall(
        contact=contact,
        line=line,
        told_by="" if line else "clinique",
        queue=QUEUE,
        arrived_at=MORNING,
    )
    scene.run(arrived, author="line:clinique")
    scene.run(RegisterRing(contact=contact, extension="4101", at=MORNING), author="line:clinique")
    settled = scene.run(AnswerCall(contact=contact))
    assert (settled.refusal, scene.count(tables.line_act)) == (("", 1) if line else ("no_line", 0))


def test_the_note_given_with_a_transfer_goes_with_the_call(scene: Scene, talking: Id) -> None:
    asked = _asked(scene, TransferCall(contact=talking, to="40 01", note="Attend son résultat"))
    assert (asked.what, asked.to) == (LineAct.TRANSFER, "4001")
    assert scene.get(tables.contact, id=talking).transfer_note == ""
    given = RegisterTransfer(
        contact=talking, transfer=TransferKind.BLIND, extension="4101", to="4001", at=LATER
    )
    scene.run(given, author="line:standard")
    row = scene.get(tables.contact, id=talking)
    assert (row.transfer_note, row.pending_note) == ("Attend son résultat", "")


@pytest.mark.parametrize("to", ["", "abc", "101,Hangup()", "1" * 21, "10\r\n1"])
def test_what_no_keypad_can_dial_is_refused_by_name(scene: Scene, talking: Id, to: str) -> None:
    settled = scene.run(TransferCall(contact=talking, to=to))
    assert (settled.refusal, settled.field) == ("unreadable_number", "to")


def test_a_number_is_dialled_on_the_line_of_ones_queues(scene: Scene) -> None:
    seat = ReportAgentState(
        line="standard", queue=QUEUE, extension="4101", state=AgentState.AVAILABLE, at=MORNING
    )
    scene.run(seat, author="line:standard")
    asked = _asked(scene, DialNumber(number_raw="+33 6 39 98 00 01"))
    assert (asked.what, asked.line, asked.to) == (LineAct.DIAL, "standard", "0639980001")


def test_an_extension_on_no_known_line_dials_nothing(scene: Scene) -> None:
    settled = scene.run(DialNumber(number_raw="0639980001"))
    assert (settled.refusal, settled.field) == ("no_line", "extension")


def test_only_a_pause_or_being_available_is_ones_own_to_choose(scene: Scene) -> None:
    settled = scene.run(ChangeOwnState(state=AgentState.IN_CALL))
    assert (settled.refusal, settled.field) == ("not_a_pause", "state")


def test_one_of_ones_queues_is_left_and_another_desk_s_is_not(scene: Scene) -> None:
    seat = ReportAgentState(
        line="standard", queue=QUEUE, extension="4101", state=AgentState.AVAILABLE, at=MORNING
    )
    scene.run(seat, author="line:standard")
    asked = _asked(scene, ChangeOwnState(state=AgentState.AT_DESK, queue=QUEUE))
    assert (asked.to, asked.queue, asked.line) == (AgentState.AT_DESK, QUEUE, "standard")
    settled = scene.run(ChangeOwnState(state=AgentState.AT_DESK, queue=OTHER_QUEUE))
    assert (settled.refusal, settled.field) == ("not_your_queue", "queue")


def test_what_the_exchange_refuses_is_told_once(scene: Scene, talking: Id) -> None:
    asked = _asked(scene, HoldCall(contact=talking))
    refused = SettleLineAct(act=asked.act, refusal=LineRefusal.CALL_GONE)
    (fact,) = scene.facts(scene.run(refused, author="line:standard"))
    assert isinstance(fact, LineActSettled)
    assert scene.facts(scene.run(refused, author="line:standard")) == ()
    row = scene.get(tables.line_act, id=asked.act)
    assert (row.state, row.refusal) == (LineActState.REFUSED, LineRefusal.CALL_GONE)


def test_an_agents_state_goes_to_the_queues_service_and_an_older_one_changes_nothing(scene: Scene) -> None:
    def report(state: AgentState, seconds: int) -> ReportAgentState:
        at = MORNING + timedelta(seconds=seconds)
        return ReportAgentState(line="standard", queue=OTHER_QUEUE, extension="4001", state=state, at=at)

    told = scene.run(report(AgentState.IN_CALL, 10), author="line:standard")
    scope = scene.entry(told).scope
    assert (scope.services, scope.extensions, scope.persons) == (("standard",), ("4001",), ())
    assert scene.facts(scene.run(report(AgentState.RINGING, 5), author="line:standard")) == ()
    row = scene.get(tables.agent_state, queue=OTHER_QUEUE, extension="4001")
    assert row.state == AgentState.IN_CALL
