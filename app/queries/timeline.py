"""Everything said with one person, on every channel, grouped by demand."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.repeats import find_chase
from app.domain.words import CallState, CaseState, Channel, CommitmentState, Direction
from app.queries.contact_rows import AUTOMATION, CHANNELS, DIRECTIONS, WRITTEN, exchange_of, exchanges
from app.queries.prepared import Prepared, Row, given, given_number, moment, moment_or_none
from app.store import tables


class PromiseMark(msgspec.Struct, frozen=True, kw_only=True):
    """A promise made at a contact, shown under it."""

    what: str
    owner: str
    due_at: datetime
    state: CommitmentState


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One contact."""

    contact: str
    at: datetime
    channel: Channel
    direction: Direction
    by_name: str
    text: str
    duration_s: int | None = None
    is_live: bool = False
    is_unqualified: bool = False
    is_unanswered: bool = False
    is_automatic: bool = False
    acknowledged: str = ""
    motive: str = ""
    ending: str = ""
    promise: PromiseMark | None = None


class TimelineGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One demand with its contacts, newest first; `case` is None for contacts without one."""

    case: str | None
    title: str
    service_name: str
    is_open: bool
    opened_at: datetime | None
    last_at: datetime
    channels: int
    closing: str = ""
    next_step: str = ""
    entries: tuple[TimelineEntry, ...] = ()


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Open demands first, then closed ones, then the rest; `total` counts all contacts."""

    person: str
    total: int
    groups: tuple[TimelineGroup, ...] = ()


def timeline(
    connection: sa.Connection,
    establishment: str,
    person: str,
    *,
    now: datetime,
    limit: int = 50,
    contact: str | None = None,
) -> Timeline:
    """The last `limit` contacts by demand; `contact` is the call under way, shown even if not linked.

    A call that is not qualified yet stands under the demand it repeats, if there is one.
    """
    known = {"establishment": establishment, "person": person}
    rows = _ENTRIES.all(connection, **known, limit=limit)
    total = len(rows) if len(rows) < limit else _count(connection, known)
    cases = {case.id: case for case in _CASES.all(connection, **known)}
    if contact is not None and all(row.id != contact for row in rows):
        live = _ONE.all(connection, establishment=establishment, contact=contact)
        rows, total = live + rows, total + len(live)
    promises = {row.contact: row for row in _PROMISES.all(connection, **known)}
    placed = _by_case(rows, cases, under_way=contact)
    groups = [
        _group(cases.get(case), entries, promises, now) for case, entries in placed.items() if case or entries
    ]
    return Timeline(person=person, total=total, groups=tuple(sorted(groups, key=_rank)))


def _count(connection: sa.Connection, known: dict[str, str]) -> int:
    counted = _TOTAL.first(connection, **known)
    return 0 if counted is None else counted.total


def _by_case(rows: list[Row], cases: dict[str, Row], *, under_way: str | None) -> dict[str, list[Row]]:
    placed: dict[str, list[Row]] = {case: [] for case, row in cases.items() if row.state == CaseState.OPEN}
    for row in rows:
        case = row.case_id or ""
        if not case and not row.motive and (row.id == under_way or _is_live(row)):
            case = _repeated(row, rows, open_cases=tuple(placed))
        placed.setdefault(case if case in cases else "", []).append(row)
    return placed


def _repeated(row: Row, rows: Iterable[Row], *, open_cases: tuple[str, ...]) -> str:
    chase = find_chase(exchange_of(row), exchanges(rows), open_cases=open_cases)
    return "" if chase is None else chase.case


def _group(case: Row | None, rows: list[Row], promises: dict[str, Row], now: datetime) -> TimelineGroup:
    entries = tuple(_entry(row, promises.get(row.id), now) for row in rows)
    channels = len({entry.channel for entry in entries})
    if case is None:
        return TimelineGroup(
            case=None,
            title="",
            service_name="",
            is_open=False,
            opened_at=None,
            last_at=entries[0].at,
            channels=channels,
            entries=entries,
        )
    is_open = case.state == CaseState.OPEN
    return TimelineGroup(
        case=case.id,
        title=case.title,
        service_name=case.short_name or case.service,
        is_open=is_open,
        opened_at=moment_or_none(case.opened_at),
        last_at=moment(max(_last_moments(case, rows))),
        channels=channels,
        closing="" if is_open else case.closing,
        next_step=case.closing if is_open else "",
        entries=entries,
    )


def _last_moments(case: Row, rows: list[Row]) -> list[int]:
    """Opened, closed, last contact: what there is of them, in microseconds."""
    moments: list[int | None] = [case.opened_at, case.closed_at, *(row.at for row in rows[:1])]
    return [at for at in moments if at is not None]


def _rank(group: TimelineGroup) -> tuple[int, float]:
    kind = 0 if group.is_open else 1 if group.case else 2
    return kind, -group.last_at.timestamp()


