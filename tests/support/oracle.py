"""The figures counted a second time, from the journal's facts and by the design's words (17).

Nothing of the product's counting is used: no row, no `app.domain.indicators`, only the hours that are given.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low
from typing import TypeAlias

import sqlalchemy as sa

from app.domain import facts as f
from app.store import journal

IsOpen: TypeAlias = Callable[[str, datetime], bool]
"""Whether a queue is open at a moment."""
Worked: TypeAlias = Callable[[str, datetime, datetime], timedelta]
"""How long a service was open between two moments."""
_S = timedelta(seconds=1)
_NONE = timedelta()
_DAY = timedelta(hours=24)


def journal_facts(engine: sa.Engine, establishment: str) -> list[f.AnyFact]:
    """All that is known, in the order in which it was told."""
    with engine.connect() as connection:
        entries = journal.read_entries(connection, establishment, after=0, most=1_000_000)
        return [fact for entry in entries for fact in entry.facts]


@dataclass(kw_only=True)
class Heard:
    """One call, as its facts tell it."""

    number: str
    is_ours: bool
    arrived_at: datetime
    queue: str = ""
    queued_at: datetime | None = None
    moves: list[tuple[datetime, str]] = field(default_factory=list[tuple[datetime, str]])
    rang: bool = False
    answers: list[tuple[datetime, str]] = field(default_factory=list[tuple[datetime, str]])
    talk: list[tuple[datetime, bool]] = field(default_factory=list[tuple[datetime, bool]])
    ended_at: datetime | None = None
    ending: str = ""
    voicemail: bool = False
    person: str | None = None
    saves: dict[str, datetime] = field(default_factory=dict[str, datetime])
    ready_at: datetime | None = None

    @property
    def last_queue(self) -> str:
        """Where it is."""
        return max(self.moves)[1] if self.moves else self.queue

    @property
    def entered_at(self) -> datetime:
        """When it came there."""
        return max(self.moves)[0] if self.moves else self.queued_at or self.arrived_at

    @property
    def answered_at(self) -> datetime | None:
        """The first answer."""
        return min(self.answers)[0] if self.answers else None

    @property
    def hold(self) -> timedelta:
        """What nobody spoke with the caller, from the answer to the end."""
        if self.answered_at is None or self.ended_at is None:
            return _NONE
        steps = sorted(step for step in self.talk if step[0] < self.ended_at)
        return sum(
            (
                after - before
                for (before, spoken), (after, _) in pairwise([*steps, (self.ended_at, True)])
                if not spoken
            ),
            _NONE,
        )

    @property
    def post_call(self) -> timedelta:
        """From the end to the first save that stands, or to the agent's being ready; five minutes at most."""
        if self.answered_at is None or self.ended_at is None:
            return _NONE
        done = [*self.saves.values(), *filter(None, [self.ready_at])]
        lasted = max(min(done) - self.ended_at, _NONE) if done else _NONE
        return lasted if lasted <= 300 * _S else _NONE


def heard_calls(facts: Iterable[f.AnyFact]) -> list[Heard]:
    """The calls, incoming and ours."""
    calls: dict[str, Heard] = {}
    doing: dict[tuple[str, str], str] = {}
    for fact in facts:
        if isinstance(fact, f.CallArrived):
            calls[fact.contact] = Heard(
                number=fact.number,
                is_ours=False,
                arrived_at=fact.arrived_at,
                queue=fact.queue,
                queued_at=fact.queued_at,
            )
        elif isinstance(fact, f.CallPlaced):
            calls[fact.contact] = Heard(number=fact.number, is_ours=True, arrived_at=fact.placed_at)
        elif isinstance(fact, f.AgentStateChanged):
            seat = fact.queue, fact.extension
            if doing.get(seat) == "wrap_up" != fact.state:
                _ready(calls.values(), fact.extension, fact.changed_at)
            doing[seat] = fact.state
        elif (call := calls.get(getattr(fact, "contact", None) or "")) is not None:
            _hear(call, fact)
    return list(calls.values())


