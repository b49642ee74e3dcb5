"""Two records of one human: signalled by whoever sees it, decided by who answers for it, and taken back.

A merge is a pointer: no row of the past is rewritten, and to take it back is to remove it.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from app.domain.access import is_own_scope
from app.domain.double_commands import (
    MergePersons,
    RejectDouble,
    SettleTriage,
    SignalDouble,
    UnmergePersons,
    WithdrawRejection,
)
from app.domain.double_facts import (
    DoubleRejected,
    DoubleSignalled,
    PersonsMerged,
    PersonsUnmerged,
    RejectionWithdrawn,
    TriageSettled,
)
from app.domain.doubles import DoubleState
from app.domain.errors import Refusal
from app.domain.facts import PersonEntered, PersonLeft
from app.store import tables
from app.store.doubles import COMMITMENT, CONTACT, pair
from app.store.prepared import Prepared, constant, given, given_number
from app.store.unit_of_work import UnitOfWork
from app.usecases.callers import hold_person
from app.usecases.commitments import pairs_of
from app.usecases.heard_elsewhere import tell_of_humans, tell_of_identities


def signal_double(command: SignalDouble, uow: UnitOfWork) -> None:
    """Propose a pair; one that was decided already is not proposed again."""
    one, other = _records(command.person, command.other, uow, field="other")
    if _state(one.id, other.id, uow) == "" and uow.kept(one.id) != uow.kept(other.id):
        uow.record(
            DoubleSignalled(
                person=one.id,
                other_person=other.id,
                by=uow.author,
                signalled_at=uow.now,
                compared_at=uow.now if command.is_compared else None,
            )
        )


def reject_double(command: RejectDouble, uow: UnitOfWork) -> None:
    """Keep apart for good two records that are not one."""
    one, other = _records(command.person, command.other, uow, field="other")
    if uow.kept(one.id) == uow.kept(other.id):
        raise Refusal("persons_merged", "other")
    if _state(one.id, other.id, uow) != DoubleState.REJECTED:
        uow.record(
            DoubleRejected(
                person=one.id,
                other_person=other.id,
                by=uow.author,
                rejected_at=uow.now,
                act=uow.command_id,
            )
        )


def withdraw_rejection(command: WithdrawRejection, uow: UnitOfWork) -> None:
    """Undo that decision, and no other: the two may be proposed, or are signalled, as before."""
    one, other = _records(command.person, command.other, uow, field="other")
    row = uow.find(tables.double, **pair(one.id, other.id))
    if row is None or row.act != command.act:
        raise Refusal("already_changed", "act")
    uow.record(
        RejectionWithdrawn(
            person=one.id,
            other_person=other.id,
            signalled_by=row.signalled_by,
            signalled_at=row.signalled_at,
            by=uow.author,
            withdrawn_at=uow.now,
        )
    )


def merge_persons(command: MergePersons, uow: UnitOfWork) -> None:
    """Point one record to another, and let every desk of either hold both; chains are refused."""
    absorbed, kept = _records(command.person, command.into, uow, field="into")
    if absorbed.same_as == kept.id:
        return
    if absorbed.same_as is not None or len(uow.ids_of(absorbed.id)) > 1:
        raise Refusal("persons_merged", "person")
    if kept.same_as is not None:
        raise Refusal("persons_merged", "into")
    uow.persons.update((absorbed.id, kept.id))
    uow.record(
        PersonsMerged(
            person=absorbed.id,
            into=kept.id,
            by=uow.author,
            merged_at=uow.now,
            compared_at=uow.now if command.is_compared else None,
        )
    )
    every = uow.ids_of(kept.id)
    for service in sorted({service for one in (*every, absorbed.id) for service in _services(one, uow)}):
        for one in (*every, absorbed.id):
            if uow.find(tables.person_scope, person=one, service=service) is None:
                uow.record(PersonEntered(person=one, service=service))
    tell_of_humans((*every, absorbed.id), uow=uow)


def unmerge_persons(command: UnmergePersons, uow: UnitOfWork) -> None:
    """Take the pointer away; what came while it stood is to be sorted, and nothing else is touched."""
    absorbed = uow.find(tables.person, id=command.person)
    if absorbed is None or absorbed.protection:
        raise Refusal("unknown_person", "person")
    if absorbed.same_as is None:
        return
    kept, since = absorbed.same_as, _merged_at(absorbed, uow)
    both = uow.ids_of(kept)
    uow.persons.update(both)
    uow.record(
        PersonsUnmerged(
            person=absorbed.id,
            was=kept,
            contacts=_met_since(both, since, uow),
            commitments=_promised_since(both, since, uow),
            by=uow.author,
            unmerged_at=uow.now,
        )
    )
    others = tuple(one for one in both if one != absorbed.id)
    _part_scopes(absorbed.id, others, uow)
    tell_of_humans((absorbed.id,), others, uow=uow)


def settle_triage(command: SettleTriage, uow: UnitOfWork) -> None:
    """Leave an item where it is, or move it with what was done at it to the other of the two."""
    waiting = uow.find(tables.triage, item=command.item)
    if waiting is None:
        raise Refusal("already_sorted", "item")
    if command.person not in (waiting.person, waiting.was):
        raise Refusal("not_of_these", "person")
    row = uow.find(tables.contact if waiting.kind == CONTACT else tables.commitment, id=command.item)
    before = None if row is None else row.person
    uow.persons.update(filter(None, (command.person, before)))
    moved = before != command.person and row is not None
    uow.record(
        TriageSettled(
            item=command.item,
            person=command.person,
            person_before=before,
            by=uow.author,
            settled_at=uow.now,
            **(_moved(row, waiting.kind, command.person, uow) if moved else {}),
        )
    )
    tell_of_identities(uow)


USE_CASES: dict[type, Callable[[Any, UnitOfWork], None]] = {
    SignalDouble: signal_double,
    RejectDouble: reject_double,
    WithdrawRejection: withdraw_rejection,
    MergePersons: merge_persons,
    UnmergePersons: unmerge_persons,
    SettleTriage: settle_triage,
}
"""What the dispatch runs of doubles."""


def _records(person: str, other: str, uow: UnitOfWork, *, field: str) -> tuple[Any, Any]:
    """Both rows. Raises `Refusal`, which names the field: who is protected is nobody here (rules R5)."""
    if person == other:
        raise Refusal("same_person", field)
    rows = uow.find(tables.person, id=person), uow.find(tables.person, id=other)
    for row, name in zip(rows, ("person", field), strict=True):
        if row is None or row.protection:
            raise Refusal("unknown_person", name)
    return rows


def _state(one: str, other: str, uow: UnitOfWork) -> str:
    row = uow.find(tables.double, **pair(one, other))
    return "" if row is None else row.state


def _merged_at(absorbed: Any, uow: UnitOfWork) -> Any:
    """When the pointer was set; of one that came from elsewhere, nothing was recorded since."""
    row = uow.find(tables.double, **pair(absorbed.id, absorbed.same_as))
    return uow.now if row is None or row.at is None else row.at


def _services(person: str, uow: UnitOfWork) -> list[str]:
    rows = uow.rows_of(_SCOPES, person=person)
    return [row.service for row in rows if not is_own_scope(row.service)]


def _met_since(persons: tuple[str, ...], since: Any, uow: UnitOfWork) -> tuple[str, ...]:
    found = [row for one in persons for row in uow.rows_of(_MET, person=one, since=since)]
    return tuple(row.contact for row in sorted(found, key=lambda row: (row.at, row.contact)))


def _promised_since(persons: tuple[str, ...], since: Any, uow: UnitOfWork) -> tuple[str, ...]:
    return tuple(row.id for one in persons for row in uow.rows_of(_PROMISED, person=one, since=since))


def _part_scopes(absorbed: str, others: tuple[str, ...], uow: UnitOfWork) -> None:
    """A desk goes on holding whom it has business with, of the two (rules R24)."""
    for service in sorted({service for one in (absorbed, *others) for service in _services(one, uow)}):
        for group in ((absorbed,), others):
            if not any(uow.has_business(one, service) for one in group):
                for one in group:
                    uow.record(PersonLeft(person=one, service=service))


def _moved(row: Any, kind: str, person: str, uow: UnitOfWork) -> dict[str, Any]:
    """What goes along with a contact or a promise that moves."""
    if kind == COMMITMENT:
        if row.service:
            uow.concerns(service=row.service)
            uow.enter_scope([person], row.service)
        return {"commitments": (row.id,), "acts": pairs_of([row.id], uow)}
    hold_person(row, person, uow)
    promises = uow.promises_at(row.id)
    case = None if row.case_id is None else uow.find(tables.case, id=row.case_id)
    is_alone = case is not None and not uow.is_joined(case.id, besides=row.id)
    is_theirs = case is not None and uow.kept(case.person) == uow.kept(person)
    return {
        "contact": row.id,
        "commitments": tuple(promises),
        "acts": pairs_of(promises, uow),
        "messages": tuple(uow.messages_at([row.id])),
        "cases": (case.id,) if case is not None and is_alone and not is_theirs else (),
        "is_case_left": case is not None and not is_alone and not is_theirs,
    }


_s, _t, _m = tables.person_scope.c, tables.timeline.c, tables.commitment.c
_c = tables.contact.c
_SCOPES = Prepared(
    sa.select(_s.service).where(_s.establishment == given("establishment"), _s.person == given("person"))
)
_MET = Prepared(
    sa.select(_t.contact, _t.at)
    .join_from(
        tables.timeline,
        tables.contact,
        sa.and_(_c.establishment == _t.establishment, _c.id == _t.contact),
    )
    .where(
        _t.establishment == given("establishment"),
        _t.person == given("person"),
        sa.or_(
            sa.type_coerce(_t.at, sa.BigInteger) >= given_number("since"),
            sa.type_coerce(_c.identified_at, sa.BigInteger) >= given_number("since"),
        ),
    )
)
_PROMISED = Prepared(
    sa.select(_m.id)
    .where(
        _m.establishment == given("establishment"),
        _m.person == given("person"),
        _m.contact == constant(""),
        sa.type_coerce(_m.made_at, sa.BigInteger) >= given_number("since"),
    )
    .order_by(_m.id)
)
STATEMENTS = (_SCOPES, _MET, _PROMISED)
"""For the test that keeps them free of scans."""
