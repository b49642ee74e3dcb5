"""What is to be done: promises that stand, demands to follow and contacts to qualify, in one reading each.

A task is no table: it is what these questions find, for the services of a desk.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from operator import attrgetter

import msgspec
import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.domain.repeats import WINDOW, Exchange, counted, is_followed
from app.domain.words import ActKind, Channel, CommitmentState, Direction
from app.queries.contact_rows import exchange_of
from app.queries.kept_persons import IS_NOBODY_OR_SHOWN, IS_SHOWN, person_of, with_person
from app.store import tables
from app.store.opening import read_midnight
from app.store.prepared import Prepared, Row, constant, given, given_number, in_slots, slots

UNTRACED_FOR = timedelta(days=7)
"""How long a contact without a motive is listed to be qualified."""
MOST = 200
_DUE = attrgetter("due_at", "id")


class PromiseTask(msgspec.Struct, frozen=True, kw_only=True):
    """One promise that stands; `attempts` counts what was tried in vain, `last_how` how the last was.

    `owner` is a login, or a service's id where nobody in it is named; `by`, the login of who promised;
    `owner_name`, `taker_name`, `by_name` and `by_place` (the service of whoever promised) are what is
    shown; `reason` says why it was postponed, `about` is its demand's title.
    """

    commitment: str
    person: str
    birth_name: str
    first_given_name: str
    birth_date: str
    sex: str
    what: str
    channel: Channel
    due_at: datetime
    first_due_at: datetime
    owner: str
    owner_name: str
    by: str = ""
    taken_by: str
    taker_name: str = ""
    has_named_owner: bool = True
    case: str
    contact: str
    service: str
    made_at: datetime
    attempts: int = 0
    last_how: str = ""
    by_name: str = ""
    by_place: str = ""
    about: str = ""
    reason: str = ""
    has_repeat: bool = False


class DemandTask(msgspec.Struct, frozen=True, kw_only=True):
    """One demand that is open."""

    case: str
    person: str
    birth_name: str
    first_given_name: str
    birth_date: str
    sex: str
    title: str
    motive: str
    service_name: str
    opened_at: datetime


class UntracedTask(msgspec.Struct, frozen=True, kw_only=True):
    """One incoming contact that is over and has no motive; `lasted` is how long it was said, else waited."""

    contact: str
    channel: Channel
    number: str
    at: datetime
    ending: str = ""
    lasted: timedelta | None = None
    person: str = ""
    birth_name: str = ""
    first_given_name: str = ""
    birth_date: str = ""
    sex: str = ""


class DoneTask(msgspec.Struct, frozen=True, kw_only=True):
    """One promise closed today; `act` is what closed it, and what « Annuler » takes back."""

    commitment: str
    act: str
    state: CommitmentState
    person: str
    birth_name: str
    first_given_name: str
    birth_date: str
    sex: str
    what: str
    about: str
    channel: Channel
    closed_at: datetime
    by_name: str


class TaskBoard(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, each list in the order of work; at most `MOST` of each."""

    promises: tuple[PromiseTask, ...] = ()
    demands: tuple[DemandTask, ...] = ()
    untraced: tuple[UntracedTask, ...] = ()
    done: tuple[DoneTask, ...] = ()

    def overdue(self, now: datetime) -> int:
        """How many promises are late."""
        return sum(task.due_at < now for task in self.promises)


def read_tasks(
    connection: sa.Connection,
    establishment: str,
    *,
    services: Collection[str],
    login: str = "",
    now: datetime,
) -> TaskBoard:
    """What these services have to do, soonest due first, without invisible persons (rules R5).

    And what `login` promised or keeps, in whatever service it is now.
    """
    parts = [{"establishment": establishment, **part} for part in in_slots(services)]

    def rows(statement: Prepared, **moments: datetime) -> list[Row]:
        return [row for part in parts for row in statement.all(connection, **part, **moments)]

    known = {"establishment": establishment}
    ours = [row for service in services for row in _KEPT_BY.all(connection, owner=service, **known)]
    own = [*_KEPT_BY.all(connection, owner=login, **known), *_MADE_BY.all(connection, by=login, **known)]
    promises = _soonest([*rows(_PROMISES), *ours], own if login else [])
    repeated = _repeated(connection, establishment, {row.case_id for row in promises if row.case_id}, now)
    demands = sorted(rows(_DEMANDS), key=lambda row: (row.opened_at, row.id))
    untraced = sorted(rows(_UNTRACED, since=now - UNTRACED_FOR), key=lambda row: (row.at, row.id))
    midnight = read_midnight(connection, establishment, now)
    done = sorted(rows(_DONE, since=midnight), key=lambda row: (row.closed_at, row.id), reverse=True)
    return TaskBoard(
        promises=tuple(_promise(row, repeated) for row in promises),
        demands=tuple(_demand(row) for row in demands[:MOST]),
        untraced=tuple(_untraced(row) for row in untraced[:MOST]),
        done=tuple(_done(row) for row in done[:MOST]),
    )