def _hear(call: Heard, fact: f.AnyFact) -> None:  # noqa: C901 - one line a fact
    match fact:
        case f.CallRang():
            call.rang = True
        case f.CallAnswered():
            call.answers.append((fact.answered_at, fact.extension))
            call.talk.append((fact.answered_at, True))
        case f.CallHeld():
            call.talk.append((fact.held_at, False))
        case f.CallRetrieved():
            call.talk.append((fact.retrieved_at, True))
        case f.CallTransferred():
            if fact.transfer == "blind":
                call.talk.append((fact.transferred_at, False))
        case f.CallOverflowed():
            call.moves.append((fact.overflowed_at, fact.queue))
        case f.VoicemailLeft():
            call.voicemail = True
        case f.CallEnded():
            call.ended_at, call.ending = fact.ended_at, fact.ending
        case f.CallerIdentified():
            call.person = fact.person
        case f.MotiveLogged():
            call.saves[fact.log] = fact.logged_at
        case f.MotiveWithdrawn():
            if call.ended_at is None or fact.withdrawn_at - call.ended_at <= 300 * _S:
                call.saves.pop(fact.log, None)
        case _:
            pass


def _ready(calls: Iterable[Heard], extension: str, at: datetime) -> None:
    over = [
        call
        for call in calls
        if call.ended_at is not None
        and call.answers
        and max(call.answers)[1] == extension
        and call.ended_at <= at
    ]
    if over:
        last = max(over, key=lambda call: call.ended_at or at)
        last.ready_at = last.ready_at or at


@dataclass(kw_only=True)
class Count:
    """What the figures of some queues are made of."""

    received: int = 0
    short: int = 0
    answered: int = 0
    in_level: int = 0
    abandoned: int = 0
    waiting: int = 0
    oldest_waiting: datetime | None = None
    wait: timedelta = _NONE
    abandon_wait: timedelta = _NONE
    finished: int = 0
    talk: timedelta = _NONE
    hold: timedelta = _NONE
    post_call: timedelta = _NONE
    felt: timedelta | None = None
    overflowed: int = 0
    voicemail: int = 0
    out_of_hours: int = 0
    turned_away: int = 0
    left_before_queue: int = 0
    contacts: int = 0
    identified: int = 0
    callers: int = 0
    lost: int = 0
    hidden: int = 0

    @property
    def base(self) -> int:
        """Received without the short abandons."""
        return self.received - self.short


def count(
    calls: Iterable[Heard], *, queues: Iterable[str], since: datetime, until: datetime, is_open: IsOpen
) -> Count:
    """The figures of the calls that arrived from `since` on and before `until`, in these queues."""
    known, shown = list(calls), set(queues)
    ours = [call for call in known if not call.is_ours]
    found = Count()
    for call in ours:
        if call.last_queue in shown and call.answered_at is None and call.ended_at is None:
            found.waiting += 1
            found.oldest_waiting = min(filter(None, (found.oldest_waiting, call.entered_at)))
    arrived = [call for call in ours if since <= call.arrived_at < until]
    for call in arrived:
        _count_passages(found, call, shown, is_open)
        if not call.last_queue and not call.rang and call.answered_at is None and call.ended_at is not None:
            found.turned_away += call.ending == "missed"
            found.left_before_queue += call.ending == "abandoned"
    of_queue = [call for call in arrived if call.last_queue and call.last_queue in shown]
    found.voicemail = sum(call.voicemail for call in of_queue)
    found.out_of_hours += sum(not is_open(call.last_queue, call.arrived_at) for call in of_queue)
    scope = [call for call in of_queue if is_open(call.last_queue, call.arrived_at)]
    found.contacts, found.identified = len(scope), sum(call.person is not None for call in scope)
    _count_rates(found, [call for call in scope if not call.voicemail])
    _count_lost(found, [call for call in scope if not call.voicemail], known)
    return found


def _count_passages(found: Count, call: Heard, shown: set[str], is_open: IsOpen) -> None:
    """Each queue that the call left, once."""
    left = {call.queue, *(queue for _, queue in call.moves)} - {call.last_queue, ""}
    for queue in left & shown:
        if is_open(queue, call.arrived_at):
            found.overflowed += 1
        else:
            found.out_of_hours += 1


