"""The outside lines, and what all of them share: how a call becomes commands.

A line turns what its exchange says into commands, and decides nothing.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TypeAlias

from app.domain.commands import (
    AnyCommand,
    CommandEnvelope,
    KeepVoicemail,
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
from app.domain.ids import Id, derived_id
from app.domain.words import AgentState, Ending, LineRefusal, TransferKind

Emit = Callable[[Sequence[CommandEnvelope]], Awaitable[None]]
"""Hands commands to the server, in order; when it raises, the same ones are handed over again."""

Seat: TypeAlias = tuple[str, str]
"""An agent of a queue: the queue and the extension."""

_LONGEST = 200
"""What the commands accept of a raw text; an exchange that says more is cut."""


class Malformed(Exception):  # noqa: N818 - it is told to the exchange, not a fault of ours
    """The message can't be taken: `field` is at fault, `reason` is a sentence that names it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A caller who waits since `at` for the extension that put the call on hold."""

    extension: str
    at: datetime


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


_NOBODY = ("", "")
_TOLD_AFTER_THE_END = ("arrived", "left_message")


class LineCall:
    """One call: each method returns the commands that are news, none when nothing changed.

    Told out of order, a call's arrival is still the first command and its end the last. An exchange that
    can not act on its calls only tells them, and nobody is offered to ask it.
    """

    def __init__(self, name: CallName, *, can_act: bool = True) -> None:
        self.contact = name.contact
        self._name = name
        self._line, self._told_by = (name.line, "") if can_act else ("", name.line)
        self._told: set[str] = set()
        self._kept: list[CommandEnvelope] = []
        self._joined: list[tuple[datetime, str]] = []
        self._holds: dict[datetime, str] = {}
        self._retrievals: set[datetime] = set()
        self._unmatched: dict[datetime, str] = {}
        self._given = _NOBODY
        self._given_at: datetime | None = None
        self._too_early: list[tuple[str, str, datetime]] = []
        self._answered_at: datetime | None = None
        self._ended_at: datetime | None = None

    @property
    def is_answered(self) -> bool:
        """Whether somebody answered."""
        return self._answered_at is not None

    @property
    def is_held(self) -> bool:
        """Whether the caller waits on hold."""
        return bool(self.holder)

    @property
    def holder(self) -> str:
        """The extension for which the caller waits on hold; empty when none does."""
        if not self._holds:
            return ""
        last = max(self._holds)
        left = {*self._retrievals, *filter(None, [self._given_at])}
        return "" if any(at >= last for at in left) else self._holds[last]

    @property
    def is_over(self) -> bool:
        """Whether the end was told."""
        return self._ended_at is not None

    @property
    def has_arrived(self) -> bool:
        """Whether the arrival was told."""
        return "arrived" in self._told

    def arrived(
        self, *, queue: str, line_raw: str, number_raw: str, at: datetime, queued_at: datetime | None = None
    ) -> list[CommandEnvelope]:
        """The call entered a queue, or none when `queue` is empty; `at` is its first ring."""
        body = RegisterCall(
            contact=self.contact,
            line=self._line,
            told_by=self._told_by,
            queue=queue[:_LONGEST],
            line_raw=line_raw[:_LONGEST],
            number_raw=number_raw[:_LONGEST],
            arrived_at=at,
            queued_at=queued_at,
        )
        news = self._news("arrived", leg="", body=body, at=at)
        return news + self._let_go() if news else []

    def placed(self, extension: str, *, number_raw: str, at: datetime) -> list[CommandEnvelope]:
        """An extension of ours calls a number: this is how the call begins."""
        body = RegisterOutgoingCall(
            contact=self.contact,
            line=self._line,
            told_by=self._told_by,
            extension=extension[:_LONGEST],
            number_raw=number_raw[:_LONGEST],
            at=at,
        )
        news = self._news("arrived", leg="", body=body, at=at)
        return news + self._let_go() if news else []

    def joined(self, queue: str, *, at: datetime) -> list[CommandEnvelope]:
        """The call waits in a queue; it is news when it came there from another one."""
        if not any(known == queue for _, known in self._joined):
            self._joined = sorted([*self._joined, (at, queue)])
        news: list[CommandEnvelope] = []
        for (queued_at, before), (moved_at, after) in pairwise(self._joined):
            body = RegisterOverflow(
                contact=self.contact, from_queue=before, queue=after, at=moved_at, queued_at=queued_at
            )
            news += self._news("overflowed", leg=after, body=body, at=moved_at)
        return self._after_arrival(news)

    def rang(self, extension: str, *, leg: str, at: datetime) -> list[CommandEnvelope]:
        """An extension rings; `leg` tells one ring from the next at the same extension."""
        is_answered = self._answered_at is not None and at >= self._answered_at
        if is_answered and self._given == _NOBODY:
            # Only a transfer makes an answered call ring again, and it may be heard later.
            self._too_early.append((extension, leg, at))
            return []
        body = RegisterRing(contact=self.contact, extension=extension[:_LONGEST], at=at)
        return self._after_arrival(self._news("rang", leg=leg, body=body, at=at))

    def answered(self, extension: str, *, leg: str, at: datetime) -> list[CommandEnvelope]:
        """Somebody answered at an extension."""
        body = RegisterAnswer(contact=self.contact, extension=extension[:_LONGEST], at=at)
        news = self._news("answered", leg=leg, body=body, at=at)
        if news:
            self._answered_at = max(filter(None, (self._answered_at, at)))
            if self._given_at is not None and at > self._given_at:
                # It may be given to the same one again.
                self._given = (extension, "")
        return self._after_arrival(news)

    def not_answered(self, extension: str, *, leg: str, at: datetime) -> list[CommandEnvelope]:
        """The exchange gave up at an extension."""
        body = RegisterNoAnswer(contact=self.contact, extension=extension[:_LONGEST], at=at)
        return self._after_arrival(self._news("not_answered", leg=leg, body=body, at=at))

    def held(self, extension: str, *, at: datetime) -> list[CommandEnvelope]:
        """The extension put its caller on hold."""
        body = RegisterHold(contact=self.contact, extension=extension[:_LONGEST], at=at)
        news = self._news("held", leg=at.isoformat(), body=body, at=at)
        self._holds[at] = extension
        for later in sorted(each for each in self._unmatched if each >= at):
            news += self._retrieval(self._unmatched.pop(later), later)
        return self._after_arrival(news)

    def was_held(self, hold: Hold) -> None:
        """An earlier process told that the caller waits."""
        self._told.add(_key("held", hold.at.isoformat()))
        self._holds[hold.at] = hold.extension

    def retrieved(self, extension: str, *, at: datetime) -> list[CommandEnvelope]:
        """The extension came back; an exchange also says so of callers that never waited."""
        if not any(held_at <= at for held_at in self._holds):
            self._unmatched[at] = extension
            return []
        return self._after_arrival(self._retrieval(extension, at))

    def _retrieval(self, extension: str, at: datetime) -> list[CommandEnvelope]:
        self._retrievals.add(at)
        body = RegisterRetrieval(contact=self.contact, extension=extension[:_LONGEST], at=at)
        return self._news("retrieved", leg=at.isoformat(), body=body, at=at)

    def transferred(
        self, transfer: TransferKind, *, extension: str, to: str, at: datetime
    ) -> list[CommandEnvelope]:
        """An extension gave the call away."""
        body = RegisterTransfer(
            contact=self.contact,
            transfer=transfer,
            extension=extension[:_LONGEST],
            to=to[:_LONGEST],
            at=at,
        )
        leg = f"{extension} {to} {at.isoformat()}"
        is_repeat, self._given = self._given == (extension, to), (extension, to)
        if is_repeat:
            return []
        self._given_at = at
        news = self._after_arrival(self._news("transferred", leg=leg, body=body, at=at))
        early, self._too_early = self._too_early, []
        for rung, rung_leg, rung_at in early:
            # The ring at who was chosen is of this transfer, even when the exchange stamped it just before.
            is_of_it = rung_at > at or rung == to
            news += self.rang(rung, leg=rung_leg, at=max(rung_at, at)) if is_of_it else []
        return news

    def left_message(self, *, at: datetime) -> list[CommandEnvelope]:
        """The caller spoke to the voicemail."""
        body = RegisterVoicemail(contact=self.contact, at=at)
        return self._after_arrival(self._news("left_message", leg="", body=body, at=at))

    def ended(self, ending: Ending, *, at: datetime) -> list[CommandEnvelope]:
        """The call is over; what is told afterwards is not news."""
        body = RegisterEnd(contact=self.contact, ending=ending, at=at)
        news = self._news("ended", leg="", body=body, at=at)
        self._ended_at = self._ended_at or at
        return self._after_arrival(news)

    def _let_go(self) -> list[CommandEnvelope]:
        kept, self._kept = self._kept, []
        return kept

    def _after_arrival(self, news: list[CommandEnvelope]) -> list[CommandEnvelope]:
        """Hold the news back while the arrival is not told."""
        if self.has_arrived:
            return news
        self._kept += news
        return []

    def _news(self, kind: str, *, leg: str, body: AnyCommand, at: datetime) -> list[CommandEnvelope]:
        """The command in its envelope, the first time it is told and if the call then lasted."""
        key = _key(kind, leg)
        is_after_end = self._ended_at is not None and at >= self._ended_at
        if key in self._told or (is_after_end and kind not in _TOLD_AFTER_THE_END):
            return []
        self._told.add(key)
        name = self._name
        parts = (name.line, name.exchange_start, name.linkedid, kind, leg, "0")
        return [_envelope(derived_id("command", *parts), line=name.line, body=body, at=at)]


