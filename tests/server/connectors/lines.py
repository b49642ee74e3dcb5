"""Two lines that play the same scenes: one hears Asterisk's messages, the other is simulated."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Protocol, TypeAlias

from app.domain.commands import (
    CommandEnvelope,
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
    ReportAgentState,
    SettleLineAct,
)
from app.domain.ids import Id
from sync.server.connectors import Hold
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
"""`arrive NUMBER`, `overflow QUEUE`, `hang_up`, `let_go`, `leave_message`, `transfer FROM TO`,
`transfer_announced FROM TO`; `ring`, `no_answer`, `answer`, `hold`, `retrieve EXTENSION`."""
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


def _timed(acts: Sequence[Act]) -> Iterator[tuple[int, Act]]:
    """Each act a second after the one before; told again, it is still of the same moment."""
    second = 0
    for before, act in pairwise([("", ""), *acts]):
        second += act != before
        yield second, act


class SimulatedScene:
    """The simulated line, played act by act."""

    def __init__(self) -> None:
        self._told: list[CommandEnvelope] = []
        self._clock = HandClock()
        self._line = SimulatedLine("standard", clock=self._clock, emit=self._take)

    async def _take(self, envelopes: Sequence[CommandEnvelope]) -> None:
        self._told += envelopes

    def play(self, call: str, acts: Sequence[Act]) -> list[CommandEnvelope]:
        """An act that comes twice is done twice, except the arrival, which is a new call."""
        del call
        before = len(self._told)
        asyncio.run(self._play(acts))
        return self._told[before:]

    async def _play(self, acts: Sequence[Act]) -> None:  # noqa: C901 - one case an act
        contact = ""
        begun = self._clock.time
        for second, (act, value) in _timed(acts):
            self._clock.time = begun + timedelta(seconds=second)
            match act:
                case "arrive":
                    contact = contact or await self._line.arrive(value, queue="accueil", line_raw=WELCOME)
                case "ring":
                    await self._line.ring_at(contact, value)
                case "answer":
                    await self._line.answer(contact, value)
                case "no_answer":
                    await self._line.no_answer(contact, value)
                case "overflow":
                    await self._line.overflow(contact, value)
                case "hold":
                    await self._line.hold(contact, value)
                case "retrieve":
                    await self._line.retrieve(contact, value)
                case "transfer":
                    await self._line.transfer(contact, *value.split())
                case "transfer_announced":
                    await self._line.transfer_announced(contact, *value.split())
                case "leave_message":
                    await self._line.leave_message(contact)
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
        heard: list[Message] = []
        for second, act in _timed(acts):
            stamp = {"Timestamp": str((START + timedelta(seconds=second)).timestamp())}
            heard += [{**message, **stamp} for message in messages(call, *act)]
        return self.hear(heard)

    def hear(self, heard: Sequence[Message]) -> list[CommandEnvelope]:
        told = [
            envelope for message in heard for envelope in self.calls.to_commands(message, said_at(message))
        ]
        return told + self.calls.settle(max(map(said_at, heard), default=START) + timedelta(seconds=3))


def exchange_calls(held: Mapping[Id, Hold] | None = None) -> ExchangeCalls:
    """The calls of an exchange as the tests set it up."""
    return ExchangeCalls(
        line="standard",
        exchange_start="2026-11-24T06:00:00",
        dialplan=Dialplan(
            direct={DIRECT: "direction"},
            queues={"accueil-soir": "accueil"},
            outside=frozenset({"outside", "anonymous"}),
        ),
        held=held,
    )


def messages(call: str, act: str, value: str) -> list[Message]:  # noqa: C901 - one case an act
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
        case "no_answer":
            return [{"Event": "AgentRingNoAnswer", **leg}]
        case "overflow":
            abandon = {"Event": "QueueCallerAbandon", **caller}
            return [abandon, {"Event": "QueueCallerJoin", "Queue": value, "CallerIDNum": "", **caller}]
        case "hold" | "retrieve":
            event = "Hold" if act == "hold" else "Unhold"
            desk = {"Channel": f"PJSIP/{value}-0000002a", "Uniqueid": f"{call}.{value}", "Linkedid": call}
            return [{"Event": event, **desk}]
        case "transfer":
            giver, to = value.split()
            given = {"TransfererChannel": f"PJSIP/{giver}-0000002a", "TransfereeLinkedid": call}
            onward = {**caller, "Context": "internal", "Exten": to, "DestUniqueid": f"{call}.{to}.given"}
            return [
                {"Event": "BlindTransfer", "Extension": to, **given},
                {"Event": "DialBegin", **onward, "DestChannel": f"PJSIP/{to}-0000002b"},
            ]
        case "transfer_announced":
            giver, to = value.split()
            target = {
                "TransferTargetChannel": f"PJSIP/{to}-0000002b",
                "TransferTargetUniqueid": f"{call}.{to}.given",
                "TransferTargetChannelState": "6",
            }
            giving = {"OrigTransfererChannel": f"PJSIP/{giver}-0000002a", "TransfereeLinkedid": call}
            return [{"Event": "AttendedTransfer", **giving, **target}]
        case "leave_message":
            return [{"Event": "MessageWaiting", "New": "1", **caller}]
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
        case RegisterEnd(ending=ending):
            return "RegisterEnd", ending.value
        case RegisterTransfer(transfer=transfer, extension=extension, to=to):
            return "RegisterTransfer", transfer.value, extension, to
        case RegisterOverflow(from_queue=from_queue, queue=queue):
            return "RegisterOverflow", from_queue, queue
        case RegisterOutgoingCall(extension=extension, number_raw=number):
            return "RegisterOutgoingCall", extension, number
        case ReportAgentState(queue=queue, extension=extension, state=state):
            return "ReportAgentState", queue, extension, state.value
        case SettleLineAct(refusal=refusal):
            return "SettleLineAct", "" if refusal is None else refusal.value
        case RegisterVoicemail():
            return ("RegisterVoicemail",)
        case RegisterRing() | RegisterAnswer() | RegisterNoAnswer() | RegisterHold() | RegisterRetrieval():
            return type(envelope.body).__name__, envelope.body.extension
        case other:
            raise AssertionError(other)


def contact_of(envelope: CommandEnvelope) -> str:
    """The contact a line's command is about."""
    contact: str = getattr(envelope.body, "contact")  # noqa: B009 - a line's commands all have one
    return contact


def said_at(message: Message) -> datetime:
    """When the exchange said it, for a capture that has the time."""
    stamp = message.get("Timestamp")
    return START if stamp is None else datetime.fromtimestamp(float(stamp), UTC)
