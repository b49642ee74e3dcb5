"""A receptionist's day as a script: eighty calls of two desks, the same from the same seed."""

import random
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

import msgspec

from app.demo.numbers import MOBILE

HIDDEN = "anonymous"
QUEUE, SWITCHBOARD = "secretariat-orthopedie", "standard"
_KNOWN = (4120, 4121, 4122, 4123, 4124, 4125, 4126, 4127, 4128, 4129, 4133, 4134, 4140, 5520)
_SHARED = (4107, 4130)
_UNKNOWN = (4151, 4152, 4153, 4154, 4155, 4156)
_CALLS_AN_HOUR = {8: 10, 9: 12, 10: 13, 11: 9, 12: 3, 13: 6, 14: 10, 15: 8, 16: 6, 17: 3}
_BETWEEN = 9
"""At least so many calls of others between two of one story."""
_WIDEST = 30


class Course(StrEnum):
    """What becomes of a call on the telephone."""

    ANSWERED = "answered"
    HELD = "held"
    GIVEN = "given"
    ANNOUNCED = "announced"
    OVERFLOWED = "overflowed"
    ABANDONED = "abandoned"
    MISSED = "missed"
    VOICEMAIL = "voicemail"
    CALL_BACK = "call_back"


UNANSWERED = frozenset((Course.ABANDONED, Course.MISSED, Course.VOICEMAIL))


class Fate(StrEnum):
    """What becomes of a promise: kept by our call or by theirs, put off with a word, or forgotten."""

    CALLED_BACK = "called_back"
    KEPT_BY_CALL = "kept_by_call"
    POSTPONED = "postponed"
    MISSED = "missed"


class DayCall(msgspec.Struct, frozen=True, kw_only=True):
    """One call: `at` since midnight by the hospital's clock; `waits` and `talks` as if a desk were free.

    `story` tells which calls are one caller's, `turn` its place in it. `promises` says that the desk
    promises something, `fate` what becomes of it, told by each call of the story. `candidate` is who of a
    shared number is opened, from 1. A call back is placed by the desk.
    """

    story: int
    turn: int = 0
    at: timedelta = timedelta()
    number: str
    queue: str = QUEUE
    course: Course = Course.ANSWERED
    desk: int = 0
    waits: timedelta = timedelta(seconds=8)
    talks: timedelta = timedelta(seconds=90)
    motive: str
    promises: bool = False
    keeps: bool = False
    fate: Fate | None = None
    candidate: int = 0
    is_registered: bool = False
    """Nobody is known by that number: the desk writes down who calls."""
    leaves_message: bool = False
    """The desk leaves a « Merci de rappeler »."""

    @property
    def is_for_today(self) -> bool:
        """Whether what is promised falls due the same evening, whatever the motive's own delay is."""
        return self.fate in (Fate.POSTPONED, Fate.MISSED)


def working_day(seed: int = 1) -> tuple[DayCall, ...]:
    """Eighty calls from 8:00 to 18:00, in order of time."""
    chance = random.Random(seed)
    told = _in_order(chance, _stories(chance))
    return tuple(
        msgspec.structs.replace(
            call, at=at, desk=chance.randrange(2), waits=_wait(chance, call), talks=_seconds(chance, 45, 200)
        )
        for call, at in zip(told, _moments(chance), strict=True)
    )


def _stories(chance: random.Random) -> list[list[DayCall]]:
    """Who calls for what, how often, and what is promised."""
    known = [_number(last) for last in _KNOWN]
    asked = set[tuple[str, str]]()

    def caller(motive: str) -> str:
        """Somebody who asks nothing else of that family today: one demand has one promise."""
        free = [number for number in known if (number, motive[0]) not in asked]
        asked.add((chosen := chance.choice(free), motive[0]))
        return chosen

    made: list[list[DayCall]] = []

    def tell(*calls: DayCall) -> None:
        whole = enumerate(calls)
        made.append([msgspec.structs.replace(call, story=len(made), turn=turn) for turn, call in whole])

    for motive, times in (("31", 4), ("34", 3), ("25", 2), ("32", 2)):
        tell(*_chased(caller(motive), motive, times))
    for motive in ("31", "34", "25", "41", "42", "31", "34", "25"):
        tell(*_called_back(caller(motive), motive))
    for fate in (Fate.POSTPONED, Fate.MISSED):
        motive = "42" if fate is Fate.POSTPONED else "37"
        for _ in range(3):
            tell(_promised(caller(motive), motive, fate))
    for at, call in enumerate(_unanswered(chance, known)):
        back = msgspec.structs.replace(call, course=Course.CALL_BACK, motive="54")
        tell(call, back) if at % 3 == 0 and call.number != HIDDEN else tell(call)
    for call in _alone(chance, known):
        tell(call)
    return made


