"""Counts calls in one pass: what each is to the figures, their sums, and the callers who were lost."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

SHORT = timedelta(seconds=5)
"""A caller who leaves sooner is left out of every base."""
LEVEL = timedelta(seconds=20)
RECALL = timedelta(hours=24)
SMALL_BASE = 20
_NONE = timedelta()


class Aside(StrEnum):
    """Why a call is in no base, though it is counted (design 17); `NO` when it is in it."""

    NO = ""
    TURNED_AWAY = "turned_away"
    """The exchange refused it before a queue."""
    LEFT_BEFORE_QUEUE = "left_before_queue"
    """The caller hung up before a queue."""
    OVERFLOWED = "overflowed"
    """It went on to another queue, where it is a call again."""
    OUT_OF_HOURS = "out_of_hours"
    """It came while the queue was closed."""
    DIRECT = "direct"
    """It rang at a desk without any queue."""


class PhoneCall(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the figures need of one call; `first_at` is its first ring, `queued_at` its entry in the queue.

    `number` is empty when hidden. `is_outbound` is a call that we placed: it counts as a recall only.
    A call that left a queue for another is one `PhoneCall` in each.
    """

    queue: str = ""
    number: str = ""
    first_at: datetime
    queued_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    hold: timedelta = _NONE
    post_call: timedelta = _NONE
    aside: Aside = Aside.NO
    has_voicemail: bool = False
    has_person: bool = False
    is_outbound: bool = False

    def as_of(self, moment: datetime) -> "PhoneCall | None":
        """The call as it was known at that moment; None before it entered the queue."""
        if self.queued_at > moment:
            return None
        return msgspec.structs.replace(
            self,
            answered_at=_not_after(self.answered_at, moment),
            ended_at=_not_after(self.ended_at, moment),
        )

    @property
    def is_waiting(self) -> bool:
        """Nobody has answered, and it is not over."""
        return self.answered_at is None and self.ended_at is None

    @property
    def is_in_base(self) -> bool:
        """Of the scope of the figures, neither a voicemail nor an abandon sooner than `SHORT`."""
        return self.aside is Aside.NO and not self.has_voicemail and not self.is_short

    @property
    def is_short(self) -> bool:
        """Left in less than `SHORT`, unanswered."""
        return (
            self.answered_at is None and self.ended_at is not None and self.ended_at - self.queued_at < SHORT
        )


class Share(msgspec.Struct, frozen=True, gc=False):
    """`part` out of `base`; without a base there is no value, and 0 % would be a lie."""

    part: int
    base: int

    @property
    def value(self) -> float | None:
        """From 0 to 1, or None on an empty base."""
        return self.part / self.base if self.base else None

    @property
    def is_small(self) -> bool:
        """A base too small to conclude from: it is shown in grey."""
        return self.base < SMALL_BASE


class Mean(msgspec.Struct, frozen=True, gc=False):
    """A total time over a count of calls."""

    total: timedelta
    base: int

    @property
    def value(self) -> timedelta | None:
        """The mean, or None without a call."""
        return self.total / self.base if self.base else None


