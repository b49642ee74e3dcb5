"""The live board: queues, seats and the last hour, counted again from the calls whenever they change.

Nothing of it is kept, so that it is the same after a restart; no caller's name is in it, and agents' only
where a manager reads it in a house that may name them (rules R26).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.domain.indicators import (
    LostCallers,
    PhoneCall,
    QueueState,
    Share,
    Tally,
    day_start,
    lost_callers,
    queue_state,
    tally,
)
from app.domain.periods import Period, period_bounds
from app.domain.words import AgentState, CallState
from app.queries.named_seats import NamedTeams, named_teams
from app.queries.phone_calls import LONGEST_WAIT, Live, passages, read_calls
from app.queries.teams import read_teams
from app.store.opening import read_place
from app.store.prepared import Row

LOOK_BACK = timedelta(hours=12)
"""No call lasts longer: those that began before midnight and still wait are seen."""
REFRESH = timedelta(seconds=2)
SLOT = timedelta(minutes=5)
SLOTS_SHOWN = 12
_NO_WAIT = timedelta()


class QueueTile(msgspec.Struct, frozen=True, kw_only=True):
    """One queue now, and its rates since midnight; `longest_since` is when its first caller came in.

    `free` is None where nobody is known to be: the exchange says nothing of some of its agents.
    """

    queue: str
    name: str
    waiting: int = 0
    longest_since: datetime | None = None
    received: int = 0
    service_level: Share = Share(0, 0)
    abandon_rate: Share = Share(0, 0)
    state: QueueState = QueueState.ON_TARGET
    free: int | None = 0
    seats: int = 0


class Seats(msgspec.Struct, frozen=True, kw_only=True):
    """How many seats are in each state: what their calls tell, then what the exchange says of their agents.

    A break, training or supervision is « Indisponible » (rules R26); who is offline is not counted, and
    `unknown` are those of whom the exchange never said anything.
    """

    free: int = 0
    ringing: int = 0
    in_call: int = 0
    held: int = 0
    wrap_up: int = 0
    at_desk: int = 0
    unavailable: int = 0
    unknown: int = 0

    @property
    def taken(self) -> int:
        """Those with a call: a phone that rings is as taken as one that talks."""
        return self.in_call + self.held + self.ringing

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
    """The strip of the day, over all the queues shown.

    The last four are in no base. What agents do is told by the week, by reports (rules R26).
    """

    felt_wait: timedelta | None = None
    lost: LostCallers = LostCallers(Share(0, 0), 0)
    identification: Share = Share(0, 0)
    received: int = 0
    answered: int = 0
    abandoned: int = 0
    overflowed: int = 0
    voicemails: int = 0
    out_of_hours: int = 0
    turned_away: int = 0


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """What the supervision screen and the wall show; `choices` are the ids and names of all the queues.

    `named` is for a manager alone, and only while the house's dates allow it.
    """

    choices: tuple[tuple[str, str], ...] = ()
    tiles: tuple[QueueTile, ...] = ()
    seats: Seats = Seats()
    named: NamedTeams | None = None
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


def board(
    connection: sa.Connection,
    establishment: str,
    *,
    now: datetime,
    services: frozenset[str] | None = None,
    chosen: Chosen | None = None,
    is_manager: bool = False,
) -> Board:
    """The board of the queues of these services, or of every queue; of what was chosen among them.

    Names are not even read unless `is_manager`.
    """
    chosen = chosen or Chosen()
    zone = read_place(connection, establishment).clock
    teams = read_teams(connection, establishment, services=services)
    queues = [row for row in teams.queues if chosen.has(row.id)]
    shown = {row.id for row in queues}
    if services is None and not chosen.queues:
        shown.add("")
    midnight = day_start(now, zone=zone)
    since = min(midnight - LONGEST_WAIT, now - LOOK_BACK)
    everywhere = read_calls(connection, establishment, since, now)
    told = teams.told
    first, last = period_bounds(chosen.period, now, zone=zone)
    today = _shown_of([one for one in everywhere if first <= one.at < last], shown)
    members = {row.id: teams.of_queue(row) for row in queues}
    answering = set[str]().union(*members.values())
    places = _places(answering if chosen.queues else teams.extensions, everywhere, told)
    local_day = now.astimezone(zone).date()
    return Board(
        choices=tuple((row.id, row.name) for row in teams.queues),
        tiles=_called_first(
            _tile(row, everywhere, today, _seats_of(_places(members[row.id], everywhere, told)), now)
            for row in queues
        ),
        seats=_seats_of(places),
        named=named_teams(connection, establishment, places, today=local_day) if is_manager else None,
        hour=_hour(_shown_of(everywhere, shown), now, midnight=midnight),
        day=_day(today, [one.call for one in everywhere]),
        read_at=now,
    )


def _day(today: list[PhoneCall], everywhere: list[PhoneCall]) -> DayFigures:
    counted = tally(today)
    return DayFigures(
        felt_wait=counted.felt_wait(0.5),
        lost=lost_callers(today, others=everywhere),
        identification=counted.identification,
        received=counted.received,
        answered=counted.answered,
        abandoned=counted.abandoned,
        overflowed=counted.overflowed,
        voicemails=counted.voicemails,
        out_of_hours=counted.out_of_hours,
        turned_away=counted.turned_away,
    )


def _shown_of(calls: list[Live], shown: set[str]) -> list[PhoneCall]:
    """What these calls were in the queues that are shown, and the calls that we placed."""
    return [call for call in passages(calls) if _is_shown(call, shown)]


def _is_shown(call: PhoneCall, shown: set[str]) -> bool:
    """Of a queue that is shown, or a call that we placed: it may reach a caller again."""
    return call.is_outbound or call.queue in shown


def _called_first(tiles: Iterable[QueueTile]) -> tuple[QueueTile, ...]:
    """By name, those that nobody called today last: a tile moves once a day, never with its state."""
    return tuple(sorted(tiles, key=lambda tile: tile.received == tile.waiting == 0))


def _tile(queue: Row, live: list[Live], today: list[PhoneCall], places: Seats, now: datetime) -> QueueTile:
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
        free=None if places.unknown and not places.free else places.free,
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


def _places(extensions: Iterable[str], live: list[Live], told: dict[str, AgentState]) -> dict[str, str]:
    """The field of `Seats` that counts each of these extensions; empty for who is offline."""
    at: dict[str, str] = {}
    for one in live:
        if one.state == CallState.RINGING:
            for extension in one.ringing:
                at.setdefault(extension, CallState.RINGING)
        elif one.state in _IN_HAND:
            at[one.extension] = one.state
    return {extension: _PLACES[at.get(extension) or told.get(extension, "")] for extension in extensions}


def _seats_of(places: dict[str, str]) -> Seats:
    return Seats(**Counter(filter(None, places.values())))


def _hour(calls: list[PhoneCall], now: datetime, *, midnight: datetime) -> tuple[Slot, ...]:
    """The slots of the last hour, the one under way last."""
    slots = [Tally() for _ in range(SLOTS_SHOWN)]
    last = now - (now - midnight) % SLOT
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
    "": "unknown",
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
