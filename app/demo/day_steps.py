"""The day of the script moment by moment: what the telephone and each desk do, in order of time."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum

import msgspec

from app.demo.day import Course, DayCall

_RINGS_IN_VAIN = timedelta(seconds=20)
_WAITS_ELSEWHERE = timedelta(seconds=25)
_PICKS_UP = timedelta(seconds=6)
_WRAP_UP = timedelta(seconds=20)
_A_WORD = timedelta(seconds=15)
_AT_ONCE = timedelta(seconds=5)
CUT_AT, MENDED_AT = timedelta(hours=14, minutes=20), timedelta(hours=14, minutes=55)
"""When the wire of the first desk is cut, and when it is put back."""
LISTS_AT = (timedelta(hours=12, minutes=30), timedelta(hours=15, minutes=5), timedelta(hours=17, minutes=58))
"""When a desk works through what nobody qualified."""
_ASKS_THE_SERVER = frozenset((Course.HELD, Course.GIVEN, Course.ANNOUNCED, Course.CALL_BACK))


class Act(StrEnum):
    """What happens at a moment."""

    ARRIVES = "arrives"
    OVERFLOWS = "overflows"
    RINGS = "rings"
    ANSWERED = "answered"
    HELD = "held"
    RETRIEVED = "retrieved"
    GIVEN = "given"
    ANNOUNCED = "announced"
    COMPLETED = "completed"
    ANSWERED_THERE = "answered_there"
    RINGS_OUT = "rings_out"
    SPEAKS_AFTER_THE_TONE = "speaks_after_the_tone"
    LEAVES = "leaves"
    LET_GO = "let_go"
    DIALLED = "dialled"
    PICKED_UP = "picked_up"
    HANGS_UP = "hangs_up"
    QUALIFIED = "qualified"
    CUT = "cut"
    MENDED = "mended"
    LISTS = "lists"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One act, of `call` when it is about one (its place in the day), at a desk."""

    at: timedelta
    act: Act
    call: int = -1
    desk: int = 0


def steps_of(day: Iterable[DayCall]) -> list[Step]:
    """Every step of the day; a desk that is busy makes the next caller wait."""
    free = [timedelta(), timedelta()]
    steps = [
        Step(at=CUT_AT, act=Act.CUT),
        Step(at=MENDED_AT, act=Act.MENDED),
    ]
    for number, call in enumerate(day):
        steps += _Told(number, _seated(call), free)
    steps += [Step(at=_idle_from(steps, at), act=Act.LISTS, desk=1) for at in LISTS_AT]
    return sorted(steps, key=lambda step: step.at)


def _idle_from(steps: list[Step], at: timedelta) -> timedelta:
    """The first moment from then on at which no call is under way at any desk."""
    spans: dict[int, tuple[timedelta, timedelta]] = {}
    for step in steps:
        first, last = spans.get(step.call, (step.at, step.at))
        spans[step.call] = min(first, step.at), max(last, step.at)
    spans.pop(-1, None)
    while over := [last for first, last in spans.values() if first <= at < last + _AT_ONCE]:
        at = max(over) + _AT_ONCE
    return at


def _seated(call: DayCall) -> DayCall:
    """What is asked of the exchange while the first desk has no wire is asked at the other."""
    is_cut = CUT_AT - timedelta(minutes=5) < call.at < MENDED_AT
    return msgspec.structs.replace(call, desk=1) if is_cut and call.course in _ASKS_THE_SERVER else call


class _Told:
    """The steps of one call, iterated in order; `free` says from when each desk is."""

    def __init__(self, number: int, call: DayCall, free: list[timedelta]) -> None:
        self._number = number
        self._call = call
        self._free = free
        self._at = call.at

    def __iter__(self) -> Iterator[Step]:
        match self._call.course:
            case Course.ABANDONED:
                yield from self._gives_up()
            case Course.MISSED | Course.VOICEMAIL:
                yield from self._rings_in_vain()
            case Course.CALL_BACK:
                yield from self._is_called()
            case _:
                yield from self._is_answered()

    def _step(self, act: Act, after: timedelta = timedelta(), *, desk: int | None = None) -> Step:
        self._at += after
        return Step(at=self._at, act=act, call=self._number, desk=self._call.desk if desk is None else desk)

    def _wait_for(self, *desks: int) -> None:
        self._at = max(self._at, *(self._free[desk] for desk in desks))

    def _gives_up(self) -> Iterator[Step]:
        yield self._step(Act.ARRIVES)
        yield self._step(Act.LEAVES, self._call.waits)

    def _rings_in_vain(self) -> Iterator[Step]:
        yield self._step(Act.ARRIVES)
        self._wait_for(self._call.desk)
        yield self._step(Act.RINGS)
        yield self._step(Act.RINGS_OUT, _RINGS_IN_VAIN)
        self._free[self._call.desk] = self._at + _AT_ONCE
        if self._call.course is Course.VOICEMAIL:
            yield self._step(Act.SPEAKS_AFTER_THE_TONE, _A_WORD)
        yield self._step(Act.LET_GO, _AT_ONCE)

    def _is_called(self) -> Iterator[Step]:
        self._wait_for(self._call.desk)
        yield self._step(Act.DIALLED)
        yield self._step(Act.PICKED_UP, _PICKS_UP)
        yield from self._ends()

    def _is_answered(self) -> Iterator[Step]:
        yield self._step(Act.ARRIVES)
        if self._call.course is Course.OVERFLOWED:
            yield self._step(Act.OVERFLOWS, _WAITS_ELSEWHERE)
        is_given = self._call.course in (Course.GIVEN, Course.ANNOUNCED)
        self._wait_for(*((0, 1) if is_given else (self._call.desk,)))
        yield self._step(Act.RINGS)
        yield self._step(Act.ANSWERED, self._call.waits)
        match self._call.course:
            case Course.HELD:
                yield self._step(Act.HELD, _A_WORD)
                yield self._step(Act.RETRIEVED, _WAITS_ELSEWHERE)
            case Course.GIVEN | Course.ANNOUNCED:
                yield from self._is_given()
            case _:
                pass
        yield from self._ends()

    def _is_given(self) -> Iterator[Step]:
        other = 1 - self._call.desk
        if self._call.course is Course.ANNOUNCED:
            yield self._step(Act.ANNOUNCED, _A_WORD)
            yield self._step(Act.COMPLETED, _A_WORD)
        else:
            yield self._step(Act.GIVEN, _A_WORD)
            yield self._step(Act.ANSWERED_THERE, _PICKS_UP, desk=other)
        self._free[other] = self._at + self._call.talks + _AT_ONCE

    def _ends(self) -> Iterator[Step]:
        yield self._step(Act.HANGS_UP, self._call.talks)
        yield self._step(Act.QUALIFIED, _WRAP_UP)
        self._free[self._call.desk] = self._at + _AT_ONCE


def busiest(steps: Iterable[Step]) -> Step:
    """The step with which most calls are under way; ValueError without a call."""
    under_way, most, found = set[int](), 0, None
    for step in steps:
        if step.act in (Act.ARRIVES, Act.DIALLED):
            under_way.add(step.call)
        elif step.act in (Act.LEAVES, Act.LET_GO, Act.HANGS_UP):
            under_way.discard(step.call)
        if len(under_way) > most:
            most, found = len(under_way), step
    if found is None:
        raise ValueError("a day without a call")
    return found
