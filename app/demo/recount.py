"""A day judged from its journal alone, fact by fact: no row, no query and no figure of the product is asked.

It is the judge of the demonstration's day and of the journeys: what it counts, the board must show.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from statistics import median_low
from typing import TypeAlias

import msgspec

from app.domain.facts import (
    AnyFact,
    CallAnswered,
    CallArrived,
    CallEnded,
    CallerIdentified,
    CallOverflowed,
    CallPlaced,
    CommitmentCancelled,
    CommitmentGivenUp,
    CommitmentKept,
    CommitmentMade,
    CommitmentPostponed,
    CommitmentReopened,
    ContactNoted,
    IdentificationWithdrawn,
    MotiveLogged,
    MotiveWithdrawn,
    Superseded,
    VoicemailLeft,
)

Figures: TypeAlias = dict[str, int | float | None]
"""Counts, and times in seconds, by name."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""Due time of a promise made before the stretch, which is promised again in it."""
_SHORT, _SOON, _A_DAY = timedelta(seconds=5), timedelta(seconds=20), timedelta(hours=24)


class ToldCall(msgspec.Struct):
    """One contact as its facts tell it."""

    number: str
    queue: str
    came: datetime
    queued: datetime
    is_ours: bool = False
    is_call: bool = True
    answered: datetime | None = None
    ended: datetime | None = None
    has_voice: bool = False
    person: str = ""
    motive: str = ""

    @property
    def is_counted(self) -> bool:
        """Of the base: neither a message left nor somebody gone at once."""
        return not self.has_voice and not self.is_short

    @property
    def is_short(self) -> bool:
        """Gone within five seconds, unanswered."""
        return self.answered is None and self.ended is not None and self.ended - self.queued < _SHORT


class ToldPromise(msgspec.Struct):
    """One promise as its facts tell it; `fate` is empty while it stands as it was made."""

    contact: str
    due: datetime
    fate: str = ""
    word: str = ""


class Told(msgspec.Struct):
    """Contacts and promises by their ids, of one stretch of the journal."""

    calls: dict[str, ToldCall] = msgspec.field(default_factory=dict[str, ToldCall])
    promises: dict[str, ToldPromise] = msgspec.field(default_factory=dict[str, ToldPromise])
    demands: set[str] = msgspec.field(default_factory=set[str])

    def untraced(self) -> list[str]:
        """Incoming contacts that are over and that nobody qualified, or that never ended."""
        return [name for name, call in self.calls.items() if not call.is_ours and not call.motive]

    def forgotten(self, *, now: datetime, told_late: Iterable[str]) -> list[str]:
        """Promises neither kept, nor put off with a word, nor shown late to a supervisor."""
        shown = set(told_late)
        return [name for name, made in self.promises.items() if not _is_followed(name, made, now, shown)]

    def fates(self) -> dict[str, int]:
        """How many promises had each fate; `missed` are those that stand."""
        return dict(Counter(made.fate or "missed" for made in self.promises.values()))

    def figures(self) -> Figures:
        """The strip of the day, then each queue's tile: counts, and times in seconds."""
        ours = [call for call in self.calls.values() if call.is_call]
        came = [call for call in ours if not call.is_ours]
        said = [call for call in came if not call.has_voice]
        taken = [call for call in said if call.answered is not None]
        lost, callers, hidden = _lost(ours)
        day: Figures = {
            "received": len(said),
            "answered": len(taken),
            "abandoned": sum(_gave_up(call) for call in said),
            "identified": sum(bool(call.person) for call in came),
            "contacts": len(came),
            "felt_wait_s": _rounded(median_low([_after(call) for call in taken]) if taken else None),
            "lost": lost,
            "callers": callers,
            "hidden_unreached": hidden,
        }
        for queue in sorted({call.queue for call in said}):
            day |= {f"{queue}.{name}": value for name, value in _tile(queue, said).items()}
        return day


def retell(facts: Iterable[AnyFact]) -> Told:
    """What a stretch of the journal tells, in its order."""
    told = Told()
    for fact in facts:
        _tell_call(told, fact)
        _tell_promise(told, fact)
    for demand in told.demands:
        told.promises.pop(demand, None)
    return told


