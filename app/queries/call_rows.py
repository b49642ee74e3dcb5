"""The call at an extension, its own row, its person's last contacts, the hidden calls of the day."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.domain.talk import LONGEST_CALL
from app.domain.words import CallState, NumberKind
from app.queries.contact_rows import newness
from app.store import tables
from app.store.opening import read_midnight
from app.store.prepared import Prepared, Row, constant, given, given_number

_RECENT_CONTACTS = 20
IN_HAND = (CallState.DIALLING, CallState.IN_CALL, CallState.HELD)
"""At one extension and no other; a call that rings may ring at several."""

_LONGEST_MEMORY = timedelta(days=7)
_CONTACTS_LOOKED_AT = 500


def read_call(connection: sa.Connection, establishment: str, contact: str) -> Row | None:
    """The contact with the names of its queue and service."""
    return _CALL.first(connection, establishment=establishment, contact=contact)


def recent_contacts(connection: sa.Connection, establishment: str, ids: list[str]) -> list[Row]:
    """The last contacts of one human, newest first: enough for the glance and for repeats."""
    rows = [
        row
        for each in ids
        for row in _RECENT.all(connection, establishment=establishment, person=each, limit=_RECENT_CONTACTS)
    ]
    return sorted(rows, key=newness, reverse=True)[:_RECENT_CONTACTS] if len(ids) > 1 else rows


def current_call(
    connection: sa.Connection, establishment: str, extension: str, *, now: datetime
) -> str | None:
    """The newest call that rings or is in hand at an extension: its contact's id.

    It is sought among the last contacts, so that an idle extension costs little.
    """
    row = _CURRENT.first(
        connection,
        establishment=establishment,
        extension=extension,
        among=f"% {extension} %",
        since=now - LONGEST_CALL,
        looked_at=_CONTACTS_LOOKED_AT,
        limit=1,
    )
    return None if row is None else row.id


def is_only_told(connection: sa.Connection, establishment: str, extension: str, *, now: datetime) -> bool:
    """Whether the last call at an extension is of an exchange that tells its calls and obeys nobody."""
    row = _LAST_AT.first(
        connection,
        establishment=establishment,
        extension=extension,
        since=now - _LONGEST_MEMORY,
        looked_at=_CONTACTS_LOOKED_AT,
        limit=1,
    )
    return row is not None and bool(row.told_by) and not row.line


def hidden_calls_since_midnight(
    connection: sa.Connection, establishment: str, contact: str, *, now: datetime
) -> int:
    """How many other calls with a hidden number came today, by the establishment's clock."""
    midnight = read_midnight(connection, establishment, now)
    row = _HIDDEN.first(connection, establishment=establishment, contact=contact, since=midnight, until=now)
    return 0 if row is None else row.total


_c, _line = tables.contact.c, tables.timeline.c
_at = sa.type_coerce(_c.at, sa.BigInteger)
_giver = tables.agent.alias("giver")
_CALL = Prepared(
    sa.select(
        _c.id,
        _c.person,
        _c.channel,
        _c.direction,
        _c.service,
        _c.queue,
        _c.number,
        _c.number_kind,
        _c.candidates,
        _c.state,
        _c.extension,
        _c.ringing,
        _c.agent,
        _c.at,
        _c.rang_at,
        _c.answered_at,
        _c.taken_at,
        _c.hold_changed_at,
        _c.ended_at,
        _c.ending,
        _c.transferred_from,
        _c.transferred_by,
        _c.transferred_to,
        _c.transferred_at,
        _c.transfer_note,
        _c.overflowed_from,
        _c.voicemail_at,
        _c.line,
        _c.motive,
        _c.outcome,
        _c.note,
        _c.log,
        _c.case_id,
        _c.caller_kind,
        _c.proofs,
        _c.verified_at,
        _c.by,
        tables.queue.c.name.label("queue_name"),
        tables.service.c.name.label("service_name"),
        tables.agent.c.name.label("agent_name"),
        _giver.c.name.label("transferred_by_name"),
    )
    .select_from(
        tables.contact.outerjoin(
            tables.queue,
            sa.and_(tables.queue.c.establishment == _c.establishment, tables.queue.c.id == _c.queue),
        )
        .outerjoin(
            tables.service,
            sa.and_(tables.service.c.establishment == _c.establishment, tables.service.c.id == _c.service),
        )
        .outerjoin(
            tables.agent,
            sa.and_(tables.agent.c.establishment == _c.establishment, tables.agent.c.id == _c.agent),
        )
        .outerjoin(
            _giver, sa.and_(_giver.c.establishment == _c.establishment, _giver.c.id == _c.transferred_by)
        )
    )
    .where(_c.establishment == given("establishment"), _c.id == given("contact"))
)
_RECENT = Prepared(
    sa.select(
        _c.id,
        _c.at,
        _c.channel,
        _c.direction,
        _c.case_id,
        _c.motive,
        _c.outcome,
        _c.note,
        _c.body,
        _c.by,
    )
    .select_from(
        tables.timeline.join(
            tables.contact, sa.and_(_c.establishment == _line.establishment, _c.id == _line.contact)
        )
    )
    .where(_line.establishment == given("establishment"), _line.person == given("person"))
    .order_by(_line.at.desc(), _line.contact.desc())
    .limit(given_number("limit"))
)
_last = (
    sa.select(_c.id, _c.extension, _c.ringing, _c.state, _c.line, _c.told_by, _at.label("at"))
    .where(_c.establishment == given("establishment"), _at >= given_number("since"))
    .order_by(_c.at.desc())
    .limit(given_number("looked_at"))
    .subquery()
)
_CURRENT = Prepared(
    sa.select(_last.c.id)
    .where(
        sa.or_(
            sa.and_(
                _last.c.extension == given("extension"),
                _last.c.state.in_([constant(state) for state in IN_HAND]),
            ),
            sa.and_(
                _last.c.state == constant(CallState.RINGING),
                (constant(" ") + _last.c.ringing + constant(" ")).like(given("among")),
            ),
        ),
    )
    .order_by(_last.c.at.desc())
    .limit(given_number("limit"))
)
_LAST_AT = Prepared(
    sa.select(_last.c.line, _last.c.told_by)
    .where(
        _last.c.extension == given("extension"),
        sa.or_(_last.c.line != constant(""), _last.c.told_by != constant("")),
    )
    .order_by(_last.c.at.desc())
    .limit(given_number("limit"))
)
_HIDDEN = Prepared(
    sa.select(sa.func.count().label("total")).where(
        _c.establishment == given("establishment"),
        _c.number == constant(""),
        _c.number_kind == constant(NumberKind.HIDDEN),
        _at >= given_number("since"),
        _at <= given_number("until"),
        _c.id != given("contact"),
    )
)
STATEMENTS = (_CALL, _RECENT, _CURRENT, _LAST_AT, _HIDDEN)
"""For the test that keeps them free of scans."""