def _soonest(ours: list[Row], own: list[Row]) -> list[Row]:
    """Each once, by due time; one's own stay however many the services have."""
    first = list({row.id: row for row in sorted(ours, key=_DUE)}.values())[:MOST]
    return sorted({row.id: row for row in (*first, *own)}.values(), key=_DUE)


def _repeated(
    connection: sa.Connection, establishment: str, cases: Collection[str], now: datetime
) -> set[str]:
    """The demands for which somebody came back within the window that is open now (design 7)."""
    held: dict[str, list[Exchange]] = {}
    for part in in_slots(sorted(cases)):
        known = {"establishment": establishment, "since": now - 2 * WINDOW}
        for row in _EXCHANGES.all(connection, **known, **part):
            held.setdefault(row.case_id, []).append(exchange_of(row))
    return {case for case, exchanges in held.items() if _came_back(exchanges, now)}


def _came_back(exchanges: list[Exchange], now: datetime) -> bool:
    asked = counted(exchanges)
    return any(
        one.at >= now - WINDOW and any(is_followed(before, [one], within=WINDOW) for before in asked)
        for one in asked
    )


def _who(row: Row) -> dict[str, str]:
    """The traits that a list names a person by, empty where there is none."""
    return {
        "person": row.person or "",
        "birth_name": row.birth_name or "",
        "first_given_name": row.first_given_name or "",
        "birth_date": row.birth_date or "",
        "sex": row.sex or "",
    }


def _promise(row: Row, repeated: Collection[str]) -> PromiseTask:
    is_postponed = row.state == CommitmentState.POSTPONED
    return PromiseTask(
        **_who(row),
        commitment=row.id,
        what=row.what,
        channel=Channel(row.channel),
        due_at=row.due_at,
        first_due_at=row.first_due_at,
        owner=row.owner,
        owner_name=row.owner_name,
        by=row.by,
        taken_by=row.taken_by,
        taker_name=row.taker_name or "",
        has_named_owner=row.house is None,
        case=row.case_id or "",
        contact=row.contact,
        service=row.service,
        made_at=row.made_at,
        attempts=row.attempts,
        last_how=row.last_how or "",
        by_name=row.by_name,
        by_place=row.by_place or "",
        about=row.about or "",
        reason=(row.reason or "") if is_postponed else "",
        has_repeat=row.case_id in repeated,
    )


def _demand(row: Row) -> DemandTask:
    return DemandTask(
        **_who(row),
        case=row.id,
        title=row.title,
        motive=row.motive,
        service_name=row.service_name,
        opened_at=row.opened_at,
    )


def _untraced(row: Row) -> UntracedTask:
    began = row.answered_at or row.at
    return UntracedTask(
        **_who(row),
        contact=row.id,
        channel=Channel(row.channel),
        number=row.number,
        at=row.at,
        ending=row.ending,
        lasted=None if row.ended_at is None else row.ended_at - began,
    )


def _done(row: Row) -> DoneTask:
    return DoneTask(
        **_who(row),
        commitment=row.id,
        act=row.last_act,
        state=CommitmentState(row.state),
        what=row.what,
        about=row.about or "",
        channel=Channel(row.channel),
        closed_at=row.closed_at,
        by_name=row.by_name or "",
    )


_m, _p, _c, _d = tables.commitment.c, tables.person.c, tables.contact.c, tables.case.c
_a = tables.commitment_act.c
_agent, _house = tables.agent.alias("owner").c, tables.service.alias("house").c
_taker = tables.agent.alias("taker").c
_maker, _seat = tables.agent.alias("maker").c, tables.service.alias("seat").c
_states = [constant(state.value) for state in PENDING]
_traits = (_p.birth_name, _p.first_given_name, _p.birth_date, _p.sex)


def _acts(kind: ActKind) -> sa.ColumnElement[bool]:
    return sa.and_(
        _a.establishment == _m.establishment,
        _a.commitment == _m.id,
        _a.act == constant(kind),
        _a.withdrawn_at.is_(None),
    )


def _last(column: sa.ColumnElement[str], kind: ActKind) -> sa.ScalarSelect[str]:
    last = sa.select(column).where(_acts(kind)).order_by(_a.at.desc()).limit(1)
    return last.correlate(tables.commitment).scalar_subquery()


def _with(
    source: sa.FromClause, other: sa.Table | sa.Alias, column: sa.Column[str] | sa.Column[str | None]
) -> sa.FromClause:
    """Joined to the row that a column names, if it is there."""
    of = column.table.c
    return source.outerjoin(other, sa.and_(other.c.establishment == of.establishment, other.c.id == column))


def _joined(source: sa.FromClause, *others: tuple[sa.Table | sa.Alias, sa.Column[str]]) -> sa.FromClause:
    for other, column in others:
        source = _with(source, other, column)
    return source


