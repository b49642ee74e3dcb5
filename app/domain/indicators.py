"""The telephone's figures (design 17, rules R35), computed from stored calls and never kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType

import msgspec

from app.domain.hours import PARIS

SHORT = timedelta(seconds=5)
"""A caller who leaves sooner is left out of every base."""
LEVEL = timedelta(seconds=20)
RECALL = timedelta(hours=24)
SMALL_BASE = 20
_NONE = timedelta()


class Indicator(StrEnum):
    """The figures that are shown, each with its definition."""

    FELT_WAIT = "felt_wait"
    FELT_WAIT_P90 = "felt_wait_p90"
    ANSWER_RATE = "answer_rate"
    SERVICE_LEVEL = "service_level"
    ABANDON_RATE = "abandon_rate"
    LOST_CALLERS = "lost_callers"
    HIDDEN_UNREACHED = "hidden_unreached"
    IDENTIFICATION = "identification"
    MEAN_WAIT = "mean_wait"
    MEAN_TALK = "mean_talk"
    MEAN_HANDLING = "mean_handling"
    MEAN_POST_CALL = "mean_post_call"
    OVERFLOWED = "overflowed"
    VOICEMAIL = "voicemail"
    WAITING = "waiting"
    LONGEST_WAIT = "longest_wait"
    FREE_SEATS = "free_seats"


DEFINITIONS: Mapping[Indicator, str] = MappingProxyType(
    {
        Indicator.FELT_WAIT: "Attente ressentie : première sonnerie à décroché, menu compris, médiane.",
        Indicator.FELT_WAIT_P90: "Attente ressentie : neuf appelants décrochés sur dix ont moins attendu.",
        Indicator.ANSWER_RATE: "Taux de décroché : appels décrochés ÷ (reçus − courts de moins de 5 s).",
        Indicator.SERVICE_LEVEL: "QS : appels décrochés en 20 s ou moins ÷ (reçus − courts de moins de 5 s).",
        Indicator.ABANDON_RATE: "Taux d’abandon : abandons après 5 s ou plus ÷ (reçus − courts).",
        Indicator.LOST_CALLERS: (
            "Appelants perdus : numéros distincts ni joints ni rappelés dans les 24 h ÷ appelants distincts."
        ),
        Indicator.HIDDEN_UNREACHED: "Appels masqués sans réponse, comptés à part, sans numéro.",
        Indicator.IDENTIFICATION: "Identification : contacts rattachés à une personne ÷ contacts.",
        Indicator.MEAN_WAIT: "DMA : somme des attentes en file des appels décrochés ÷ décrochés.",
        Indicator.MEAN_TALK: (
            "DMC, durée moyenne de communication : somme des conversations terminées ÷ décrochés terminés, "
            "attente exclue."
        ),
        Indicator.MEAN_HANDLING: "DMT : (conversation + attente + post-appel) ÷ décrochés terminés.",
        Indicator.MEAN_POST_CALL: "Post-appel moyen : somme des post-appels ÷ décrochés terminés.",
        Indicator.OVERFLOWED: "Débordés : appels passés à une autre file ; hors de la base.",
        Indicator.VOICEMAIL: "Messagerie : appels qui ont laissé un message vocal ; hors de la base.",
        Indicator.WAITING: "En attente : appels entrés dans la file, ni décrochés ni terminés.",
        Indicator.LONGEST_WAIT: "Plus longue : attente de l’appel en file depuis le plus longtemps.",
        Indicator.FREE_SEATS: "Agents libres : postes du service sans appel sur tous ceux du service.",
    }
)


class PhoneCall(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the figures need of one call; `first_at` is its first ring, `queued_at` its entry in the queue.

    `number` is empty when hidden. `is_outbound` is a call that we placed: it counts as a recall only.
    """

    queue: str = ""
    number: str = ""
    first_at: datetime
    queued_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    hold: timedelta = _NONE
    post_call: timedelta = _NONE
    overflowed_from: str = ""
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
        """Neither a voicemail nor an abandon sooner than `SHORT`."""
        return not self.has_voicemail and not self.is_short

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
    overflowed: int = 0
    voicemails: int = 0
    identified: int = 0
    contacts: int = 0
    finished: int = 0
    wait: timedelta = _NONE
    talk: timedelta = _NONE
    hold: timedelta = _NONE
    post_call: timedelta = _NONE
    felt: list[timedelta] = msgspec.field(default_factory=list[timedelta])

    def add(self, call: PhoneCall) -> None:
        """Count one more incoming call."""
        self.contacts += 1
        self.identified += call.has_person
        self.overflowed += bool(call.overflowed_from)
        if call.has_voicemail:
            self.voicemails += 1
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
    """Distinct numbers, and beside them the hidden calls, which have none."""

    share: Share
    hidden: int


def tally(calls: Iterable[PhoneCall]) -> Tally:
    """The counts of these incoming calls."""
    counted = Tally()
    for call in calls:
        if not call.is_outbound:
            counted.add(call)
    return counted


