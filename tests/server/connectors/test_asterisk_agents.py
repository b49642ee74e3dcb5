"""Asterisk's queue members to agents' states: a captured stream, repeats, lists, who is gone."""

import random
from datetime import timedelta

import pytest

from app.domain.commands import CommandEnvelope, ReportAgentState
from app.domain.words import AgentState
from sync.server.connectors.asterisk.agents import AGENT_EVENTS, ExchangeAgents
from sync.server.connectors.asterisk.ami import Message, MessageReader
from sync.server.connectors.asterisk.call import Dialplan
from tests.server.connectors.lines import CAPTURES, START, said_at

HERE, THERE = ("accueil", "101"), ("orthopedie", "101")


def _captured(*events: str) -> list[Message]:
    heard = MessageReader(events).feed((CAPTURES / "agents.ami").read_bytes())
    return [message for message in heard if message.get("Event") in events]


def _hear(agents: ExchangeAgents, heard: list[Message]) -> list[CommandEnvelope]:
    return [told for message in heard for told in agents.to_commands(message, said_at(message))]


def _states(told: list[CommandEnvelope], seat: tuple[str, str]) -> list[AgentState]:
    bodies = [each.body for each in told if isinstance(each.body, ReportAgentState)]
    return [body.state for body in bodies if (body.queue, body.extension) == seat]


def _agents() -> ExchangeAgents:
    return ExchangeAgents("standard", Dialplan())


def test_a_pause_is_told_for_the_queue_it_is_in_and_a_call_in_every_queue() -> None:
    told = _hear(_agents(), _captured(*AGENT_EVENTS))
    calls = [AgentState.RINGING, AgentState.IN_CALL, AgentState.AVAILABLE]
    training = [AgentState.TRAINING, AgentState.AVAILABLE]
    assert _states(told, HERE) == [AgentState.AT_DESK, *training, *calls]
    assert _states(told, THERE) == [*training, *calls]


def test_a_stream_heard_twice_says_nothing_new() -> None:
    agents, heard = _agents(), _captured(*AGENT_EVENTS)
    _hear(agents, heard)
    assert _hear(agents, heard) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_shuffled_stream_ends_with_the_last_state(seed: int) -> None:
    heard = _captured(*AGENT_EVENTS) * 2
    random.Random(seed).shuffle(heard)
    told = _hear(_agents(), heard)
    assert {_states(told, seat)[-1] for seat in (HERE, THERE)} == {AgentState.AVAILABLE}


def test_the_lists_tell_what_was_not_heard_and_who_is_no_longer_there() -> None:
    members = _captured("QueueMember")
    known = {HERE: AgentState.AVAILABLE, ("accueil", "199"): AgentState.AVAILABLE}
    agents = ExchangeAgents("standard", Dialplan(), known)
    told = agents.reconcile(members[:3], START)
    assert _states(told, ("accueil", "199")) == [AgentState.OFFLINE]
    assert _states(told, THERE) == [AgentState.AVAILABLE]
    # What the server remembers is no news.
    assert _states(told, HERE) == []
    assert agents.reconcile(members[:3], START + timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    ("status", "paused", "reason", "state"),
    [
        ("1", "0", "", AgentState.AVAILABLE),
        ("1", "1", "", AgentState.UNAVAILABLE),
        ("1", "1", "pause cigarette", AgentState.UNAVAILABLE),
        ("1", "1", " guichet ", AgentState.AT_DESK),
        ("1", "1", "Post-appel", AgentState.WRAP_UP),
        ("2", "1", "Formation", AgentState.IN_CALL),
        ("5", "0", "", AgentState.OFFLINE),
        ("4", "1", "Formation", AgentState.OFFLINE),
        ("", "0", "", AgentState.OFFLINE),
    ],
)
def test_what_a_member_does_is_read_from_its_phone_and_its_pause(
    status: str, paused: str, reason: str, state: AgentState
) -> None:
    member = {"Event": "QueueMemberStatus", "Queue": "accueil", "Interface": "PJSIP/101"}
    said = {"Status": status, "Paused": paused, "PausedReason": reason}
    assert _states(_agents().to_commands({**member, **said}, START), HERE) == [state]


def test_a_member_without_a_queue_or_an_extension_is_ignored() -> None:
    assert _agents().to_commands({"Event": "QueueMemberStatus", "Queue": "accueil"}, START) == []
