"""The live board: queues, seats and the last hour, counted again from the calls whenever they change.

Nothing of it is kept, so that it is the same after a restart; no name of an agent or a caller is in it
(rules R26).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.domain.indicators import (
    RECALL,
    Figure,
    LostCallers,
    Mean,
    PhoneCall,
    QueueState,
    Share,
    Tally,
    day_start,
    lost_callers,
    queue_state,
    tally,
    telephone_figures,
)
from app.domain.periods import Period, period_bounds
from app.domain.words import AgentState, CallState, Channel, Direction
from app.store import tables
from app.store.prepared import Prepared, Row, constant, given, given_number

LOOK_BACK = timedelta(hours=12)
"""No call lasts longer: those that began before midnight and still wait are seen."""
REFRESH = timedelta(seconds=2)
SLOT = timedelta(minutes=5)
SLOTS_SHOWN = 12
_NO_WAIT = timedelta()


class QueueTile(msgspec.Struct, frozen=True, kw_only=True):
    """One queue now, and its rates since midnight; `longest_since` is when its first caller came in."""

    queue: str
    name: str
    waiting: int = 0
    longest_since: datetime | None = None
    received: int = 0
    service_level: Share = Share(0, 0)
    abandon_rate: Share = Share(0, 0)
    state: QueueState = QueueState.ON_TARGET
    free: int = 0
    seats: int = 0


class Seats(msgspec.Struct, frozen=True, kw_only=True):
    """How many seats are in each state: what their calls tell, then what the exchange says of their agents.

    A break, training or supervision is « Indisponible » (rules R26); who is offline is not counted.
    """

    free: int = 0
    ringing: int = 0
    in_call: int = 0
    held: int = 0
    wrap_up: int = 0
    at_desk: int = 0
    unavailable: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(getattr(self, name) for name in self.__struct_fields__)


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """Five minutes: the calls answered, and those abandoned, by their time of arrival."""

    at: datetime
    answered: int = 0
    abandoned: int = 0


class DayFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The strip of the day, over all the queues shown."""

    felt_wait: timedelta | None = None
    lost: LostCallers = LostCallers(Share(0, 0), 0)
    mean_talk: Mean = Mean(_NO_WAIT, 0)
    identification: Share = Share(0, 0)
    received: int = 0
    answered: int = 0
    abandoned: int = 0


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """What the supervision screen and the wall show; `choices` are the ids and names of all the queues."""

    choices: tuple[tuple[str, str], ...] = ()
    tiles: tuple[QueueTile, ...] = ()
    seats: Seats = Seats()
    hour: tuple[Slot, ...] = ()
    day: DayFigures = DayFigures()
    read_at: datetime


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What a supervisor chose to see: a part of today, and some queues by their ids, or every one.

    « Aujourd’hui » is `period`, and changes the rates, the strip and nothing of what is now; « Toutes
    les files » is `queues`, empty for all. Other days are not at a desk: `/v1/reports/telephone` has them.
    """

    period: Period = Period.TODAY
    queues: frozenset[str] = frozenset()

    def has(self, queue: str) -> bool:
        """Whether that queue is shown."""
        return not self.queues or queue in self.queues


class QueueReport(msgspec.Struct, frozen=True, kw_only=True):
    """One queue's figures over a period."""

    queue: str
    name: str
    figures: tuple[Figure, ...]


class _Live(msgspec.Struct, frozen=True):
    """A call and where it is now."""

    call: PhoneCall
    state: str
    extension: str
    ringing: tuple[str, ...]
    at: datetime


