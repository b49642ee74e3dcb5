"""A line without an exchange: a script plays what people do, the commands are the same."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

from app.domain.commands import CommandEnvelope
from app.domain.facts import LineActAsked
from app.domain.ids import Id
from app.domain.words import AgentState, Ending, LineAct, LineRefusal, TransferKind
from app.ports import Clock
from sync.server.connectors import CallName, Emit, LineAgents, LineCall, Seat, settled_act


class SimulatedLine:
    """Calls made by hand, for the demonstration and for tests."""

    def __init__(
        self, line: str, *, clock: Clock, emit: Emit, leap: Callable[[datetime], None] | None = None
    ) -> None:
        self.line = line
        self._leap = leap
        self.commands = 0
        self._clock = clock
        self._emit = emit
        self._started = clock.now().isoformat()
        self._numbers = count(1)
        self._calls: dict[Id, LineCall] = {}
        self._legs: dict[Id, int] = {}
        self._announced: dict[Id, str] = {}
        self._agents = LineAgents(line)
        self._seats: dict[Seat, AgentState] = {}

    async def arrive(self, number: str, *, queue: str, line_raw: str = "") -> Id:
        """Somebody calls and waits in a queue; the contact's id."""
        call, news = self._arrive(number, queue=queue, line_raw=line_raw)
        await self._tell(news)
        return call.contact

    async def dial(self, number: str, extension: str) -> Id:
        """An extension calls a number; the contact's id."""
        call = self._new_call()
        await self._tell(call.placed(extension, number_raw=number, at=self._clock.now()))
        return call.contact

    async def ring(self, number: str, *, queue: str, extension: str, line_raw: str = "") -> Id:
        """Somebody calls and an extension rings at once, told together; the contact's id."""
        call, news = self._arrive(number, queue=queue, line_raw=line_raw)
        await self._tell([*news, *call.rang(extension, leg=extension, at=self._clock.now())])
        return call.contact

    def _arrive(self, number: str, *, queue: str, line_raw: str) -> tuple[LineCall, list[CommandEnvelope]]:
        call, at = self._new_call(), self._clock.now()
        news = call.arrived(queue=queue, line_raw=line_raw, number_raw=number, at=at)
        return call, news + call.joined(queue, at=at)

    async def ring_at(self, contact: Id, extension: str) -> None:
        """One more extension rings for the call."""
        call = self._calls[contact]
        await self._tell(call.rang(extension, leg=self._leg(contact, extension), at=self._clock.now()))

    async def no_answer(self, contact: Id, extension: str) -> None:
        """The extension rang in vain; it may ring again."""
        leg = self._leg(contact, extension)
        await self._tell(self._calls[contact].not_answered(extension, leg=leg, at=self._clock.now()))

    async def overflow(self, contact: Id, queue: str) -> None:
        """The call goes to another queue."""
        await self._tell(self._calls[contact].joined(queue, at=self._clock.now()))

    async def answer(self, contact: Id, extension: str) -> None:
        """Somebody answers at the extension."""
        call = self._calls[contact]
        await self._tell(call.answered(extension, leg=self._leg(contact, extension), at=self._clock.now()))

    async def hold(self, contact: Id, extension: str) -> None:
        """The extension puts its caller on hold."""
        await self._tell(self._calls[contact].held(extension, at=self._clock.now()))

    async def retrieve(self, contact: Id, extension: str) -> None:
        """The extension comes back to its caller."""
        await self._tell(self._calls[contact].retrieved(extension, at=self._clock.now()))

    async def transfer(self, contact: Id, extension: str, to: str) -> None:
        """The extension sends its caller on at once; the other one rings."""
        await self._give(contact, TransferKind.BLIND, extension=extension, to=to)
        await self.ring_at(contact, to)

    async def transfer_announced(self, contact: Id, extension: str, to: str) -> None:
        """The extension gives its caller to another one, with whom it has spoken."""
        await self._give(contact, TransferKind.ATTENDED, extension=extension, to=to)
        await self.answer(contact, to)

    async def leave_message(self, contact: Id) -> None:
        """The caller speaks to the voicemail."""
        await self._tell(self._calls[contact].left_message(at=self._clock.now()))

    async def hang_up(self, contact: Id) -> None:
        """The caller hangs up: after an answer the call is over, before it was abandoned."""
        call = self._calls[contact]
        ending = Ending.HUNG_UP if call.is_answered else Ending.ABANDONED
        await self._tell(call.ended(ending, at=self._clock.now()))

    async def let_go(self, contact: Id) -> None:
        """The exchange's patience ends before anybody answered."""
        await self._tell(self._calls[contact].ended(Ending.MISSED, at=self._clock.now()))

    async def change_agent(self, queue: str, extension: str, state: AgentState) -> None:
        """The agent at an extension does something else in a queue."""
        self._seats[(queue, extension)] = state
        await self._tell(self._agents.changed((queue, extension), state, at=self._clock.now()))

    async def pass_time(self, until: datetime) -> None:
        """Nothing happens until that moment: a demonstration's clock goes there at once."""
        if self._leap is not None:
            self._leap(until)

    async def perform(self, asked: LineActAsked) -> None:
        """Do what a desk asks, and tell what came of it."""
        refusal = None
        try:
            await self._perform(asked)
        except KeyError:
            refusal = LineRefusal.CALL_GONE
        at = self._clock.now()
        await self._tell([settled_act(asked.act, line=self.line, refusal=refusal, at=at)])

    async def _perform(self, asked: LineActAsked) -> None:
        match asked.what:
            case LineAct.DIAL:
                await self.dial(asked.to, asked.extension)
            case LineAct.PAUSE:
                for queue, extension in [seat for seat in self._seats if _is_of(seat, asked)]:
                    await self.change_agent(queue, extension, AgentState(asked.to))
            case _:
                await self._perform_in_call(asked, asked.contact or "")

    async def _perform_in_call(self, asked: LineActAsked, contact: Id) -> None:
        extension = asked.extension
        match asked.what:
            case LineAct.ANSWER:
                await self.answer(contact, extension)
            case LineAct.HOLD:
                await self.hold(contact, extension)
            case LineAct.MUTE | LineAct.UNMUTE:
                _ = self._calls[contact]
            case LineAct.ANNOUNCE:
                self._announced[contact] = asked.to
                await self.hold(contact, extension)
            case LineAct.RETRIEVE | LineAct.CANCEL:
                self._announced.pop(contact, "")
                await self.retrieve(contact, extension)
            case LineAct.TRANSFER:
                await self.transfer(contact, extension, asked.to)
            case LineAct.COMPLETE:
                await self.transfer_announced(contact, extension, self._announced.pop(contact))
            case _:
                await self.hang_up(contact)

    def _new_call(self) -> LineCall:
        name = CallName(line=self.line, exchange_start=self._started, linkedid=str(next(self._numbers)))
        call = self._calls[name.contact] = LineCall(name)
        return call

    async def _give(self, contact: Id, transfer: TransferKind, *, extension: str, to: str) -> None:
        call = self._calls[contact]
        news = call.transferred(transfer, extension=extension, to=to, at=self._clock.now())
        if news:
            self._legs[contact] = self._legs.get(contact, 0) + 1
        await self._tell(news)

    def _leg(self, contact: Id, extension: str) -> str:
        """After a transfer the same extension may ring and answer again."""
        return f"{extension} {self._legs[contact]}" if contact in self._legs else extension

    async def _tell(self, news: list[CommandEnvelope]) -> None:
        """Hand over what is news; a repeat is none."""
        if news:
            self.commands += len(news)
            await self._emit(tuple(news))


def _is_of(seat: Seat, asked: LineActAsked) -> bool:
    return seat[1] == asked.extension and asked.queue in ("", seat[0])