def _chased(number: str, motive: str, times: int) -> Iterator[DayCall]:
    """One demand for which somebody comes back until it is answered."""
    for turn in range(times):
        is_last = turn == times - 1
        yield DayCall(
            story=0, number=number, motive=motive, promises=not is_last, keeps=is_last, fate=Fate.KEPT_BY_CALL
        )


def _promised(number: str, motive: str, fate: Fate) -> DayCall:
    return DayCall(story=0, number=number, motive=motive, promises=True, fate=fate)


def _called_back(number: str, motive: str) -> Iterator[DayCall]:
    asked = _promised(number, motive, Fate.CALLED_BACK)
    yield asked
    yield msgspec.structs.replace(asked, course=Course.CALL_BACK, promises=False, keeps=True)


def _unanswered(chance: random.Random, known: list[str]) -> Iterator[DayCall]:
    """Those whom nobody speaks with: they are called back, or at least told apart."""
    courses = (*(Course.ABANDONED,) * 9, *(Course.MISSED,) * 4, *(Course.VOICEMAIL,) * 4)
    for at, course in enumerate(courses):
        number = HIDDEN if at % 8 == 5 else _number(chance.choice(_UNKNOWN)) if at % 4 == 2 else ""
        yield DayCall(story=0, number=number or chance.choice(known), course=course, motive="14")


def _alone(chance: random.Random, known: list[str]) -> Iterator[DayCall]:
    """What is answered at once, whoever calls and however it is carried."""
    courses = [Course.HELD] * 3 + [Course.GIVEN] * 3 + [Course.ANNOUNCED] * 3 + [Course.OVERFLOWED] * 4
    for course in courses:
        queue = SWITCHBOARD if course is Course.OVERFLOWED else QUEUE
        motive = chance.choice(("14", "22", "54"))
        yield DayCall(story=0, number=chance.choice(known), course=course, queue=queue, motive=motive)
    for at in range(4):
        yield DayCall(story=0, number=HIDDEN, motive=("61", "71", "14", "22")[at], leaves_message=at < 2)
    for at, last in enumerate(_SHARED * 2):
        yield DayCall(
            story=0, number=_number(last), candidate=at % 2 + 1, motive="14", leaves_message=at == 3
        )
    for at, last in enumerate(_UNKNOWN[:3]):
        yield DayCall(story=0, number=_number(last), motive="11", is_registered=at < 2)


def _number(last: int) -> str:
    return f"0{MOBILE[3:]}{last}"


def _in_order(chance: random.Random, stories: list[list[DayCall]]) -> Iterator[DayCall]:
    """One call a slot: those of a story stay apart, and each begins early enough to end."""
    left = [list(story) for story in stories]
    ready = [0] * len(left)
    for slot in range(sum(map(len, stories))):
        open_ = [at for at, story in enumerate(left) if story and ready[at] <= slot]
        late = [at for at in open_ if _latest(left[at], sum(map(len, stories))) <= slot]
        chosen = late[0] if late else chance.choice(open_)
        ready[chosen] = slot + _BETWEEN
        yield left[chosen].pop(0)


def _latest(story: list[DayCall], slots: int) -> int:
    """The last slot at which what is left of a story may begin; what is forgotten must have time to be."""
    if story[0].is_for_today:
        return slots // 2
    return slots - _WIDEST - _BETWEEN * 2 * (len(story) - 1) if len(story) > 1 else slots - 1


def _moments(chance: random.Random) -> Iterator[timedelta]:
    for hour, count in _CALLS_AN_HOUR.items():
        for second in sorted(chance.sample(range(60, 3500, 20), count)):
            yield timedelta(hours=hour, seconds=second)


def _wait(chance: random.Random, call: DayCall) -> timedelta:
    """Two of those who give up do so at once: they are in no base."""
    if call.course is Course.ABANDONED:
        return _seconds(chance, 2, 4) if call.story % 5 == 0 else _seconds(chance, 20, 90)
    return _seconds(chance, 5, 19)


def _seconds(chance: random.Random, least: int, most: int) -> timedelta:
    return timedelta(seconds=chance.randint(least, most))
