"""Everything said with one person, on every channel, grouped by demand."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from app.domain.repeats import find_chase
from app.domain.words import CallState, CaseState, Channel, CommitmentState, Direction
from app.queries.contact_rows import (
    AUTOMATION,
    CHANNELS,
    DIRECTIONS,
    WRITTEN,
    exchange_of,
    exchanges,
    newness,
)
from app.queries.person_rows import PENDING, SAME
from app.store import tables
from app.store.prepared import Prepared, Row, constant, given, given_number

CASE, PROMISE = "case", "promise"


class PromiseMark(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A promise made at a contact, shown under it."""

    what: str
    owner: str
    due_at: datetime
    state: CommitmentState


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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


class TimelineGroup(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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


class Timeline(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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
    rows, total, cases, promises = _record(connection, establishment, person, limit)
    if contact is not None and all(row.id != contact for row in rows):
        live = _ONE.all(connection, establishment=establishment, contact=contact)
        rows, total = live + rows, total + len(live)
    placed = _by_case(rows, cases, under_way=contact)
    groups = [
        _group(cases.get(case), entries, promises, now) for case, entries in placed.items() if case or entries
    ]
    return Timeline(person=person, total=total, groups=tuple(sorted(groups, key=_rank)))


class _Record(NamedTuple):
    """Contacts, newest first, and how many there are; demands by their id; promises by contact."""

    rows: list[Row]
    total: int
    cases: dict[str, Row]
    promises: dict[str, Row]


def _record(connection: sa.Connection, establishment: str, person: str, limit: int) -> _Record:
    """What stands under each id of one human: those merged into this person are read too."""
    rows, cases, promises = list[Row](), dict[str, Row](), dict[str, Row]()
    total, ids = 0, [person]
    for each in ids:
        known = {"establishment": establishment, "person": each}
        found = _ENTRIES.all(connection, **known, limit=limit)
        total += len(found) if len(found) < limit else _count(connection, known)
        rows += found
        for row in _MATTERS.all(connection, **known):
            if row.kind == CASE:
                cases[row.id] = row
            elif row.kind == SAME:
                ids.extend({row.id}.difference(ids))
            elif row.id not in promises or promises[row.id].since <= row.since:
                promises[row.id] = row
    if len(ids) > 1:
        rows = sorted(rows, key=newness, reverse=True)[:limit]
    return _Record(rows, total, cases, promises)


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
    entries = tuple([_entry(row, promises.get(row.id), now) for row in rows])
    channels = len({row.channel for row in rows})
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
        title=case.what,
        service_name=case.owner,
        is_open=is_open,
        opened_at=case.since,
        last_at=max(filter(None, (case.since, case.until, rows[0].at if rows else None))),
        channels=channels,
        closing="" if is_open else case.closing,
        next_step=case.closing if is_open else "",
        entries=entries,
    )


def _rank(group: TimelineGroup) -> tuple[int, float]:
    kind = 0 if group.is_open else 1 if group.case else 2
    return kind, -group.last_at.timestamp()


def _entry(row: Row, promise: Row | None, now: datetime) -> TimelineEntry:
    channel, direction = CHANNELS[row.channel], DIRECTIONS[row.direction]
    is_inbound, is_written = direction is Direction.INBOUND, channel in WRITTEN
    return TimelineEntry(
        contact=row.id,
        at=row.at,
        channel=channel,
        direction=direction,
        by_name=f"{row.agent_name} ({row.elsewhere.lower()})" if row.elsewhere else row.agent_name or "",
        text=(row.body or row.note) if is_written else (row.note or row.body),
        duration_s=row.duration_s,
        is_live=_is_live(row),
        is_unqualified=is_inbound and not row.motive,
        is_unanswered=is_inbound and is_written and not row.outcome,
        is_automatic=row.by == AUTOMATION,
        acknowledged=row.acknowledged,
        motive=row.motive,
        ending=row.ending,
        promise=None if promise is None else _mark(promise, now),
    )


def _is_live(row: Row) -> bool:
    return row.state not in _OVER and row.channel == Channel.PHONE


def _mark(row: Row, now: datetime) -> PromiseMark:
    """A promise still open after its time is shown as not kept."""
    state = CommitmentState(row.state)
    is_late = state in PENDING and row.until < now
    return PromiseMark(
        what=row.what,
        owner=row.owner,
        due_at=row.until,
        state=CommitmentState.MISSED if is_late else state,
    )


_OVER = ("", CallState.ENDED.value)
_c, _line, _agent, _seat = tables.contact.c, tables.timeline.c, tables.agent.c, tables.service.alias("seat").c
_talk = sa.type_coerce(_c.ended_at, sa.BigInteger) - sa.type_coerce(_c.answered_at, sa.BigInteger)
_COLUMNS = (
    _c.channel,
    _c.direction,
    _c.state,
    (_talk // sa.literal_column("1000000", sa.BigInteger)).label("duration_s"),
    _c.ending,
    _c.motive,
    _c.outcome,
    _c.case_id,
    _c.note,
    _c.body,
    _c.acknowledged,
    _c.by,
    _agent.name.label("agent_name"),
    _seat.short_name.label("elsewhere"),
)


def _with_names(source: sa.FromClause) -> sa.FromClause:
    """The agent who sat there or wrote, with the name of the seat's service where it is not the contact's."""
    acted = sa.func.coalesce(sa.func.nullif(_c.agent, constant("")), _c.by)
    return source.outerjoin(
        tables.agent, sa.and_(_agent.establishment == _c.establishment, _agent.id == acted)
    ).outerjoin(
        _seat.id.table,
        sa.and_(
            _seat.establishment == _agent.establishment,
            _seat.id == _agent.service,
            _agent.service != _c.service,
        ),
    )


_ENTRIES = Prepared(
    sa.select(_line.contact.label("id"), _line.at, *_COLUMNS)
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
    sa.select(_c.id, _c.at, *_COLUMNS)
    .select_from(_with_names(tables.contact))
    .where(_c.establishment == given("establishment"), _c.id == given("contact"))
)
_TOTAL = Prepared(
    sa.select(sa.func.count().label("total")).where(
        _line.establishment == given("establishment"), _line.person == given("person")
    )
)
_case, _promise = tables.case.c, tables.commitment.c
_owner, _house = tables.agent.alias("owner").c, tables.service.alias("house").c
_cases = (
    sa.select(
        constant(CASE).label("kind"),
        _case.id.label("id"),
        _case.title.label("what"),
        sa.func.coalesce(_house.short_name, _case.service).label("owner"),
        _case.state.label("state"),
        _case.opened_at.label("since"),
        _case.closed_at.label("until"),
        _case.closing.label("closing"),
    )
    .select_from(
        tables.case.outerjoin(
            _house.id.table,
            sa.and_(_house.establishment == _case.establishment, _house.id == _case.service),
        )
    )
    .where(_case.establishment == given("establishment"), _case.person == given("person"))
)
_promises = (
    sa.select(
        constant(PROMISE),
        _promise.contact,
        _promise.what,
        sa.func.coalesce(_owner.name, _house.name, _promise.owner),
        _promise.state,
        _promise.made_at,
        _promise.due_at,
        constant(""),
    )
    .select_from(
        tables.commitment.outerjoin(
            _owner.id.table,
            sa.and_(_owner.establishment == _promise.establishment, _owner.id == _promise.owner),
        ).outerjoin(
            _house.id.table,
            sa.and_(_house.establishment == _promise.establishment, _house.id == _promise.owner),
        )
    )
    .where(_promise.establishment == given("establishment"), _promise.person == given("person"))
)
_same = sa.select(
    constant(SAME),
    tables.person.c.id,
    *([constant("")] * 3),
    *([sa.cast(sa.null(), sa.BigInteger)] * 2),
    constant(""),
).where(tables.person.c.establishment == given("establishment"), tables.person.c.same_as == given("person"))
_MATTERS = Prepared(sa.union_all(_cases, _promises, _same))
STATEMENTS = (_ENTRIES, _ONE, _TOTAL, _MATTERS)
"""For the test that keeps them free of scans."""