class Tally(msgspec.Struct, kw_only=True):
    """Counts of calls in one pass; two tallies of different calls add up to that of both."""

    received: int = 0
    short: int = 0
    answered: int = 0
    in_level: int = 0
    abandoned: int = 0
    waiting: int = 0
    turned_away: int = 0
    left_before_queue: int = 0
    overflowed: int = 0
    out_of_hours: int = 0
    direct: int = 0
    voicemails: int = 0
    identified: int = 0
    contacts: int = 0
    finished: int = 0
    wait: timedelta = _NONE
    abandon_wait: timedelta = _NONE
    talk: timedelta = _NONE
    hold: timedelta = _NONE
    post_call: timedelta = _NONE
    felt: list[timedelta] = msgspec.field(default_factory=list[timedelta])

    def add(self, call: PhoneCall) -> None:
        """Count one more incoming call."""
        self.voicemails += call.has_voicemail
        if call.aside is not Aside.NO:
            setattr(self, call.aside, getattr(self, call.aside) + 1)
            return
        self.contacts += 1
        self.identified += call.has_person
        if call.has_voicemail:
            return
        self.received += 1
        if call.answered_at is not None:
            self._add_answered(call, call.answered_at)
        elif call.ended_at is None:
            self.waiting += 1
        elif call.is_short:
            self.short += 1
        else:
            self.abandoned += 1
            self.abandon_wait += call.ended_at - call.queued_at

    def merge(self, other: "Tally") -> None:
        """Count the calls of another tally too."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def _add_answered(self, call: PhoneCall, answered_at: datetime) -> None:
        wait = answered_at - call.queued_at
        self.answered += 1
        self.in_level += wait <= LEVEL
        self.wait += wait
        self.felt.append(answered_at - call.first_at)
        if call.ended_at is not None:
            self.finished += 1
            self.talk += call.ended_at - answered_at - call.hold
            self.hold += call.hold
            self.post_call += call.post_call

    @property
    def base(self) -> int:
        """Received without the short ones."""
        return self.received - self.short

    @property
    def answer_rate(self) -> Share:
        """Taux de décroché."""
        return Share(self.answered, self.base)

    @property
    def service_level(self) -> Share:
        """QS 80/20: the bound counts."""
        return Share(self.in_level, self.base)

    @property
    def abandon_rate(self) -> Share:
        """Taux d’abandon."""
        return Share(self.abandoned, self.base)

    @property
    def identification(self) -> Share:
        """Contacts linked to a person."""
        return Share(self.identified, self.contacts)

    @property
    def mean_wait(self) -> Mean:
        """DMA."""
        return Mean(self.wait, self.answered)

    @property
    def mean_abandon_wait(self) -> Mean:
        """Mean wait before abandon, apart."""
        return Mean(self.abandon_wait, self.abandoned)

    @property
    def mean_talk(self) -> Mean:
        """DMC, hold excluded."""
        return Mean(self.talk, self.finished)

    @property
    def mean_post_call(self) -> Mean:
        """Post-appel moyen."""
        return Mean(self.post_call, self.finished)

    @property
    def mean_handling(self) -> Mean:
        """DMT."""
        return Mean(self.talk + self.hold + self.post_call, self.finished)

    def felt_wait(self, share: float) -> timedelta | None:
        """The wait that this share of the answered callers did not pass (nearest rank)."""
        if not self.felt:
            return None
        ranked = sorted(self.felt)
        return ranked[max(0, -int(-share * len(ranked) // 1) - 1)]


class LostCallers(msgspec.Struct, frozen=True):
    """Distinct numbers, and beside them the hidden calls, which have none.

    Of the numbers left unanswered, those reached as they called again, and those we called back.
    """

    share: Share
    hidden: int
    called_again: int = 0
    recalled: int = 0


def tally(calls: Iterable[PhoneCall]) -> Tally:
    """The counts of these incoming calls."""
    counted = Tally()
    for call in calls:
        if not call.is_outbound:
            counted.add(call)
    return counted


def lost_callers(calls: Iterable[PhoneCall], *, others: Iterable[PhoneCall] = ()) -> LostCallers:
    """Callers of these calls whom nobody spoke with in the 24 h that followed an unanswered call.

    `others` are calls of other queues, and of the following day: whoever is spoken with there is not lost.
    """
    left: dict[str, list[datetime]] = {}
    reached: dict[str, list[PhoneCall]] = {}
    callers, hidden = set[str](), 0
    for call in others:
        _note_reached(reached, call)
    for call in calls:
        _note_reached(reached, call)
        if call.is_outbound or not call.is_in_base:
            continue
        if call.number:
            callers.add(call.number)
        if call.answered_at is None and call.ended_at is not None:
            hidden += not call.number
            left.setdefault(call.number, []).append(call.ended_at)
    lost, ours, theirs = 0, 0, 0
    for number in callers & left.keys():
        answers = [_first_answer(gone, reached.get(number, ())) for gone in left[number]]
        is_lost, first = None in answers, answers[0]
        lost += is_lost
        ours += not is_lost and first is not None and first.is_outbound
        theirs += not is_lost and first is not None and not first.is_outbound
    return LostCallers(Share(lost, len(callers)), hidden, called_again=theirs, recalled=ours)


def _note_reached(reached: dict[str, list[PhoneCall]], call: PhoneCall) -> None:
    if call.answered_at is not None:
        reached.setdefault(call.number, []).append(call)


def _first_answer(gone: datetime, answered: Iterable[PhoneCall]) -> PhoneCall | None:
    """The first time that the caller was spoken with within a day of an unanswered call."""
    within = [
        (call.answered_at, call)
        for call in answered
        if call.answered_at is not None and gone <= call.answered_at <= gone + RECALL
    ]
    return min(within, key=_when, default=(gone, None))[1]


def _when(answer: tuple[datetime, PhoneCall | None]) -> datetime:
    return answer[0]


def _not_after(known: datetime | None, moment: datetime) -> datetime | None:
    return known if known is not None and known <= moment else None