def _key(kind: str, leg: str) -> str:
    return f"{kind} {leg}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCall:
    """A call whose end was never heard, and when it is over at the latest."""

    is_answered: bool
    over_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMemory:
    """What the server knows of a line from an earlier process.

    `calls` are the contacts of calls whose end was never heard; `held` those of them whose caller
    waits on hold: no list of an exchange tells it.
    """

    calls: Mapping[Id, OpenCall] = field(default_factory=dict[Id, OpenCall])
    held: Mapping[Id, Hold] = field(default_factory=dict[Id, Hold])
    agents: Mapping[Seat, AgentState] = field(default_factory=dict[Seat, AgentState])


class LineAgents:
    """What a line knows of the agents of its queues: a change is news, a repeat is none.

    `known` is what the server remembers of this line from an earlier process.
    """

    def __init__(self, line: str, known: Mapping[Seat, AgentState] | None = None) -> None:
        self._line = line
        self._known = dict(known or {})
        self._changed_at: dict[Seat, datetime] = {}

    def changed(self, seat: Seat, state: AgentState, *, at: datetime) -> list[CommandEnvelope]:
        """The agent of a queue does something else; what was said before it and comes later is not news."""
        if seat in self._changed_at and at <= self._changed_at[seat]:
            return []
        is_repeat = self._known.get(seat) is state
        self._known[seat], self._changed_at[seat] = state, at
        if is_repeat:
            return []
        queue, extension = seat
        body = ReportAgentState(
            line=self._line, queue=queue[:_LONGEST], extension=extension[:_LONGEST], state=state, at=at
        )
        command = derived_id("command", self._line, "agent", queue, extension, state, at.isoformat())
        return [_envelope(command, line=self._line, body=body, at=at)]

    def only(self, present: Collection[Seat], *, at: datetime) -> list[CommandEnvelope]:
        """Who is no longer an agent of a queue is offline there."""
        gone = [seat for seat in self._known if seat not in present]
        return [told for seat in gone for told in self.changed(seat, AgentState.OFFLINE, at=at)]