def board(
    connection: sa.Connection,
    establishment: str,
    *,
    now: datetime,
    services: frozenset[str] | None = None,
    chosen: Chosen | None = None,
) -> Board:
    """The board of the queues of these services, or of every queue; of what was chosen among them."""
    chosen = chosen or Chosen()
    ours = [
        row
        for row in _QUEUES.all(connection, establishment=establishment)
        if services is None or row.service in services
    ]
    queues = [row for row in ours if chosen.has(row.id)]
    shown = {row.id for row in queues}
    seats = [
        row
        for row in _SEATS.all(connection, establishment=establishment)
        if row.extension and (services is None or row.service in services)
    ]
    agents = _AGENTS.all(connection, establishment=establishment)
    told = {row.extension: AgentState(row.state) for row in agents}

    def at_queue(queue: Row) -> set[str]:
        """Who answers in that queue; until the exchange has said, whoever sits in its service."""
        members = {row.extension for row in agents if row.queue == queue.id}
        return members or {row.extension for row in seats if row.service == queue.service}

    since = min(day_start(now), now - LOOK_BACK)
    everywhere = _read(connection, establishment, since, now)
    live = [one for one in everywhere if _is_shown(one.call, shown)]
    first, last = period_bounds(chosen.period, now)
    today = [one.call for one in live if first <= one.at < last]
    counted = tally(today)
    answering = (
        set[str]().union(*map(at_queue, queues)) if chosen.queues else {row.extension for row in seats}
    )
    return Board(
        choices=tuple((row.id, row.name) for row in ours),
        tiles=tuple(
            _tile(row, live, today, _seats_of(at_queue(row), everywhere, told), now) for row in queues
        ),
        seats=_seats_of(answering, everywhere, told),
        hour=_hour([one.call for one in live], now),
        day=DayFigures(
            felt_wait=counted.felt_wait(0.5),
            lost=lost_callers(today),
            mean_talk=counted.mean_talk,
            identification=counted.identification,
            received=counted.received,
            answered=counted.answered,
            abandoned=counted.abandoned,
        ),
        read_at=now,
    )


def report(
    connection: sa.Connection,
    establishment: str,
    *,
    since: datetime,
    until: datetime,
    services: frozenset[str] | None = None,
) -> tuple[QueueReport, ...]:
    """The figures of the calls that arrived from `since` to `until`, that one left out, queue by queue."""
    live = _read(connection, establishment, since, until + RECALL)
    ours = _by_queue(one.call for one in live if one.at < until)
    later = [one.call for one in live if one.at >= until]
    recalls = ours.get("", [])
    return tuple(
        QueueReport(
            queue=row.id,
            name=row.name,
            figures=telephone_figures(tally(calls), lost_callers(calls, later=(*recalls, *later))),
        )
        for row in _QUEUES.all(connection, establishment=establishment)
        if services is None or row.service in services
        for calls in [ours.get(row.id, [])]
    )


def _by_queue(calls: Iterable[PhoneCall]) -> dict[str, list[PhoneCall]]:
    """Incoming calls by their queue, and under no name those that we placed."""
    found: dict[str, list[PhoneCall]] = {}
    for call in calls:
        found.setdefault("" if call.is_outbound else call.queue, []).append(call)
    return found


def _read(connection: sa.Connection, establishment: str, since: datetime, until: datetime) -> list[_Live]:
    rows = _CALLS.all(connection, establishment=establishment, since=since, until=until)
    return [_live(row) for row in rows]


def _live(row: Row) -> _Live:
    call = PhoneCall(
        queue=row.queue,
        number=row.number,
        first_at=row.at,
        queued_at=row.overflowed_at or row.at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        overflowed_from=row.overflowed_from,
        has_voicemail=row.voicemail_at is not None,
        has_person=row.has_person == 1,
        is_outbound=row.direction == Direction.OUTBOUND,
    )
    return _Live(call, row.state, row.extension, tuple(row.ringing.split()), row.at)


def _is_shown(call: PhoneCall, shown: set[str]) -> bool:
    """Of a queue that is shown, or a call that we placed: it may reach a caller again."""
    return call.is_outbound or call.queue in shown


def _tile(queue: Row, live: list[_Live], today: list[PhoneCall], places: Seats, now: datetime) -> QueueTile:
    here = [one.call for one in live if one.call.queue == queue.id]
    counted = tally(call for call in today if call.queue == queue.id)
    waiting = [call.queued_at for call in here if call.is_waiting and not call.is_outbound]
    return QueueTile(
        queue=queue.id,
        name=queue.name,
        waiting=len(waiting),
        longest_since=min(waiting, default=None),
        received=counted.received,
        service_level=counted.service_level,
        abandon_rate=counted.abandon_rate,
        state=_state(counted, waiting, [call for call in today if call.queue == queue.id], now),
        free=places.free,
        seats=places.total,
    )


