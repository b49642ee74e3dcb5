"""From a message to the commands of its call: pure, so that a table of messages proves it.

Messages carry no time and may be lost, repeated or come in any order, by any server process: each one
tells enough to begin its call, and what comes after the end is put just before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.commands import CommandEnvelope
from app.domain.ids import Id
from app.domain.phone import normalise
from app.domain.words import Ending, NumberKind
from app.queries.told_calls import KnownCall
from sync.server.connectors import CallName, LineCall
from sync.server.connectors.generic_cti.message import CtiDirection, CtiEvent, CtiMessage

_BEFORE_THE_END = timedelta(microseconds=1)
_SHORTEST_CALL = timedelta(milliseconds=10)
"""Of a call that is heard of by its end alone: so long before it, it is said to have begun."""
_BELIEVED = timedelta(days=1)
"""An exchange whose clock shows an older beginning is not believed."""
_LET_GO = frozenset({"busy", "noAnswer", "congestion", "notFound", "forwarded"})
"""Causes where it is not the caller who gave up."""
_ESTABLISHED = "normalClearing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What of the exchange and the house has to be known to read a message.

    `queues` and `numbers` (dialled) lead to the hospital's queues, `seats` from whatever names a colleague
    (login, name, word of the exchange) to the extension.
    """

    queues: Mapping[str, str] = field(default_factory=dict[str, str])
    numbers: Mapping[str, str] = field(default_factory=dict[str, str])
    seats: Mapping[str, str] = field(default_factory=dict[str, str])

    def queue_of(self, message: CtiMessage) -> str:
        """Where the call waits; empty when nothing tells."""
        if message.queue:
            return self.queues.get(message.queue, message.queue)
        dialled = {normalise(number).e164: queue for number, queue in self.numbers.items()}
        return dialled.get(normalise(message.to_raw).e164, "")

    def seat_of(self, name: str) -> str:
        """The extension that a word of the exchange stands for; empty when none."""
        known = {each.casefold(): extension for each, extension in self.seats.items()}
        if extension := known.get(name.casefold()):
            return extension
        number = normalise(name)
        return number.e164 if number.kind is NumberKind.INTERNAL else ""

    def seats_of(self, names: Iterable[str]) -> list[str]:
        """The extensions among these, each once."""
        return list(dict.fromkeys(filter(None, map(self.seat_of, names))))


def name_of(line: str, message: CtiMessage) -> CallName:
    """The exchange says that its names are never used twice."""
    return CallName(line=line, exchange_start="", linkedid=message.call)


def to_commands(
    message: CtiMessage, *, line: str, arrangement: Arrangement, known: KnownCall | None, at: datetime
) -> list[CommandEnvelope]:
    """The commands of a message heard `at`; those of a repeat have the ids of the first ones."""
    call = LineCall(name_of(line, message), can_act=False)
    telling = _Telling(message, call, arrangement, known)
    arrival = telling.arrival(_beginning(message, at))
    if known is not None and known.ended_at is not None:
        at = min(at, known.ended_at - _BEFORE_THE_END)
    return [*arrival, *telling.what_happened(at)]


def _beginning(message: CtiMessage, at: datetime) -> datetime:
    """When the call began as far as this message tells."""
    if message.started_at is not None and at - _BELIEVED <= message.started_at < at:
        return message.started_at
    return at - _SHORTEST_CALL if message.event is CtiEvent.HANGUP else at


class _Telling:
    """One message, told to the call it is about."""

    def __init__(
        self, message: CtiMessage, call: LineCall, arrangement: Arrangement, known: KnownCall | None
    ) -> None:
        self._message = message
        self._call = call
        self._arrangement = arrangement
        self._known = known

    def arrival(self, at: datetime) -> list[CommandEnvelope]:
        """How the call begins, and the queue where it was thought to wait in none."""
        message = self._message
        if message.direction is CtiDirection.OUT:
            news = self._call.placed(self._caller(), number_raw=message.to_raw, at=at)
            return news if self._known is None else []
        queue = self._arrangement.queue_of(message)
        news = self._call.arrived(queue=queue, line_raw=message.to_raw, number_raw=message.from_raw, at=at)
        if self._known is None:
            return news
        if self._known.queue or not queue:
            return []
        return self._call.joined("", at=at - _BEFORE_THE_END) + self._call.joined(queue, at=at)

    def what_happened(self, at: datetime) -> list[CommandEnvelope]:
        """Rings, the answer or the end."""
        match self._message.event:
            case CtiEvent.NEW_CALL:
                return self._rings(at)
            case CtiEvent.ANSWER:
                return self._answer_told(at)
            case CtiEvent.HANGUP:
                return self._end(at)

    def _rings(self, at: datetime) -> list[CommandEnvelope]:
        if self._message.direction is CtiDirection.OUT:
            return []
        seats = self._arrangement.seats_of(self._message.users or (self._message.to_raw,))
        return [told for seat in seats for told in self._call.rang(seat, leg=seat, at=at)]

    def _answer_told(self, at: datetime) -> list[CommandEnvelope]:
        """After the end it is another command, since the first may have come to nothing."""
        known = self._known
        if known is None or known.ended_at is None:
            return self._answer(self._taker(), at)
        return [] if known.is_answered else self._answer(self._taker(), at, leg="after the end")

    def _answer(self, place: str, at: datetime, *, leg: str = "") -> list[CommandEnvelope]:
        return self._call.answered(place, leg=leg or place, at=at) if place else []

    def _end(self, at: datetime) -> list[CommandEnvelope]:
        """Without any answer heard, somebody has to call back whatever the cause says."""
        message, is_answered = self._message, self._known is not None and self._known.is_answered
        answer: list[CommandEnvelope] = []
        if not is_answered and message.cause == _ESTABLISHED and message.answering:
            lasted = message.talked or _BEFORE_THE_END
            answer = self._answer(self._taker(), max(_beginning(message, at), at - lasted))
        ending = Ending.HUNG_UP if is_answered or answer else self._unanswered()
        return answer + self._call.ended(ending, at=at)

    def _unanswered(self) -> Ending:
        if self._message.direction is CtiDirection.OUT:
            return Ending.NO_ANSWER
        return Ending.MISSED if self._message.cause in _LET_GO else Ending.ABANDONED

    def _caller(self) -> str:
        """The extension of ours that calls, else whatever names it."""
        named = (*self._message.users, self._message.from_raw)
        return next(iter(self._arrangement.seats_of(named)), next(filter(None, named), ""))

    def _taker(self) -> str:
        """Who answered: of us for a call from outside, of theirs for one of ours."""
        if self._message.direction is CtiDirection.OUT:
            return self._caller()
        users = self._message.users if len(self._message.users) == 1 else ()
        named = (self._message.answering, *users, self._message.to_raw)
        return next(iter(self._arrangement.seats_of(named)), next(filter(None, named), ""))


def contact_of(line: str, message: CtiMessage) -> Id:
    """The contact that a message's call becomes."""
    return name_of(line, message).contact
