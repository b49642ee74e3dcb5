"""Forgetting what is past its time (rules R22): asked of one thing, and decided under the lock."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import takewhile

import sqlalchemy as sa

from app.domain.commands import BreakGlass, ErasePerson, OpenPerson
from app.domain.erasure_facts import CallForgotten, ReadsForgotten
from app.domain.errors import Refusal
from app.domain.facts import READ_ERASURES
from app.domain.retention import Kept, rule_of
from app.domain.rights_commands import ExportPerson, ForgetCall, ForgetReads, ReviewRetention
from app.domain.words import ErasureGround, IdentityStatus
from app.store import journal, tables
from app.store.prepared import Prepared, Row, given, given_number
from app.store.unit_of_work import UnitOfWork
from app.usecases.identity import erase_person

READS_AT_ONCE = 500
"""Reads forgotten by one command: an entry of the journal names each body that it deletes."""
ENTRIES_AT_ONCE = 5_000
_READS = tuple(kind.__name__ for kind in (OpenPerson, BreakGlass, ExportPerson))


def forget_call(command: ForgetCall, uow: UnitOfWork) -> None:
    """Erase the number of a contact of nobody, or all of it once its second term is over."""
    row = uow.find(tables.contact, id=command.contact)
    if row is None:
        raise Refusal("unknown_contact", "contact")
    if row.person is not None or row.at is None or row.at > rule_of(Kept.NUMBERS).limit(uow.now):
        return
    is_whole = row.at <= rule_of(Kept.CALLS).limit(uow.now)
    promises = uow.promises_at(row.id) if is_whole else []
    uow.record(
        CallForgotten(
            contact=row.id,
            is_whole=is_whole,
            commitments=tuple(promises),
            messages=tuple(uow.messages_at([row.id])) if is_whole else (),
            line_acts=tuple(uow.line_acts_at([row.id])),
            bodies=tuple(uow.bodies_about([row.id, *promises])),
            forgotten_at=uow.now,
        )
    )


def review_retention(command: ReviewRetention, uow: UnitOfWork) -> None:
    """Forget a person under every id, when the last exchange of all of them is past its time."""
    person = uow.kept(command.person)
    row = uow.find(tables.person, id=person)
    if row is None:
        raise Refusal("unknown_person", "person")
    ids = uow.ids_of(person)
    lasts = [last_business(found) for each in ids for found in uow.rows_of(OF_ONE, person=each)]
    if is_past(lasts, row.identity_status, uow.now):
        erase_person(ErasePerson(person=person, ground=ErasureGround.RETENTION), uow)


def is_past(lasts: Sequence[datetime | None], identity_status: str, now: datetime) -> bool:
    """Whether a human of these last exchanges is past their time; who has none is not ours to forget."""
    known = [last for last in lasts if last is not None]
    kept = Kept.PROVISIONAL if identity_status == IdentityStatus.PROVISIONAL else Kept.PERSONS
    return bool(known) and max(known) <= rule_of(kept).limit(now)


def last_business(row: Row) -> datetime | None:
    """The last exchange or appointment, or when a provisional person was written down."""
    moments = [moment for moment in (row.last_contact, row.last_visit) if moment is not None]
    if moments or row.identity_status != IdentityStatus.PROVISIONAL or not row.since:
        return max(moments, default=None)
    return datetime.fromisoformat(row.since).replace(tzinfo=UTC)


def forget_reads(_command: ForgetReads, uow: UnitOfWork) -> None:
    """Forget the first reads that are past their time, with what the journal's own bodies say of reads.

    Where the commands of that time came from goes with them.
    """
    limit = rule_of(Kept.READS).limit(uow.now)
    reads = uow.rows_of(FIRST_READS, most=READS_AT_ONCE)
    old = list(takewhile(lambda row: row.at <= limit, reads))
    before = _last_forgotten(uow)
    entries = uow.rows_of(_ENTRIES, after=before.seen if before else 0, most=ENTRIES_AT_ONCE)
    past = list(takewhile(lambda row: row.at <= limit, entries))
    bodies = [
        body
        for row in past
        if row.command_kind in _READS
        for body in uow.rows_of(_BODIES, position=row.position)
    ]
    glasses = tuple(row.id for row in uow.rows_of(_OLD_GLASSES, before=limit, most=READS_AT_ONCE))
    if not (old or glasses or past):
        return
    uow.record(
        ReadsForgotten(
            last=old[-1].position if old else before.last if before else 0,
            hash=old[-1].hash if old else before.hash if before else "",
            seen=past[-1].position if past else before.seen if before else 0,
            glasses=glasses,
            bodies=journal.bodies_at(bodies),
            forgotten_at=uow.now,
        )
    )


def _last_forgotten(uow: UnitOfWork) -> ReadsForgotten | None:
    return read_forgotten(uow.rows_of(_DECLARED, subject=READ_ERASURES))


def last_forgotten(connection: sa.Connection, establishment: str) -> ReadsForgotten | None:
    """The last declaration of forgotten reads."""
    return read_forgotten(_DECLARED.all(connection, establishment=establishment, subject=READ_ERASURES))


def read_forgotten(rows: Sequence[Row]) -> ReadsForgotten | None:
    """The declaration that these bodies hold, if any."""
    facts, _ = journal.decode_facts([bytes(row.body) for row in rows])
    return next((fact for fact in facts if isinstance(fact, ReadsForgotten)), None)


_p, _t, _a, _n = tables.person.c, tables.timeline.c, tables.appointment.c, tables.person_number.c


def _greatest(column: sa.ColumnElement[datetime], of: sa.FromClause) -> sa.ScalarSelect[datetime]:
    is_of = sa.and_(of.c.establishment == _p.establishment, of.c.person == _p.id)
    return (
        sa.select(sa.func.max(column, type_=column.type))
        .where(is_of)
        .correlate(tables.person)
        .scalar_subquery()
    )


_LASTS = (
    _p.id,
    _p.identity_status,
    _greatest(_t.at, tables.timeline).label("last_contact"),
    _greatest(_a.at, tables.appointment).label("last_visit"),
    _greatest(_n.since, tables.person_number).label("since"),
)
OF_ONE = Prepared(
    sa.select(*_LASTS).where(_p.establishment == given("establishment"), _p.id == given("person"))
)
PERSONS = Prepared(
    sa.select(*_LASTS)
    .where(_p.establishment == given("establishment"), _p.id > given("after"), _p.same_as.is_(None))
    .order_by(_p.id)
    .limit(given_number("most"))
)
MERGED = Prepared(
    sa.select(*_LASTS).where(_p.establishment == given("establishment"), _p.same_as == given("person"))
)
_c, _l, _j, _b, _g = (
    tables.contact.c,
    tables.access_log.c,
    tables.journal.c,
    tables.journal_body.c,
    tables.glass.c,
)
CALLS = Prepared(
    sa.select(_c.id, _c.at, _c.number, _c.number_raw)
    .where(
        _c.establishment == given("establishment"),
        sa.type_coerce(_c.at, sa.BigInteger) >= given_number("after"),
        sa.or_(sa.type_coerce(_c.at, sa.BigInteger) > given_number("after"), _c.id > given("after_id")),
        sa.type_coerce(_c.at, sa.BigInteger) <= given_number("before"),
        _c.person.is_(None),
    )
    .order_by(_c.at, _c.id)
    .limit(given_number("most"))
)
FIRST_READS = Prepared(
    sa.select(_l.position, _l.at, _l.hash)
    .where(_l.establishment == given("establishment"))
    .order_by(_l.position)
    .limit(given_number("most"))
)
_ENTRIES = Prepared(
    sa.select(_j.position, _j.at, _j.command_kind)
    .where(_j.establishment == given("establishment"), _j.position > given_number("after"))
    .order_by(_j.position)
    .limit(given_number("most"))
)
_BODIES = Prepared(
    sa.select(_b.position, _b.ordinal, _b.salt, _b.body).where(
        _b.establishment == given("establishment"), _b.position == given_number("position")
    )
)
_DECLARED = Prepared(
    sa.select(_b.body)
    .where(
        _b.establishment == given("establishment"),
        _b.subject == given("subject"),
    )
    .order_by(_b.position.desc())
    .limit(1)
)
_OLD_GLASSES = Prepared(
    sa.select(_g.id)
    .where(
        _g.establishment == given("establishment"),
        sa.type_coerce(_g.broken_at, sa.BigInteger) <= given_number("before"),
    )
    .limit(given_number("most"))
)
STATEMENTS = (OF_ONE, PERSONS, MERGED, CALLS, FIRST_READS, _ENTRIES, _BODIES, _DECLARED, _OLD_GLASSES)
"""For the test that keeps them free of scans."""
