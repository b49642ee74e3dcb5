"""What is needed to call about one task: the number, when to call, what came since, and the last contacts."""

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.queries.person_rows import persons_at, read_persons
from app.queries.timeline import Timeline, TimelineEntry, timeline
from app.store import tables
from app.store.prepared import Prepared, constant, given

LAST = 3
"""How many contacts of the demand are shown."""


class TaskDetail(msgspec.Struct, frozen=True, kw_only=True):
    """`number` is E.164 or empty, `sharing` how many persons use it; `news` came since the promise."""

    number: str = ""
    sharing: int = 0
    preferred_hours: str = ""
    demand: str = ""
    opened_at: datetime | None = None
    said_at: datetime | None = None
    news: TimelineEntry | None = None
    last: tuple[TimelineEntry, ...] = ()


def task_detail(
    connection: sa.Connection,
    establishment: str,
    *,
    person: str,
    case: str = "",
    contact: str = "",
    since: datetime | None = None,
    now: datetime,
) -> TaskDetail:
    """What stands beside a task; `since` is when it was promised, at `contact`."""
    said = _CONTACT.first(connection, establishment=establishment, contact=contact) if contact else None
    found = read_persons(connection, establishment, [person], now=now) if person else []
    if not found:
        return TaskDetail(number="" if said is None else said.number, said_at=said.at if said else None)
    history = timeline(connection, establishment, found[0].id, now=now)
    group = next((one for one in history.groups if one.case == case), None) if case else None
    number = said.number if said is not None else ""
    number = number or _number_of(connection, establishment, person)
    return TaskDetail(
        number=number,
        sharing=len(
            read_persons(connection, establishment, persons_at(connection, establishment, number), now=now)
        ),
        preferred_hours=found[0].preferred_hours,
        demand=group.title if group else "",
        opened_at=group.opened_at if group else None,
        said_at=said.at if said else None,
        news=_news(history, contact, since),
        last=group.entries[:LAST] if group else _entries(history)[:LAST],
    )


def _number_of(connection: sa.Connection, establishment: str, person: str) -> str:
    row = _NUMBER.first(connection, establishment=establishment, person=person)
    return "" if row is None else row.number


def _entries(history: Timeline) -> tuple[TimelineEntry, ...]:
    found = (entry for group in history.groups for entry in group.entries)
    return tuple(sorted(found, key=lambda entry: entry.at, reverse=True))


def _news(history: Timeline, contact: str, since: datetime | None) -> TimelineEntry | None:
    """The newest contact since the promise was made, the one it was made at left out."""
    if since is None:
        return None
    later = (entry for entry in _entries(history) if entry.at > since and entry.contact != contact)
    return next(later, None)


_c, _n = tables.contact.c, tables.person_number.c
_CONTACT = Prepared(
    sa.select(_c.number, _c.at).where(_c.establishment == given("establishment"), _c.id == given("contact"))
)
_NUMBER = Prepared(
    sa.select(_n.number)
    .where(_n.establishment == given("establishment"), _n.person == given("person"), _n.until == constant(""))
    .order_by(sa.case((_n.role == constant("mobile"), 0), else_=1), _n.since.desc(), _n.number)
    .limit(1)
)
STATEMENTS = (_CONTACT, _NUMBER)
"""For the test that keeps them free of scans."""