def lost_callers(calls: Iterable[PhoneCall], *, later: Iterable[PhoneCall] = ()) -> LostCallers:
    """Callers of these calls whom nobody spoke with in the 24 h that followed an unanswered call.

    `later` are the calls of the following day: whoever is spoken with there is not lost.
    """
    left: dict[str, list[datetime]] = {}
    reached: dict[str, list[datetime]] = {}
    callers, hidden = set[str](), 0
    for call in later:
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
    lost = sum(_is_lost(left.get(number, ()), reached.get(number, ())) for number in callers)
    return LostCallers(Share(lost, len(callers)), hidden)


def _note_reached(reached: dict[str, list[datetime]], call: PhoneCall) -> None:
    if call.answered_at is not None:
        reached.setdefault(call.number, []).append(call.answered_at)


def _is_lost(left: Iterable[datetime], reached: Iterable[datetime]) -> bool:
    known = list(reached)
    return any(not any(gone <= at <= gone + RECALL for at in known) for gone in left)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as it is given out: `value` in its unit, null on an empty base; never without definition.

    `unit` is `share` (from 0 to 1), `s` or `count`; `part` and `base` are what a share was made of.
    """

    name: Indicator
    value: float | None
    unit: str
    part: int | None = None
    base: int | None = None
    definition: str


def share_figure(name: Indicator, share: Share) -> Figure:
    """A share with what it was made of."""
    value = None if share.value is None else round(share.value, 4)
    return _figure(name, value, "share", part=share.part, base=share.base)


def mean_figure(name: Indicator, mean: Mean) -> Figure:
    """A mean time with the count of its calls."""
    return _figure(name, _in_seconds(mean.value), "s", base=mean.base)


def time_figure(name: Indicator, span: timedelta | None, *, base: int | None = None) -> Figure:
    """A time."""
    return _figure(name, _in_seconds(span), "s", base=base)


def count_figure(name: Indicator, count: int) -> Figure:
    """A count."""
    return _figure(name, count, "count")


def telephone_figures(counted: Tally, lost: LostCallers) -> tuple[Figure, ...]:
    """Every figure of the telephone, each with its definition."""
    taken = counted.answered
    return (
        time_figure(Indicator.FELT_WAIT, counted.felt_wait(0.5), base=taken),
        time_figure(Indicator.FELT_WAIT_P90, counted.felt_wait(0.9), base=taken),
        share_figure(Indicator.ANSWER_RATE, counted.answer_rate),
        share_figure(Indicator.SERVICE_LEVEL, counted.service_level),
        share_figure(Indicator.ABANDON_RATE, counted.abandon_rate),
        share_figure(Indicator.LOST_CALLERS, lost.share),
        count_figure(Indicator.HIDDEN_UNREACHED, lost.hidden),
        share_figure(Indicator.IDENTIFICATION, counted.identification),
        mean_figure(Indicator.MEAN_WAIT, counted.mean_wait),
        mean_figure(Indicator.MEAN_TALK, counted.mean_talk),
        mean_figure(Indicator.MEAN_HANDLING, counted.mean_handling),
        mean_figure(Indicator.MEAN_POST_CALL, counted.mean_post_call),
        count_figure(Indicator.OVERFLOWED, counted.overflowed),
        count_figure(Indicator.VOICEMAIL, counted.voicemails),
    )


def _figure(
    name: Indicator, value: float | None, unit: str, *, part: int | None = None, base: int | None = None
) -> Figure:
    return Figure(name=name, value=value, unit=unit, part=part, base=base, definition=DEFINITIONS[name])


def _in_seconds(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds(), 1)


class QueueState(StrEnum):
    """How a queue does, by the thresholds of design 4.5."""

    ON_TARGET = "on_target"
    BELOW_TARGET = "below_target"
    CRITICAL = "critical"


_RATES_FROM = 5
_WARN_WAIT, _CRITICAL_WAIT = timedelta(seconds=60), timedelta(seconds=120)
_TARGET, _FLOOR, _CRITICAL_ABANDON = 0.80, 0.65, 0.10


def queue_state(counted: Tally, longest_wait: timedelta) -> QueueState:
    """The state at one refresh; below five calls only the wait counts."""
    level = abandon = None
    if counted.received >= _RATES_FROM:
        level, abandon = counted.service_level.value, counted.abandon_rate.value
    level = 1.0 if level is None else level
    if longest_wait >= _CRITICAL_WAIT or level < _FLOOR or (abandon or 0) >= _CRITICAL_ABANDON:
        return QueueState.CRITICAL
    if longest_wait >= _WARN_WAIT or level < _TARGET:
        return QueueState.BELOW_TARGET
    return QueueState.ON_TARGET


def day_start(moment: datetime, *, zone: tzinfo = PARIS) -> datetime:
    """Midnight of that day by the establishment's clock: a day may have 23 or 25 hours."""
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)


def day_end(moment: datetime, *, zone: tzinfo = PARIS) -> datetime:
    """The next midnight."""
    return datetime.combine(moment.astimezone(zone).date() + timedelta(days=1), time(), zone)


def _not_after(known: datetime | None, moment: datetime) -> datetime | None:
    return known if known is not None and known <= moment else None
