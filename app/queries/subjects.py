"""Whom a command of the outbox is about, and what stands now of a contact that was qualified twice."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.domain.words import Channel, Direction, NumberKind, Outcome
from app.queries.kept_persons import IS_SHOWN, with_person
from app.store import tables
from app.store.lifted import is_shown
from app.store.prepared import Prepared, Row, constant, given, in_slots, slots


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A contact, a person or a promise, with the name that may be seen here."""

    birth_name: str = ""
    first_given_name: str = ""
    number: str = ""
    number_kind: NumberKind = NumberKind.KNOWN_FORMAT
    channel: Channel | None = None
    direction: Direction = Direction.INBOUND


class StandingSave(msgspec.Struct, frozen=True, kw_only=True):
    """How a contact is qualified now, by whom, and the promise that is open with it."""

    log: str | None
    motive: str
    outcome: Outcome | None
    note: str
    by_name: str
    logged_at: datetime | None
    service: str
    case: str | None
    owner_name: str = ""
    due_at: datetime | None = None
    birth_name: str = ""
    first_given_name: str = ""
    birth_date: str = ""
    sex: str = ""


def read_subjects(
    connection: sa.Connection,
    establishment: str,
    *,
    contacts: Collection[str],
    persons: Collection[str],
    commitments: Collection[str],
) -> dict[str, Subject]:
    """What each of these ids is about, for those this desk holds; invisible persons are without a name."""
    asked = ((_CONTACTS, contacts), (_PERSONS, persons), (_COMMITMENTS, commitments))
    return {
        row.id: _subject(row)
        for statement, ids in asked
        for part in in_slots(ids)
        for row in statement.all(connection, establishment=establishment, **part)
    }


def read_standing(connection: sa.Connection, establishment: str, contact: str) -> StandingSave | None:
    """How a contact is qualified now; None when this desk does not hold it."""
    row = _STANDING.first(connection, establishment=establishment, contact=contact)
    if row is None:
        return None
    promise = _PROMISED.first(connection, establishment=establishment, contact=contact)
    return StandingSave(
        log=row.log,
        motive=row.motive,
        outcome=Outcome(row.outcome) if row.outcome else None,
        note=row.note,
        by_name=row.by_name or row.by,
        logged_at=row.logged_at,
        service=row.service,
        case=row.case_id,
        owner_name="" if promise is None else promise.owner_name or promise.owner,
        due_at=None if promise is None else promise.due_at,
        **_traits(row),
    )


def _traits(row: Row) -> Mapping[str, Any]:
    names = ("birth_name", "first_given_name", "birth_date", "sex")
    return {name: getattr(row, name) or "" for name in names}


def _subject(row: Row) -> Subject:
    return Subject(
        birth_name=row.birth_name or "",
        first_given_name=row.first_given_name or "",
        number=row.number,
        number_kind=NumberKind(row.number_kind or NumberKind.KNOWN_FORMAT),
        channel=Channel(row.channel) if row.channel else None,
        direction=Direction(row.direction) if row.direction else Direction.INBOUND,
    )


_c, _p, _m = tables.contact.c, tables.person.c, tables.commitment.c
_maker, _owner = tables.agent.alias("maker"), tables.agent.alias("owner")
_nothing = constant("")
_seen_of_contact = with_person(tables.contact, _c.person, only=IS_SHOWN)
_CONTACTS = Prepared(
    sa.select(_c.id, _c.number, _c.number_kind, _c.channel, _c.direction, _p.birth_name, _p.first_given_name)
    .select_from(_seen_of_contact)
    .where(_c.establishment == given("establishment"), _c.id.in_(slots()))
)
_bare = [_nothing.label(name) for name in ("number", "number_kind", "channel", "direction")]
_PERSONS = Prepared(
    sa.select(_p.id, *_bare, _p.birth_name, _p.first_given_name).where(
        _p.establishment == given("establishment"), _p.id.in_(slots()), is_shown(tables.person)
    )
)
_COMMITMENTS = Prepared(
    sa.select(_m.id, *_bare, _p.birth_name, _p.first_given_name)
    .select_from(with_person(tables.commitment, _m.person, only=IS_SHOWN))
    .where(_m.establishment == given("establishment"), _m.id.in_(slots()))
)
_STANDING = Prepared(
    sa.select(
        _c.log,
        _c.motive,
        _c.outcome,
        _c.note,
        _c.by,
        _c.logged_at,
        _c.service,
        _c.case_id,
        _maker.c.name.label("by_name"),
        _p.birth_name,
        _p.first_given_name,
        _p.birth_date,
        _p.sex,
    )
    .select_from(
        _seen_of_contact.outerjoin(
            _maker, sa.and_(_maker.c.establishment == _c.establishment, _maker.c.id == _c.by)
        )
    )
    .where(_c.establishment == given("establishment"), _c.id == given("contact"))
)
_PROMISED = Prepared(
    sa.select(_m.owner, _m.due_at, _owner.c.name.label("owner_name"))
    .select_from(
        tables.commitment.outerjoin(
            _owner, sa.and_(_owner.c.establishment == _m.establishment, _owner.c.id == _m.owner)
        )
    )
    .where(
        _m.establishment == given("establishment"),
        _m.contact == given("contact"),
        _m.state.in_([constant(state) for state in sorted(PENDING)]),
    )
    .order_by(_m.due_at)
)
STATEMENTS = (_CONTACTS, _PERSONS, _COMMITMENTS, _STANDING, _PROMISED)
"""For the test that keeps them free of scans."""
