"""One exchange that posts its calls: any server process hears it, one of them watches over it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.facts import LineActAsked
from app.domain.ids import Id
from app.domain.words import LineRefusal
from app.logs import fault, log
from app.ports import Clock
from app.queries.told_calls import KnownCall
from sync.server.connectors import Emit, Malformed, ended_unheard, settled_act
from sync.server.connectors.generic_cti.calls import Arrangement, contact_of, to_commands
from sync.server.connectors.generic_cti.message import CtiEvent, CtiMessage, read_message

LOOK_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CtiStore:
    """What a line asks of the house: each is called from a worker thread."""

    find_call: Callable[[Id], KnownCall | None]
    arrangement: Callable[[], Arrangement]
    keep: Callable[[str, bytes], None]
    """Keeps the body that could not be read, with the field at fault."""


class CtiLine:
    """Takes the messages of one exchange, in the order they come to this process."""

    def __init__(self, line: str, *, store: CtiStore, clock: Clock, emit: Emit) -> None:
        self.line = line
        self._store = store
        self._clock = clock
        self._emit = emit
        self._turn = asyncio.Lock()

    async def take(self, content_type: str, body: bytes) -> Malformed | None:
        """Commit what a request tells; else the fault, once the body is kept."""
        at = self._clock.now()
        try:
            message = read_message(content_type, body)
        except Malformed as malformed:
            log("line").warning("a message can't be read", line=self.line, field=malformed.field)
            await asyncio.to_thread(self._store.keep, malformed.field, body)
            return malformed
        async with self._turn:
            await self._tell(message, at)
        return None

    async def _tell(self, message: CtiMessage, at: datetime) -> None:
        """Hand the commands over; an answer once more when another process ended the call meanwhile."""
        known, arrangement = await asyncio.to_thread(self._look_up, message)
        await self._emit(to_commands(message, line=self.line, arrangement=arrangement, known=known, at=at))
        if message.event is not CtiEvent.ANSWER:
            return
        now_known, _ = await asyncio.to_thread(self._look_up, message)
        if now_known is not None and now_known.ended_at is not None:
            await self._emit(
                to_commands(message, line=self.line, arrangement=arrangement, known=now_known, at=at)
            )

    def _look_up(self, message: CtiMessage) -> tuple[KnownCall | None, Arrangement]:
        return self._store.find_call(contact_of(self.line, message)), self._store.arrangement()


class CtiWatch:
    """Ends the calls whose end was never told, and refuses what such an exchange can't be asked.

    `find_stale` gives the calls that nobody can still be in, each with whether it was answered.
    """

    def __init__(
        self,
        line: str,
        *,
        find_stale: Callable[[], Mapping[Id, bool]],
        clock: Clock,
        emit: Emit,
        look_every: timedelta = LOOK_EVERY,
    ) -> None:
        self.line = line
        self._find_stale = find_stale
        self._clock = clock
        self._emit = emit
        self._look_every = look_every

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self._end_stale()
            except Exception as error:  # noqa: BLE001 - the database may be away: it is looked at again
                log("line").error("stale calls can't be ended", line=self.line, **fault(error))
            await asyncio.sleep(self._look_every.total_seconds())

    async def perform(self, asked: LineActAsked) -> None:
        """Say that the exchange only tells."""
        at = self._clock.now()
        refusal = LineRefusal.NOT_PERMITTED
        await self._emit([settled_act(asked.act, line=self.line, refusal=refusal, at=at)])

    async def _end_stale(self) -> None:
        stale = await asyncio.to_thread(self._find_stale)
        at = self._clock.now()
        await self._emit(
            [
                ended_unheard(contact, line=self.line, is_answered=is_answered, at=at)
                for contact, is_answered in stale.items()
            ]
        )
