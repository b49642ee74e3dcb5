"""What is to be done: promises that stand, demands to follow and contacts to qualify, in one reading each.

A task is no table: it is what these questions find, for the services of a desk.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.domain.words import ActKind, Channel, CommitmentState, Direction
from app.store import tables
from app.store.prepared import SLOTS, Prepared, Row, constant, given, given_number, in_slots, slots

UNTRACED_FOR = timedelta(days=7)
"""How long a contact without a motive is listed to be qualified."""
MOST = 200


class PromiseTask(msgspec.Struct, frozen=True, kw_only=True):
    """One promise that stands; `attempts` counts what was tried in vain, `last_how` how the last was.

    `owner` and `taken_by` are logins or service ids, `owner_name` what is shown.
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
    taken_by: str
    case: str
    service: str
    attempts: int = 0
    last_how: str = ""


class DemandTask(msgspec.Struct, frozen=True, kw_only=True):
    """One demand that is open."""

    case: str
    person: str
    title: str
    motive: str
    opened_at: datetime


class UntracedTask(msgspec.Struct, frozen=True, kw_only=True):
    """One incoming contact that is over and has no motive."""

    contact: str
    channel: Channel
    number: str
    at: datetime


class TaskBoard(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, each list in the order of work; at most `MOST` of each."""

    promises: tuple[PromiseTask, ...] = ()
    demands: tuple[DemandTask, ...] = ()
    untraced: tuple[UntracedTask, ...] = ()
    done_today: int = 0

    def overdue(self, now: datetime) -> int:
        """How many promises are late."""
        return sum(task.due_at < now for task in self.promises)


def read_tasks(
    connection: sa.Connection,
    establishment: str,
    *,
    services: Collection[str],
    now: datetime,
    since_midnight: datetime,
) -> TaskBoard:
    """What these services have to do, soonest due first, without invisible persons (rules R5).

    ValueError beyond eight services.
    """
    (part, *more) = in_slots(services) if services else ({},)
    if more:
        raise ValueError(f"more than {SLOTS} services")
    if not part:
        return TaskBoard()
    known = {"establishment": establishment, **part}
    return TaskBoard(
        promises=tuple(_promise(row) for row in _PROMISES.all(connection, **known)),
        demands=tuple(_demand(row) for row in _DEMANDS.all(connection, **known)),
        untraced=tuple(
            _untraced(row) for row in _UNTRACED.all(connection, **known, since=now - UNTRACED_FOR)
        ),
        done_today=_DONE.all(connection, **known, since=since_midnight)[0].done,
    )


def _promise(row: Row) -> PromiseTask:
    return PromiseTask(
        commitment=row.id,
        person=row.person or "",
        birth_name=row.birth_name or "",
        first_given_name=row.first_given_name or "",
        birth_date=row.birth_date or "",
        sex=row.sex or "",
        what=row.what,
        channel=Channel(row.channel),
        due_at=row.due_at,
        first_due_at=row.first_due_at,
        owner=row.owner,
        owner_name=row.owner_name,
        taken_by=row.taken_by,
        case=row.case_id or "",
        service=row.service,
        attempts=row.attempts,
        last_how=row.last_how or "",
    )


def _demand(row: Row) -> DemandTask:
    return DemandTask(
        case=row.id, person=row.person, title=row.title, motive=row.motive, opened_at=row.opened_at
    )


def _untraced(row: Row) -> UntracedTask:
    return UntracedTask(contact=row.id, channel=Channel(row.channel), number=row.number, at=row.at)


_m, _p, _c, _d = tables.commitment.c, tables.person.c, tables.contact.c, tables.case.c
_a = tables.commitment_act.c
_agent, _house = tables.agent.alias("owner").c, tables.service.alias("house").c
_states = [constant(state.value) for state in PENDING]
_tried = sa.and_(
    _a.establishment == _m.establishment,
    _a.commitment == _m.id,
    _a.act == constant(ActKind.TRIED),
    _a.withdrawn_at.is_(None),
)
_attempts = sa.select(sa.func.count(_a.id)).where(_tried).correlate(tables.commitment).scalar_subquery()
_last_how = (
    sa.select(_a.how)
    .where(_tried)
    .order_by(_a.at.desc())
    .limit(1)
    .correlate(tables.commitment)
    .scalar_subquery()
)

_PROMISES = Prepared(
    sa.select(
        _m.id,
        _m.person,
        _p.birth_name,
        _p.first_given_name,
        _p.birth_date,
        _p.sex,
        _m.what,
        _m.channel,
        _m.due_at,
        _m.first_due_at,
        _m.owner,
        sa.func.coalesce(_agent.name, _house.name, _m.owner).label("owner_name"),
        _m.taken_by,
        _m.case_id,
        _m.service,
        _attempts.label("attempts"),
        _last_how.label("last_how"),
    )
    .select_from(
        tables.commitment.outerjoin(
            tables.person, sa.and_(_p.establishment == _m.establishment, _p.id == _m.person)
        )
        .outerjoin(_agent.id.table, sa.and_(_agent.establishment == _m.establishment, _agent.id == _m.owner))
        .outerjoin(_house.id.table, sa.and_(_house.establishment == _m.establishment, _house.id == _m.owner))
    )
    .where(
        _m.establishment == given("establishment"),
        _m.service.in_(slots()),
        _m.state.in_(_states),
        sa.func.coalesce(_p.protection, constant("")) == constant(""),
    )
    .order_by(_m.due_at, _m.id)
    .limit(MOST)
)
_DEMANDS = Prepared(
    sa.select(_d.id, _d.person, _d.title, _d.motive, _d.opened_at)
    .join_from(tables.case, tables.person, sa.and_(_p.establishment == _d.establishment, _p.id == _d.person))
    .where(
        _d.establishment == given("establishment"),
        _d.service.in_(slots()),
        _d.state == constant("open"),
        _p.protection == constant(""),
    )
    .order_by(_d.opened_at, _d.id)
    .limit(MOST)
)
_UNTRACED = Prepared(
    sa.select(_c.id, _c.channel, _c.number, _c.at)
    .where(
        _c.establishment == given("establishment"),
        sa.type_coerce(_c.at, sa.BigInteger) >= given_number("since"),
        _c.service.in_(slots()),
        _c.direction == constant(Direction.INBOUND),
        _c.state == constant("ended"),
        _c.motive == constant(""),
    )
    .order_by(_c.at, _c.id)
    .limit(MOST)
)
_DONE = Prepared(
    sa.select(sa.func.count(_m.id).label("done")).where(
        _m.establishment == given("establishment"),
        _m.service.in_(slots()),
        _m.state == constant(CommitmentState.KEPT),
        sa.type_coerce(_m.closed_at, sa.BigInteger) >= given_number("since"),
    )
)
STATEMENTS = (_PROMISES, _DEMANDS, _UNTRACED, _DONE)
"""For the test that keeps them free of scans."""
