"""What is open with one person, in one reading: demands, promises, appointments, preferences."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.queries.person_rows import SAME
from app.store import tables
from app.store.prepared import Prepared, Row, constant, given, given_number

CASE, PROMISE, VISIT, CHOICE, TOTAL = "case", "promise", "visit", "choice", "total"

Matter = Row


class Matters(NamedTuple):
    """What is open under every id of one human; `found` by kind, the soonest first."""

    ids: list[str]
    found: dict[str, list[Matter]]

    @property
    def contacts_total(self) -> int:
        """How many contacts there are."""
        return sum(row.at for row in self.found[TOTAL])


def read_matters(connection: sa.Connection, establishment: str, person: str, *, now: datetime) -> Matters:
    """Rows with `id`, `title`, `detail`, `owner`, `at`, `since`, those moments in microseconds.

    Who was merged into this person is read too.
    """
    ids, rows = [person], list[Matter]()
    for each in ids:
        rows += _MATTERS.all(connection, establishment=establishment, person=each, now=now)
        ids.extend({row.id for row in rows if row.kind == SAME}.difference(ids))
    found: dict[str, list[Matter]] = {kind: [] for kind in (CASE, PROMISE, VISIT, CHOICE, TOTAL, SAME)}
    for row in sorted(rows, key=_at):
        found[row.kind].append(row)
    return Matters(ids, found)


def _at(row: Matter) -> int:
    at: int = row.at
    return at


def _matter(
    kind: str,
    *,
    id: sa.ColumnElement[Any],  # noqa: A002 - the column's name
    title: sa.ColumnElement[Any],
    detail: sa.ColumnElement[Any],
    owner: sa.ColumnElement[Any],
    at: sa.ColumnElement[Any],
    since: sa.ColumnElement[Any],
) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        constant(kind).label("kind"),
        id.label("id"),
        title.label("title"),
        detail.label("detail"),
        owner.label("owner"),
        sa.type_coerce(at, sa.BigInteger).label("at"),
        sa.type_coerce(since, sa.BigInteger).label("since"),
    )


_none = sa.literal_column("0", sa.BigInteger)
_case, _promise, _visit = tables.case.c, tables.commitment.c, tables.appointment.c
_choice, _line, _p = tables.preference.c, tables.timeline.c, tables.person.c
_service = tables.service.c
_agent, _house = tables.agent.alias("owner").c, tables.service.alias("house").c

_cases = (
    _matter(
        CASE,
        id=_case.id,
        title=_case.title,
        detail=_case.motive,
        owner=sa.func.coalesce(_service.short_name, _case.service),
        at=_case.opened_at,
        since=_case.opened_at,
    )
    .select_from(
        tables.case.outerjoin(
            tables.service,
            sa.and_(_service.establishment == _case.establishment, _service.id == _case.service),
        )
    )
    .where(
        _case.establishment == given("establishment"),
        _case.person == given("person"),
        _case.state == constant("open"),
    )
)
_promises = (
    _matter(
        PROMISE,
        id=_promise.id,
        title=_promise.what,
        detail=_promise.channel,
        owner=sa.func.coalesce(_agent.name, _house.name, _promise.owner),
        at=_promise.due_at,
        since=_promise.made_at,
    )
    .select_from(
        tables.commitment.outerjoin(
            _agent.id.table,
            sa.and_(_agent.establishment == _promise.establishment, _agent.id == _promise.owner),
        ).outerjoin(
            _house.id.table,
            sa.and_(_house.establishment == _promise.establishment, _house.id == _promise.owner),
        )
    )
    .where(
        _promise.establishment == given("establishment"),
        _promise.person == given("person"),
        _promise.state.in_([constant(state.value) for state in PENDING]),
    )
)
_visits = _matter(
    VISIT,
    id=_visit.id,
    title=_visit.title,
    detail=_visit.clinician,
    owner=_visit.place,
    at=_visit.at,
    since=_visit.at,
).where(
    _visit.establishment == given("establishment"),
    _visit.person == given("person"),
    sa.type_coerce(_visit.at, sa.BigInteger) >= given_number("now"),
    _visit.state == constant("planned"),
)
_choices = _matter(
    CHOICE,
    id=_choice.channel,
    title=_choice.choice,
    detail=_choice.purpose,
    owner=_choice.person,
    at=sa.func.coalesce(_choice.said_at, _none),
    since=_none,
).where(
    _choice.establishment == given("establishment"),
    _choice.person == given("person"),
    _choice.withdrawn_at.is_(None),
)
_total = _matter(
    TOTAL,
    id=constant(""),
    title=constant(""),
    detail=constant(""),
    owner=constant(""),
    at=sa.func.count(_line.contact),
    since=_none,
).where(_line.establishment == given("establishment"), _line.person == given("person"))

_same = _matter(
    SAME,
    id=_p.id,
    title=constant(""),
    detail=constant(""),
    owner=constant(""),
    at=_none,
    since=_none,
).where(_p.establishment == given("establishment"), _p.same_as == given("person"))

_MATTERS = Prepared(sa.union_all(_cases, _promises, _visits, _choices, _total, _same))
STATEMENTS = (_MATTERS,)
"""For the test that keeps them free of scans."""
