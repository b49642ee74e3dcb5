"""The telephone's figures (design 17, rules R35), computed from stored calls and never kept."""

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

import msgspec

from app.domain.indicators.calls import (
    LEVEL,
    RECALL,
    SHORT,
    SMALL_BASE,
    Aside,
    LostCallers,
    Mean,
    PhoneCall,
    Share,
    Tally,
    lost_callers,
    tally,
)
from app.domain.indicators.definitions import DEFINITIONS, WORK, Indicator
from app.domain.indicators.replies import REPLY_WITHIN, SPOKEN, Exchanged, first_replies

__all__ = [
    "DEFINITIONS",
    "LEVEL",
    "RECALL",
    "REPLY_WITHIN",
    "SHORT",
    "SMALL_BASE",
    "SPOKEN",
    "WORK",
    "Aside",
    "Exchanged",
    "Indicator",
    "LostCallers",
    "Mean",
    "PhoneCall",
    "Share",
    "Tally",
    "first_replies",
    "lost_callers",
    "tally",
]

TEAM = 5
"""Fewer agents are no team: a mean of their work would be a figure of persons (rules R26)."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as it is given out: `value` in its unit, null on an empty base; never without definition.

    `unit` is `share` (from 0 to 1), `s` or `count`; `part` and `base` are what a share was made of.
    `is_withheld` says that it would measure persons: too few, by the day, or for other eyes (rules R26).
    """

    name: Indicator
    value: float | None
    unit: str
    part: int | None = None
    base: int | None = None
    definition: str
    is_withheld: bool = False


def share_figure(name: Indicator, share: Share) -> Figure:
    """A share with what it was made of."""
    value = None if share.value is None else round(share.value, 4)
    return _figure(name, value, "share", part=share.part, base=share.base)


def mean_figure(name: Indicator, mean: Mean) -> Figure:
    """A mean time with the count of its calls."""
    return _figure(name, _in_seconds(mean.value), "s", base=mean.base)


def _work_figure(name: Indicator, mean: Mean, *, is_told: bool) -> Figure:
    """A mean time of what agents do, which is told by whole weeks, of a team, to its manager."""
    if is_told:
        return mean_figure(name, mean)
    return Figure(
        name=name, value=None, unit="s", base=mean.base, definition=DEFINITIONS[name], is_withheld=True
    )


def time_figure(name: Indicator, span: timedelta | None, *, base: int | None = None) -> Figure:
    """A time."""
    return _figure(name, _in_seconds(span), "s", base=base)


def count_figure(name: Indicator, count: int | None) -> Figure:
    """A count; None where it is not known."""
    return _figure(name, count, "count")


def telephone_figures(
    counted: Tally, lost: LostCallers, *, team: int, tells_work: bool
) -> tuple[Figure, ...]:
    """Every figure of the telephone, each with its definition; `team` is how many agents answer there.

    `tells_work` is for whole weeks read by a manager: what agents do is told then alone (rules R26).
    """
    is_told = tells_work and team >= TEAM
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
        _work_figure(Indicator.MEAN_TALK, counted.mean_talk, is_told=is_told),
        _work_figure(Indicator.MEAN_HANDLING, counted.mean_handling, is_told=is_told),
        _work_figure(Indicator.MEAN_POST_CALL, counted.mean_post_call, is_told=is_told),
        mean_figure(Indicator.MEAN_ABANDON_WAIT, counted.mean_abandon_wait),
        count_figure(Indicator.CALLED_AGAIN, lost.called_again),
        count_figure(Indicator.RECALLED, lost.recalled),
        count_figure(Indicator.TURNED_AWAY, counted.turned_away),
        count_figure(Indicator.LEFT_BEFORE_QUEUE, counted.left_before_queue),
        count_figure(Indicator.OUT_OF_HOURS, counted.out_of_hours),
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


def day_start(moment: datetime, *, zone: tzinfo) -> datetime:
    """Midnight of that day by the establishment's clock: a day may have 23 or 25 hours."""
    return datetime.combine(moment.astimezone(zone).date(), time(), zone)


def day_end(moment: datetime, *, zone: tzinfo) -> datetime:
    """The next midnight."""
    return datetime.combine(moment.astimezone(zone).date() + timedelta(days=1), time(), zone)