_attempts = (
    sa.select(sa.func.count(_a.id)).where(_acts(ActKind.TRIED)).correlate(tables.commitment).scalar_subquery()
)
_standing = (
    sa.select(
        _m.id,
        person_of(_m.person),
        *_traits,
        _m.what,
        _m.channel,
        _m.due_at,
        _m.first_due_at,
        _m.state,
        _m.owner,
        sa.func.coalesce(_agent.name, _house.name, _m.owner).label("owner_name"),
        _m.by,
        sa.func.coalesce(_maker.name, _m.by).label("by_name"),
        sa.case((_maker.service != _m.service, _seat.short_name)).label("by_place"),
        _m.taken_by,
        _taker.name.label("taker_name"),
        _house.id.label("house"),
        _m.case_id,
        _m.contact,
        _m.made_at,
        _d.title.label("about"),
        _m.service,
        _attempts.label("attempts"),
        _last(_a.how, ActKind.TRIED).label("last_how"),
        _last(_a.reason, ActKind.POSTPONED).label("reason"),
    )
    .select_from(
        _joined(
            with_person(tables.commitment, _m.person),
            (tables.case, _m.case_id),
            (_agent.id.table, _m.owner),
            (_house.id.table, _m.owner),
            (_taker.id.table, _m.taken_by),
            (_maker.id.table, _m.by),
            (_seat.id.table, _maker.service),
        )
    )
    .where(
        _m.establishment == given("establishment"),
        _m.state.in_(_states),
        IS_NOBODY_OR_SHOWN,
    )
    .order_by(_m.due_at, _m.id)
    .limit(MOST)
)
_PROMISES = Prepared(_standing.where(_m.service.in_(slots())))
_KEPT_BY = Prepared(_standing.where(_m.owner == given("owner")))
_MADE_BY = Prepared(_standing.where(_m.by == given("by")))
_DEMANDS = Prepared(
    sa.select(
        _d.id,
        person_of(_d.person),
        *_traits,
        _d.title,
        _d.motive,
        sa.func.coalesce(_house.short_name, _d.service).label("service_name"),
        _d.opened_at,
    )
    .select_from(
        _joined(
            with_person(tables.case, _d.person),
            (_house.id.table, _d.service),
        )
    )
    .where(
        _d.establishment == given("establishment"),
        _d.service.in_(slots()),
        _d.state == constant("open"),
        IS_SHOWN,
    )
    .order_by(_d.opened_at, _d.id)
    .limit(MOST)
)
_UNTRACED = Prepared(
    sa.select(
        _c.id,
        _c.channel,
        _c.number,
        _c.at,
        _c.answered_at,
        _c.ended_at,
        _c.ending,
        person_of(_c.person),
        *_traits,
    )
    .select_from(with_person(tables.contact, _c.person))
    .where(
        _c.establishment == given("establishment"),
        sa.type_coerce(_c.at, sa.BigInteger) >= given_number("since"),
        _c.service.in_(slots()),
        _c.direction == constant(Direction.INBOUND),
        _c.state == constant("ended"),
        _c.motive == constant(""),
        IS_NOBODY_OR_SHOWN,
    )
    .order_by(_c.at, _c.id)
    .limit(MOST)
)
_DONE = Prepared(
    sa.select(
        _m.id,
        _m.last_act,
        _m.state,
        person_of(_m.person),
        *_traits,
        _m.what,
        _d.title.label("about"),
        _m.channel,
        _m.closed_at,
        sa.func.coalesce(_maker.name, _a.by).label("by_name"),
    )
    .select_from(
        _joined(
            with_person(tables.commitment, _m.person),
            (tables.case, _m.case_id),
            (tables.commitment_act, _m.last_act),
            (_maker.id.table, _a.by),
        )
    )
    .where(
        _m.establishment == given("establishment"),
        _m.service.in_(slots()),
        _m.state.in_([constant(CommitmentState.KEPT), constant(CommitmentState.MISSED)]),
        sa.type_coerce(_m.closed_at, sa.BigInteger) >= given_number("since"),
        IS_NOBODY_OR_SHOWN,
    )
    .order_by(_m.closed_at.desc(), _m.id)
    .limit(MOST)
)
_EXCHANGES = Prepared(
    sa.select(_c.case_id, _c.at, _c.channel, _c.direction, _c.motive, _c.outcome, _c.by)
    .where(
        _c.establishment == given("establishment"),
        _c.case_id.in_(slots()),
        sa.type_coerce(_c.at, sa.BigInteger) >= given_number("since"),
    )
    .order_by(_c.at)
)
STATEMENTS = (_PROMISES, _KEPT_BY, _MADE_BY, _DEMANDS, _UNTRACED, _DONE, _EXCHANGES)
"""For the test that keeps them free of scans."""