def _tell_call(told: Told, fact: AnyFact) -> None:  # noqa: C901 - one line a fact
    calls = told.calls
    match fact:
        case CallArrived():
            at, queued = fact.arrived_at, fact.queued_at or fact.arrived_at
            calls[fact.contact] = ToldCall(number=fact.number, queue=fact.queue, came=at, queued=queued)
        case CallPlaced():
            at = fact.placed_at
            calls[fact.contact] = ToldCall(number=fact.number, queue="", came=at, queued=at, is_ours=True)
        case ContactNoted():
            at = fact.happened_at
            calls[fact.contact] = ToldCall(number=fact.number, queue="", came=at, queued=at, is_call=False)
        case CallOverflowed() if fact.contact in calls:
            calls[fact.contact].queue, calls[fact.contact].queued = fact.queue, fact.overflowed_at
        case CallAnswered() if fact.contact in calls:
            known = calls[fact.contact].answered
            calls[fact.contact].answered = min(known or fact.answered_at, fact.answered_at)
        case CallEnded() if fact.contact in calls:
            calls[fact.contact].ended = fact.ended_at
        case VoicemailLeft() if fact.contact in calls:
            calls[fact.contact].has_voice = True
        case CallerIdentified() if fact.contact in calls:
            calls[fact.contact].person = fact.person
        case IdentificationWithdrawn() if fact.contact in calls:
            calls[fact.contact].person = fact.person or ""
        case MotiveLogged() if fact.contact in calls:
            calls[fact.contact].motive = fact.motive
        case MotiveWithdrawn() if fact.contact in calls:
            calls[fact.contact].motive = ""
        case _:
            pass


def _tell_promise(told: Told, fact: AnyFact) -> None:
    promises = told.promises
    match fact:
        case CommitmentMade():
            promises[fact.commitment] = ToldPromise(contact=fact.contact, due=fact.due_at)
        case Superseded():
            # A demand is joined in the same way: those are known in the end.
            promises.setdefault(fact.new, ToldPromise(contact="", due=_LONG_AGO))
        case MotiveLogged() if fact.case:
            told.demands.add(fact.case)
        case CommitmentKept() if fact.commitment in promises:
            promises[fact.commitment].fate = "kept"
        case CommitmentPostponed() if fact.commitment in promises:
            promises[fact.commitment].fate, promises[fact.commitment].word = "postponed", fact.reason
        case CommitmentGivenUp() if fact.commitment in promises:
            promises[fact.commitment].fate = "given_up"
        case CommitmentReopened() if fact.commitment in promises:
            promises[fact.commitment].fate = ""
        case CommitmentCancelled():
            promises.pop(fact.commitment, None)
        case _:
            pass


def _is_followed(name: str, made: ToldPromise, now: datetime, told_late: set[str]) -> bool:
    match made.fate:
        case "":
            return made.due < now and name in told_late
        case "postponed":
            return bool(made.word.strip())
        case _:
            return True


def _tile(queue: str, said: list[ToldCall]) -> dict[str, int]:
    here = [call for call in said if call.queue == queue]
    return {
        "received": len(here),
        "base": sum(not call.is_short for call in here),
        "in_level": sum(call.answered is not None and call.answered - call.queued <= _SOON for call in here),
        "abandoned": sum(_gave_up(call) for call in here),
        "waiting": sum(call.answered is None and call.ended is None for call in here),
    }


def _gave_up(call: ToldCall) -> bool:
    return call.answered is None and call.ended is not None and not call.is_short


def _after(call: ToldCall) -> timedelta:
    return (call.answered or call.came) - call.came


def _lost(calls: list[ToldCall]) -> tuple[int, int, int]:
    """Numbers that nobody spoke with again, all numbers, and the hidden calls that nobody answered."""
    based = [call for call in calls if not call.is_ours and call.is_counted]
    left = [call for call in based if call.answered is None and call.ended is not None]
    gone = {call.number for call in left if call.number and not _was_reached(call, calls)}
    return len(gone), len({call.number for call in based} - {""}), sum(not call.number for call in left)


def _was_reached(left: ToldCall, calls: list[ToldCall]) -> bool:
    gone = left.ended or left.came
    spoken = [call.answered for call in calls if call.number == left.number and call.answered is not None]
    return any(gone <= at <= gone + _A_DAY for at in spoken)


def _rounded(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds(), 1)
