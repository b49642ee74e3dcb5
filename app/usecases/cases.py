"""Joining what is about the same thing in one demand, whatever the channel, and undoing it."""

from typing import Any

import sqlalchemy as sa

from app.domain.commands import JoinCase, PartCase
from app.domain.errors import Refusal
from app.domain.facts import CaseJoined, CaseParted
from app.domain.words import CaseState
from app.store import tables
from app.store.prepared import Prepared, constant, given
from app.store.unit_of_work import UnitOfWork


def join_case(command: JoinCase, uow: UnitOfWork) -> None:
    """Say that contacts, or a whole demand, are about a demand that exists (design 7)."""
    case = _open_case(command.case, "case", uow)
    joined = None if command.joined is None else _open_case(command.joined, "joined", uow)
    if case is None or (joined is None and command.joined is not None):
        return
    if joined is not None and joined.id == case.id:
        raise Refusal("same_case", "joined")
    if joined is not None and uow.kept(joined.person) != uow.kept(case.person):
        raise Refusal("case_of_another", "joined")
    before = None if joined is None else joined.id
    contacts = _contacts(command, uow, before=before, person=case.person)
    if not contacts and joined is None:
        return
    uow.concerns(service=case.service)
    if joined is not None:
        uow.concerns(service=joined.service)
    uow.record(
        CaseJoined(
            case=case.id,
            person=case.person,
            act=uow.command_id,
            joined=before,
            contacts=contacts,
            commitments=_promises(contacts, uow, before=before, person=case.person),
            by=uow.author,
            joined_at=uow.now,
        )
    )


def part_case(command: PartCase, uow: UnitOfWork) -> None:
    """Undo one join: what it moved has its former demand again, also when that demand was joined since.

    What was logged anew since stays where it was put.
    """
    case = uow.find(tables.case, id=uow.resolve(command.case))
    if case is None:
        if uow.is_authority:
            raise Refusal("unknown_case", "case")
        return
    ids = uow.ids_of(case.person)
    among = f"% {command.act} %"
    contacts = uow.rows_of(_MOVED_CONTACTS, case=case.id, among=among)
    promises = [
        row
        for person in ids
        for row in uow.rows_of(_MOVED_PROMISES, person=person, case=case.id, among=among)
    ]
    ended = [row for person in ids for row in uow.rows_of(_ENDED, person=person, act=command.act)]
    if not contacts and not ended:
        raise Refusal("already_changed", "act")
    uow.concerns(service=case.service)
    uow.record(
        CaseParted(
            case=case.id,
            person=case.person,
            act=command.act,
            joined=ended[0].id if ended else None,
            contacts=_seen(contacts, tables.contact, uow),
            commitments=_seen(promises, tables.commitment, uow),
            by=uow.author,
            parted_at=uow.now,
        )
    )


def _open_case(name: str, field: str, uow: UnitOfWork) -> Any | None:
    """The demand an id stands for, open; on a desk that lacks it the server decides."""
    row = uow.find(tables.case, id=uow.resolve(name))
    if row is None and uow.is_authority:
        raise Refusal("unknown_case", field)
    if row is not None and row.state != CaseState.OPEN:
        raise Refusal("case_closed", field)
    return row


def _contacts(command: JoinCase, uow: UnitOfWork, *, before: str | None, person: str) -> tuple[str, ...]:
    """Those named and all of the demand that ends: each this person’s, and where it was said to be."""
    named = [uow.find(tables.contact, id=contact) for contact in dict.fromkeys(command.contacts)]
    if uow.is_authority and None in named:
        raise Refusal("unknown_contact", "contacts")
    for row in filter(None, named):
        if row.person is None or uow.kept(row.person) != uow.kept(person):
            raise Refusal("case_of_another", "contacts")
        if row.case_id != before:
            raise Refusal("already_changed", "contacts")
    if before is None and uow.is_authority and not named:
        raise Refusal("nothing_to_join", "contacts")
    others = [] if before is None else uow.rows_of(_CONTACTS_IN, case=before)
    ids = [row.id for row in filter(None, named)]
    return tuple(dict.fromkeys((*ids, *_seen(others, tables.contact, uow))))


def _promises(
    contacts: tuple[str, ...], uow: UnitOfWork, *, before: str | None, person: str
) -> tuple[str, ...]:
    """The promises of what is joined: those of the demand that ends, else those made at the contacts."""
    if before is None:
        made = [uow.find(tables.commitment, id=one) for each in contacts for one in uow.promises_at(each)]
        return tuple(row.id for row in made if row is not None and row.case_id is None)
    of_case = [
        row for each in uow.ids_of(person) for row in uow.rows_of(_PROMISES_IN, person=each, case=before)
    ]
    return _seen(of_case, tables.commitment, uow)


def _seen(rows: list[Any], table: sa.Table, uow: UnitOfWork) -> tuple[str, ...]:
    """Their ids, each read by its own: what was done from them can then be done again (sync rule 4)."""
    return tuple(row.id for row in rows if uow.find(table, id=row.id) is not None)


def _among(acts: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether a join is one of those that brought the row where it is."""
    return (constant(" ") + acts + constant(" ")).like(given("among"))


_contact, _promise, _case = tables.contact.c, tables.commitment.c, tables.case.c
_CONTACTS_IN = Prepared(
    sa.select(_contact.id)
    .where(_contact.establishment == given("establishment"), _contact.case_id == given("case"))
    .order_by(_contact.at, _contact.id)
)
_MOVED_CONTACTS = Prepared(
    sa.select(_contact.id)
    .where(
        _contact.establishment == given("establishment"),
        _contact.case_id == given("case"),
        _among(_contact.joined_by),
    )
    .order_by(_contact.at, _contact.id)
)
_PROMISES_IN = Prepared(
    sa.select(_promise.id)
    .where(
        _promise.establishment == given("establishment"),
        _promise.person == given("person"),
        _promise.case_id == given("case"),
    )
    .order_by(_promise.id)
)
_MOVED_PROMISES = Prepared(
    sa.select(_promise.id)
    .where(
        _promise.establishment == given("establishment"),
        _promise.person == given("person"),
        _promise.case_id == given("case"),
        _among(_promise.joined_by),
    )
    .order_by(_promise.id)
)
_ENDED = Prepared(
    sa.select(_case.id).where(
        _case.establishment == given("establishment"),
        _case.person == given("person"),
        _case.joined_by == given("act"),
    )
)
STATEMENTS = (_CONTACTS_IN, _MOVED_CONTACTS, _PROMISES_IN, _MOVED_PROMISES, _ENDED)
"""For the test that keeps them free of scans."""