def _state(counted: Tally, waiting: list[datetime], today: list[PhoneCall], now: datetime) -> QueueState:
    """Critical only when it was so at the refresh before too: told by the calls, not remembered."""
    state = queue_state(counted, _longest(waiting, now))
    if state is not QueueState.CRITICAL:
        return state
    earlier = now - REFRESH
    before = [seen for call in today if (seen := call.as_of(earlier)) is not None]
    was_waiting = [call.queued_at for call in before if call.is_waiting]
    was = queue_state(tally(before), _longest(was_waiting, earlier))
    return state if was is QueueState.CRITICAL else QueueState.BELOW_TARGET


def _longest(waiting: Iterable[datetime], now: datetime) -> timedelta:
    return max((now - since for since in waiting), default=_NO_WAIT)


def _seats_of(extensions: Iterable[str], live: list[_Live], told: dict[str, AgentState]) -> Seats:
    at: dict[str, str] = {}
    for one in live:
        if one.state == CallState.RINGING:
            for extension in one.ringing:
                at.setdefault(extension, CallState.RINGING)
        elif one.state in _IN_HAND:
            at[one.extension] = one.state
    counts = Counter(_PLACES[at.get(extension) or told.get(extension, "")] for extension in extensions)
    counts.pop("", None)
    return Seats(**counts)


def _hour(calls: list[PhoneCall], now: datetime) -> tuple[Slot, ...]:
    """The slots of the last hour, the one under way last."""
    slots = [Tally() for _ in range(SLOTS_SHOWN)]
    last = now - (now - day_start(now)) % SLOT
    first = last - (SLOTS_SHOWN - 1) * SLOT
    for call in calls:
        number = (call.first_at - first) // SLOT
        if not call.is_outbound and 0 <= number < SLOTS_SHOWN:
            slots[number].add(call)
    return tuple(
        Slot(at=first + number * SLOT, answered=one.answered, abandoned=one.abandoned)
        for number, one in enumerate(slots)
    )


_PLACES: dict[str, str] = {
    "": "free",
    CallState.RINGING: "ringing",
    CallState.DIALLING: "in_call",
    CallState.IN_CALL: "in_call",
    CallState.HELD: "held",
    AgentState.AVAILABLE: "free",
    AgentState.WRAP_UP: "wrap_up",
    AgentState.AT_DESK: "at_desk",
    AgentState.UNAVAILABLE: "unavailable",
    AgentState.TRAINING: "unavailable",
    AgentState.SUPERVISION: "unavailable",
    AgentState.OFFLINE: "",
}
"""The field of `Seats` for each state; the words that calls and agents share mean the same."""
_IN_HAND = (CallState.DIALLING, CallState.IN_CALL, CallState.HELD)
_c, _q, _a, _s = tables.contact.c, tables.queue.c, tables.agent.c, tables.agent_state.c
_at = sa.type_coerce(_c.at, sa.BigInteger)
_CALLS = Prepared(
    sa.select(
        _c.queue,
        _c.number,
        _c.direction,
        _c.state,
        _c.extension,
        _c.ringing,
        _c.at,
        _c.answered_at,
        _c.ended_at,
        _c.overflowed_at,
        _c.overflowed_from,
        _c.voicemail_at,
        sa.case((_c.person.is_(None), 0), else_=1).label("has_person"),
    ).where(
        _c.establishment == given("establishment"),
        _at >= given_number("since"),
        _at <= given_number("until"),
        _c.channel == constant(Channel.PHONE),
    )
)
_QUEUES = Prepared(
    sa.select(_q.id, _q.name, _q.service)
    .where(_q.establishment == given("establishment"))
    .order_by(_q.name, _q.id)
)
_AGENTS = Prepared(
    sa.select(_s.queue, _s.extension, _s.state).where(_s.establishment == given("establishment"))
)
_SEATS = Prepared(sa.select(_a.extension, _a.service).where(_a.establishment == given("establishment")))
STATEMENTS = (_CALLS, _QUEUES, _AGENTS, _SEATS)
"""For the test that keeps them free of scans."""
