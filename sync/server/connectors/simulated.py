"""A line without an exchange: a script rings, answers and hangs up, the commands are the same."""

from itertools import count

from app.domain.commands import CommandEnvelope
from app.domain.ids import Id
from app.domain.words import Ending
from app.ports import Clock
from sync.server.connectors import CallName, Emit, LineCall


class SimulatedLine:
    """Calls made by hand, for the demonstration and for tests."""

    def __init__(self, line: str, *, clock: Clock, emit: Emit) -> None:
        self.commands = 0
        self._line = line
        self._clock = clock
        self._emit = emit
        self._started = clock.now().isoformat()
        self._numbers = count(1)
        self._calls: dict[Id, LineCall] = {}

    async def arrive(self, number: str, *, queue: str, line_raw: str = "") -> Id:
        """Somebody calls and waits in a queue; the contact's id."""
        call, news = self._new_call(number, queue=queue, line_raw=line_raw)
        await self._tell(news)
        return call.contact

    async def ring(self, number: str, *, queue: str, extension: str, line_raw: str = "") -> Id:
        """Somebody calls and an extension rings at once, told together; the contact's id."""
        call, news = self._new_call(number, queue=queue, line_raw=line_raw)
        await self._tell([*news, *call.rang(extension, leg=extension, at=self._clock.now())])
        return call.contact

    def _new_call(self, number: str, *, queue: str, line_raw: str) -> tuple[LineCall, list[CommandEnvelope]]:
        linkedid = str(next(self._numbers))
        name = CallName(line=self._line, exchange_start=self._started, linkedid=linkedid)
        call = self._calls[name.contact] = LineCall(name)
        at = self._clock.now()
        return call, call.arrived(queue=queue, line_raw=line_raw, number_raw=number, at=at)

    async def ring_at(self, contact: Id, extension: str) -> None:
        """One more extension rings for the call."""
        call = self._calls[contact]
        await self._tell(call.rang(extension, leg=extension, at=self._clock.now()))

    async def answer(self, contact: Id, extension: str) -> None:
        """Somebody answers at the extension."""
        call = self._calls[contact]
        await self._tell(call.answered(extension, leg=extension, at=self._clock.now()))

    async def hang_up(self, contact: Id) -> None:
        """The caller hangs up: after an answer the call is over, before it was abandoned."""
        call = self._calls[contact]
        ending = Ending.HUNG_UP if call.is_answered else Ending.ABANDONED
        await self._tell(call.ended(ending, at=self._clock.now()))

    async def let_go(self, contact: Id) -> None:
        """The exchange's patience ends before anybody answered."""
        await self._tell(self._calls[contact].ended(Ending.MISSED, at=self._clock.now()))

    async def _tell(self, news: list[CommandEnvelope]) -> None:
        """Hand over what is news; a repeat is none."""
        if news:
            self.commands += len(news)
            await self._emit(tuple(news))