def _entry(row: Row, promise: Row | None, now: datetime) -> TimelineEntry:
    is_inbound = row.direction == Direction.INBOUND
    is_live = _is_live(row)
    is_written = row.channel in WRITTEN
    return TimelineEntry(
        contact=row.id,
        at=moment(row.at),
        channel=CHANNELS[row.channel],
        direction=DIRECTIONS[row.direction],
        by_name=_by_name(row),
        text=row.note or row.body if not is_written else row.body or row.note,
        duration_s=_talk_s(row.answered_at, row.ended_at),
        is_live=is_live,
        is_unqualified=is_inbound and not row.motive,
        is_unanswered=is_inbound and is_written and not row.outcome,
        is_automatic=row.by == AUTOMATION,
        acknowledged=row.acknowledged,
        motive=row.motive,
        ending=row.ending,
        promise=None if promise is None else _mark(promise, now),
    )


def _talk_s(answered: int | None, ended: int | None) -> int | None:
    return None if answered is None or ended is None else (ended - answered) // 1_000_000


def _is_live(row: Row) -> bool:
    return row.channel == Channel.PHONE and row.state not in ("", CallState.ENDED)


def _by_name(row: Row) -> str:
    """The agent, with his service where it is not the contact's."""
    name: str = row.agent_name or ""
    is_elsewhere = bool(name) and bool(row.agent_service_name) and row.agent_service != row.service
    return f"{name} ({row.agent_service_name.lower()})" if is_elsewhere else name


def _mark(row: Row, now: datetime) -> PromiseMark:
    """A promise still open after its time is shown as not kept."""
    due_at = moment(row.due_at)
    state = CommitmentState(row.state)
    is_late = state in (CommitmentState.OPEN, CommitmentState.POSTPONED) and due_at < now
    return PromiseMark(
        what=row.what,
        owner=row.owner_name or row.owner,
        due_at=due_at,
        state=CommitmentState.MISSED if is_late else state,
    )


_c, _line, _agent, _seat = tables.contact.c, tables.timeline.c, tables.agent.c, tables.service.alias("seat").c
_COLUMNS = (
    _c.id,
    _c.at,
    _c.channel,
    _c.direction,
    _c.service,
    _c.state,
    _c.answered_at,
    _c.ended_at,
    _c.ending,
    _c.motive,
    _c.outcome,
    _c.case_id,
    _c.note,
    _c.body,
    _c.acknowledged,
    _c.by,
    _agent.name.label("agent_name"),
    _agent.service.label("agent_service"),
    _seat.short_name.label("agent_service_name"),
)


def _with_names(source: sa.FromClause) -> sa.FromClause:
    """The agent who sat there or wrote, and the name of that agent's service."""
    acted = sa.func.coalesce(sa.func.nullif(_c.agent, ""), _c.by)
    return source.outerjoin(
        tables.agent, sa.and_(_agent.establishment == _c.establishment, _agent.id == acted)
    ).outerjoin(
        _seat.id.table, sa.and_(_seat.establishment == _agent.establishment, _seat.id == _agent.service)
    )


_ENTRIES = Prepared(
    sa.select(*_COLUMNS)
    .select_from(
        _with_names(
            tables.timeline.join(
                tables.contact, sa.and_(_c.establishment == _line.establishment, _c.id == _line.contact)
            )
        )
    )
    .where(_line.establishment == given("establishment"), _line.person == given("person"))
    .order_by(_line.at.desc(), _line.contact.desc())
    .limit(given_number("limit"))
)
_ONE = Prepared(
    sa.select(*_COLUMNS)
    .select_from(_with_names(tables.contact))
    .where(_c.establishment == given("establishment"), _c.id == given("contact"))
)
_TOTAL = Prepared(
    sa.select(sa.func.count().label("total")).where(
        _line.establishment == given("establishment"), _line.person == given("person")
    )
)
_CASES = Prepared(
    sa.select(
        tables.case.c.id,
        tables.case.c.title,
        tables.case.c.service,
        tables.case.c.state,
        tables.case.c.opened_at,
        tables.case.c.closed_at,
        tables.case.c.closing,
        tables.service.c.short_name,
    )
    .select_from(
        tables.case.outerjoin(
            tables.service,
            sa.and_(
                tables.service.c.establishment == tables.case.c.establishment,
                tables.service.c.id == tables.case.c.service,
            ),
        )
    )
    .where(tables.case.c.establishment == given("establishment"), tables.case.c.person == given("person"))
)
_owner = tables.agent.alias("owner").c
_house = tables.service.alias("house").c
_PROMISES = Prepared(
    sa.select(
        tables.commitment.c.contact,
        tables.commitment.c.what,
        tables.commitment.c.owner,
        tables.commitment.c.due_at,
        tables.commitment.c.state,
        sa.func.coalesce(_owner.name, _house.name).label("owner_name"),
    )
    .select_from(
        tables.commitment.outerjoin(
            _owner.id.table,
            sa.and_(
                _owner.establishment == tables.commitment.c.establishment,
                _owner.id == tables.commitment.c.owner,
            ),
        ).outerjoin(
            _house.id.table,
            sa.and_(
                _house.establishment == tables.commitment.c.establishment,
                _house.id == tables.commitment.c.owner,
            ),
        )
    )
    .where(
        tables.commitment.c.establishment == given("establishment"),
        tables.commitment.c.person == given("person"),
    )
    .order_by(tables.commitment.c.made_at)
)
STATEMENTS = (_ENTRIES, _ONE, _TOTAL, _CASES, _PROMISES)
"""For the test that keeps them free of scans."""
