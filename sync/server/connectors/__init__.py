"""The outside lines, and what all of them share: how a call becomes commands.

A line turns what its exchange says into commands, and decides nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.commands import (
    AnyCommand,
    CommandEnvelope,
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterRing,
)
from app.domain.ids import Id, derived_id
from app.domain.words import Ending

Emit = Callable[[Sequence[CommandEnvelope]], Awaitable[None]]
"""Hands commands to the server, in order; when it raises, the same ones are handed over again."""

_LONGEST = 200
"""What the commands accept of a raw text; an exchange that says more is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallName:
    """What names a call for ever: the line, when its exchange started, and the exchange's name.

    An exchange that restarts counts its calls anew, hence its start.
    """

    line: str
    exchange_start: str
    linkedid: str

    @property
    def contact(self) -> Id:
        """The contact this call becomes, the same whoever computes it."""
        return derived_id("call", self.line, self.exchange_start, self.linkedid)


class LineCall:
    """One call: each method returns the commands that are news, none when nothing changed.

    Told out of order, a call's arrival is still the first command and its end the last.
    """

    def __init__(self, name: CallName) -> None:
        self.contact = name.contact
        self._name = name
        self._told: set[str] = set()
        self._held: list[CommandEnvelope] = []
        self.is_answered = False
        self.is_over = False

    @property
    def has_arrived(self) -> bool:
        """Whether the arrival was told."""
        return "arrived" in self._told

    def arrived(self, *, queue: str, line_raw: str, number_raw: str, at: datetime) -> list[CommandEnvelope]:
        """The call entered a queue, or rings directly when `queue` is empty."""
        body = RegisterCall(
            contact=self.contact,
            queue=queue[:_LONGEST],
            line_raw=line_raw[:_LONGEST],
            number_raw=number_raw[:_LONGEST],
            arrived_at=at,
        )
        news = self._news("arrived", leg="", body=body, at=at)
        if news:
            news += self._held
            self._held = []
        return news

    def rang(self, extension: str, *, leg: str, at: datetime) -> list[CommandEnvelope]:
        """An extension rings; `leg` tells one ring from the next at the same extension."""
        if self.is_answered:
            return []
        body = RegisterRing(contact=self.contact, extension=extension[:_LONGEST], at=at)
        return self._after_arrival(self._news("rang", leg=leg, body=body, at=at))

    def answered(self, extension: str, *, leg: str, at: datetime) -> list[CommandEnvelope]:
        """Somebody answered at an extension."""
        body = RegisterAnswer(contact=self.contact, extension=extension[:_LONGEST], at=at)
        news = self._news("answered", leg=leg, body=body, at=at)
        self.is_answered = self.is_answered or bool(news)
        return self._after_arrival(news)

    def ended(self, ending: Ending, *, at: datetime) -> list[CommandEnvelope]:
        """The call is over; what is told afterwards is not news."""
        body = RegisterEnd(contact=self.contact, ending=ending, at=at)
        news = self._news("ended", leg="", body=body, at=at)
        self.is_over = True
        return self._after_arrival(news)

    def _after_arrival(self, news: list[CommandEnvelope]) -> list[CommandEnvelope]:
        """Hold the news back while the arrival is not told."""
        if self.has_arrived:
            return news
        self._held += news
        return []

    def _news(self, kind: str, *, leg: str, body: AnyCommand, at: datetime) -> list[CommandEnvelope]:
        """The command in its envelope, the first time it is told and while the call lasts."""
        key = f"{kind} {leg}".rstrip()
        if key in self._told or (self.is_over and kind != "arrived"):
            return []
        self._told.add(key)
        name = self._name
        parts = (name.line, name.exchange_start, name.linkedid, kind, leg, "0")
        return [_envelope(derived_id("command", *parts), line=name.line, body=body, at=at)]


def ended_unheard(contact: Id, *, line: str, is_answered: bool, at: datetime) -> CommandEnvelope:
    """The end of a call of which only the contact is known: it ended while no process listened.

    Unanswered as far as is known, it counts as abandoned, so that somebody calls back.
    """
    ending = Ending.HUNG_UP if is_answered else Ending.ABANDONED
    body = RegisterEnd(contact=contact, ending=ending, at=at)
    return _envelope(derived_id("command", line, contact, "ended unheard"), line=line, body=body, at=at)


def _envelope(command: Id, *, line: str, body: AnyCommand, at: datetime) -> CommandEnvelope:
    """The command as the line's own."""
    return CommandEnvelope(id=command, made_at=at, author=f"line:{line}", body=body)