def _count_rates(found: Count, calls: list[Heard]) -> None:
    found.received = len(calls)
    answered = [(call, at) for call in calls if (at := call.answered_at) is not None]
    left = [(call, at) for call in calls if call.answered_at is None and (at := call.ended_at) is not None]
    found.answered = len(answered)
    found.in_level = sum(at - call.entered_at <= 20 * _S for call, at in answered)
    found.wait = sum((at - call.entered_at for call, at in answered), _NONE)
    found.felt = median_low([at - call.arrived_at for call, at in answered]) if answered else None
    found.short = sum(at - call.entered_at < 5 * _S for call, at in left)
    found.abandoned = len(left) - found.short
    found.abandon_wait = sum((w for call, at in left if (w := at - call.entered_at) >= 5 * _S), _NONE)
    over = [(call, at, call.ended_at) for call, at in answered if call.ended_at is not None]
    found.finished = len(over)
    found.hold = sum((call.hold for call, _, _ in over), _NONE)
    found.talk = sum((ended - at for _, at, ended in over), _NONE) - found.hold
    found.post_call = sum((call.post_call for call, _, _ in over), _NONE)


def _count_lost(found: Count, calls: list[Heard], known: list[Heard]) -> None:
    left: dict[str, list[datetime]] = defaultdict(list)
    callers = set[str]()
    for call in calls:
        gone = call.ended_at if call.answered_at is None else None
        if gone is not None and gone - call.entered_at < 5 * _S:
            continue
        callers.add(call.number)
        if gone is not None:
            left[call.number].append(gone)
    spoken = [(call.number, at) for call in known if (at := call.answered_at) is not None]
    for number, moments in left.items():
        reached = [at for other, at in spoken if other == number]
        if number and any(not any(gone <= at <= gone + _DAY for at in reached) for gone in moments):
            found.lost += 1
    found.hidden = len(left.get("", []))
    found.callers = len(callers - {""})


_SAID = ("phone", "desk", "video")
_UNWRITTEN = (*_SAID, "voicemail", "booking")


@dataclass(kw_only=True)
class Letter:
    """One contact of any channel, as its facts tell it."""

    at: datetime
    channel: str
    inbound: bool
    service: str
    person: str | None
    number: str
    case: str | None = None
    spoken: datetime | None = None


def letters(facts: Iterable[f.AnyFact]) -> list[Letter]:
    """Everything written or said."""
    found: dict[str, Letter] = {}
    for fact in facts:
        match fact:
            case f.ContactNoted():
                found[fact.contact] = Letter(
                    at=fact.happened_at,
                    channel=fact.channel.value,
                    inbound=fact.direction.value == "inbound",
                    service=fact.service,
                    person=fact.person,
                    number=fact.number,
                    spoken=fact.happened_at if fact.channel.value in _SAID else None,
                )
            case f.CallArrived() | f.CallPlaced():
                ours = isinstance(fact, f.CallPlaced)
                at = fact.placed_at if isinstance(fact, f.CallPlaced) else fact.arrived_at
                found[fact.contact] = Letter(
                    at=at, channel="phone", inbound=not ours, service="", person=None, number=fact.number
                )
            case f.CallAnswered():
                call = found[fact.contact]
                call.spoken = min(fact.answered_at, call.spoken or fact.answered_at)
            case f.CallerIdentified():
                found[fact.contact].person = fact.person
            case f.MotiveLogged():
                found[fact.contact].case = fact.case
            case _:
                pass
    return list(found.values())


def reply_waits(
    known: list[Letter], *, service: str, since: datetime, until: datetime, worked: Worked
) -> tuple[list[timedelta], int]:
    """How long each message of a service waited for a human's answer, shortest first; how many still wait."""
    waits: list[timedelta] = []
    left = 0
    for asked in known:
        is_asked = asked.inbound and asked.channel not in _UNWRITTEN and asked.service == service
        if not is_asked or not since <= asked.at < until:
            continue
        said = [one.spoken for one in known if one.spoken is not None and _is_same(asked, one)]
        wrote = [
            one.at
            for one in known
            if not one.inbound and one.channel not in _UNWRITTEN and _is_same(asked, one)
        ]
        after = sorted(at for at in (*said, *wrote) if _NONE < at - asked.at <= 7 * _DAY)
        if after:
            waits.append(worked(service, asked.at, after[0]))
        left += not after
    return sorted(waits), left


def _is_same(asked: Letter, other: Letter) -> bool:
    """One human, or else one number; not two demands."""
    if asked.person is not None and other.person is not None:
        is_same = asked.person == other.person
    else:
        is_same = asked.number == other.number != ""
    return is_same and not (asked.case and other.case and asked.case != other.case)
