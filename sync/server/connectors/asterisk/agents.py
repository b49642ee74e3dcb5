"""Reads what the agents of the queues do out of what Asterisk says of its queues' members."""

from collections.abc import Collection, Mapping
from datetime import datetime

from app.domain.commands import CommandEnvelope
from app.domain.queues import agent_state
from app.domain.words import AgentState
from sync.server.connectors import LineAgents, Seat
from sync.server.connectors.asterisk.ami import Message
from sync.server.connectors.asterisk.call import Dialplan, extension_of, said

AGENT_EVENTS = frozenset({"QueueMemberStatus", "QueueMemberPause", "QueueMemberAdded", "QueueMemberRemoved"})
_GONE = "QueueMemberRemoved"
_PHONES: Mapping[str, AgentState] = {
    "1": AgentState.AVAILABLE,
    "2": AgentState.IN_CALL,
    "3": AgentState.IN_CALL,
    "6": AgentState.RINGING,
    "7": AgentState.IN_CALL,
    "8": AgentState.IN_CALL,
}
"""Asterisk's device states: what is not here (invalid, unavailable, unknown) is a phone that is off."""


class ExchangeAgents:
    """All the agents of one exchange's queues."""

    def __init__(self, line: str, dialplan: Dialplan, known: Mapping[Seat, AgentState] | None = None) -> None:
        self._told = LineAgents(line, known)
        self._dialplan = dialplan

    def to_commands(self, message: Message, at: datetime) -> list[CommandEnvelope]:
        """The commands that this message of a queue's member gives rise to."""
        seat = self._seat(message)
        if not all(seat):
            return []
        is_gone = message["Event"] == _GONE
        return self._told.changed(seat, AgentState.OFFLINE if is_gone else _state(message), at=at)

    def reconcile(self, members: Collection[Message], at: datetime) -> list[CommandEnvelope]:
        """What changed while nobody listened, from QueueStatus."""
        seats = {self._seat(member): member for member in members}
        news = [
            told for seat, member in seats.items() for told in self._told.changed(seat, _state(member), at=at)
        ]
        return news + self._told.only(seats, at=at)

    def _seat(self, message: Message) -> Seat:
        queue = said(message, "Queue")
        interface = said(message, "StateInterface") or said(message, "Interface") or said(message, "Location")
        return self._dialplan.queues.get(queue, queue), extension_of(interface)


def _state(message: Message) -> AgentState:
    return agent_state(
        _PHONES.get(said(message, "Status"), AgentState.OFFLINE),
        is_paused=said(message, "Paused") == "1",
        reason_raw=said(message, "PausedReason"),
    )
