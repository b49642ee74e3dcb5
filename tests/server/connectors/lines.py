"""Two lines that play the same scenes: one hears Asterisk's messages, the other is simulated."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeAlias

from app.domain.commands import (
    CommandEnvelope,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterRing,
)
from sync.server.connectors.asterisk.ami import Message, MessageReader
from sync.server.connectors.asterisk.call import Dialplan
from sync.server.connectors.asterisk.calls import CALL_EVENTS, ExchangeCalls
from sync.server.connectors.simulated import SimulatedLine

START = datetime(2026, 11, 24, 9, 26, tzinfo=UTC)
CAPTURES = Path(__file__).parent / "captures"
CALLER = "0639981234"
WELCOME = "0199001001"
DIRECT = "0199001003"

Act: TypeAlias = tuple[str, str]
"""`arrive NUMBER`, `ring EXTENSION`, `answer EXTENSION`, `hang_up`, `let_go`."""
Told: TypeAlias = tuple[str, ...]


class HandClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time


class Line(Protocol):
    """What the contract asks of a line under test."""

    def play(self, call: str, acts: Sequence[Act]) -> list[CommandEnvelope]:
        """The commands of one call that lives through these acts."""
        ...


class SimulatedScene:
    """The simulated line, played act by act."""

    def __init__(self) -> None:
        self._told: list[CommandEnvelope] = []
        self._line = SimulatedLine("standard", clock=HandClock(), emit=self._take)

    async def _take(self, envelopes: Sequence[CommandEnvelope]) -> None:
        self._told += envelopes

    def play(self, call: str, acts: Sequence[Act]) -> list[CommandEnvelope]:
        """An act that comes twice is done twice, except the arrival, which is a new call."""
        del call
        before = len(self._told)
        asyncio.run(self._play(acts))
        return self._told[before:]

    async def _play(self, acts: Sequence[Act]) -> None:
        contact = ""
        for act, value in acts:
            match act:
                case "arrive":
                    contact = contact or await self._line.arrive(value, queue="accueil", line_raw=WELCOME)
                case "ring":
                    await self._line.ring_at(contact, value)
                case "answer":
                    await self._line.answer(contact, value)
                case "hang_up":
                    await self._line.hang_up(contact)
                case _:
                    await self._line.let_go(contact)


class AsteriskScene:
    """The exchange's messages for each act, read by the real state machine."""

    def __init__(self) -> None:
        self.calls = exchange_calls()

    def play(self, call: str, acts: Sequence[Act]) -> list[CommandEnvelope]:
        """Hear the messages of these acts in order, then wait for the late ends."""
        return self.hear([message for act in acts for message in messages(call, *act)])

    def hear(self, heard: Sequence[Message]) -> list[CommandEnvelope]:
        told = [envelope for message in heard for envelope in self.calls.to_commands(message, START)]
        return told + self.calls.settle(START + timedelta(seconds=3))


def exchange_calls() -> ExchangeCalls:
    """The calls of an exchange as the tests set it up."""
    return ExchangeCalls(
        line="standard",
        exchange_start="2026-11-24T06:00:00",
        dialplan=Dialplan(direct={DIRECT: "direction"}, queues={"accueil-soir": "accueil"}),
    )


def messages(call: str, act: str, value: str) -> list[Message]:
    """What Asterisk 22 says for one act of one call, cut to the headers that are read."""
    caller = {"Channel": f"PJSIP/trunk-{call}", "Uniqueid": call, "Linkedid": call, "Exten": WELCOME}
    leg = {**caller, "Interface": f"PJSIP/{value}", "DestUniqueid": f"{call}.{value}"}
    match act:
        case "arrive":
            shown = {**caller, "CallerIDNum": value}
            return [
                {"Event": "Newchannel", "Context": "from-trunk", "ChannelState": "4", **shown},
                {"Event": "QueueCallerJoin", "Queue": "accueil", **shown},
            ]
        case "ring":
            return [{"Event": "AgentCalled", **leg}, {"Event": "DialBegin", **leg}]
        case "answer":
            ended = {"Event": "DialEnd", "DialStatus": "ANSWER", **leg}
            return [ended, {"Event": "QueueCallerLeave", **caller}, {"Event": "AgentConnect", **leg}]
        case "hang_up":
            return [
                {"Event": "HangupRequest", **caller},
                {"Event": "QueueCallerAbandon", **caller},
                {"Event": "QueueCallerLeave", **caller},
                {"Event": "Hangup", **caller},
            ]
        case _:
            return [
                {"Event": "QueueCallerAbandon", **caller},
                {"Event": "QueueCallerLeave", **caller},
                {"Event": "Hangup", **caller},
            ]


def captured(name: str) -> list[Message]:
    """The messages of a capture that concern calls."""
    reader = MessageReader(CALL_EVENTS)
    return reader.feed((CAPTURES / f"{name}.ami").read_bytes())


def summary(envelope: CommandEnvelope) -> Told:
    """The command's name and what a test looks at, without ids and times."""
    match envelope.body:
        case RegisterCall(queue=queue, line_raw=line, number_raw=number):
            return "RegisterCall", queue, line, number
        case RegisterRing(extension=extension):
            return "RegisterRing", extension
        case RegisterAnswer(extension=extension):
            return "RegisterAnswer", extension
        case RegisterEnd(ending=ending):
            return "RegisterEnd", ending.value
        case other:
            raise AssertionError(other)


def contact_of(envelope: CommandEnvelope) -> str:
    """The contact a line's command is about."""
    body = envelope.body
    assert isinstance(body, RegisterCall | RegisterRing | RegisterAnswer | RegisterEnd)
    return body.contact