def ended_unheard(contact: Id, *, line: str, is_answered: bool, at: datetime) -> CommandEnvelope:
    """The end of a call of which only the contact is known: it ended while no process listened.

    Unanswered as far as is known, it counts as abandoned, so that somebody calls back.
    """
    ending = Ending.HUNG_UP if is_answered else Ending.ABANDONED
    body = RegisterEnd(contact=contact, ending=ending, at=at)
    return _envelope(derived_id("command", line, contact, "ended unheard"), line=line, body=body, at=at)


def settled_act(act: Id, *, line: str, refusal: LineRefusal | None, at: datetime) -> CommandEnvelope:
    """What came of something a desk asked the line to do."""
    body = SettleLineAct(act=act, refusal=refusal)
    return _envelope(derived_id("command", line, act, "settled"), line=line, body=body, at=at)


def kept_voicemail(message: Id, *, line: str, body: KeepVoicemail, at: datetime) -> CommandEnvelope:
    """A message that a caller left was handed over: the same command however often it is."""
    return _envelope(derived_id("command", line, message, "voicemail kept"), line=line, body=body, at=at)


def _envelope(command: Id, *, line: str, body: AnyCommand, at: datetime) -> CommandEnvelope:
    """The command as the line's own."""
    return CommandEnvelope(id=command, made_at=at, author=f"line:{line}", body=body)
