"""Two records of one human as rows: the pointer on both ends, the decisions and what waits on the server."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias, assert_never

import sqlalchemy as sa

from app.domain.double_facts import (
    DoubleRejected,
    DoubleSignalled,
    PersonsMerged,
    PersonsUnmerged,
    RejectionWithdrawn,
    TriageSettled,
)
from app.domain.doubles import DoubleState
from app.domain.facts import AnyFact, PersonErased
from app.store import tables
from app.store.commitments import give_promises
from app.store.identities import move_on_timeline
from app.store.prepared import Prepared, given
from app.store.rows import Rows

DoubleFact: TypeAlias = (
    DoubleSignalled | DoubleRejected | RejectionWithdrawn | PersonsMerged | PersonsUnmerged | TriageSettled
)
CONTACT, COMMITMENT = "contact", "commitment"


def pair(one: str, other: str) -> dict[str, str]:
    """The key of two records' one row."""
    return {"person": min(one, other), "other": max(one, other)}


def follow_double(rows: Rows, fact: DoubleFact) -> None:
    """Set what a console has of it too: the pointer, and whose things are."""
    match fact:
        case DoubleSignalled() | DoubleRejected() | RejectionWithdrawn():
            """Decisions are the server's."""
        case PersonsMerged():
            rows.change(tables.person, {"id": fact.person}, same_as=fact.into)
        case PersonsUnmerged():
            rows.change(tables.person, {"id": fact.person}, same_as=None)
        case TriageSettled():
            _settled(rows, fact)
        case _:
            assert_never(fact)


def _settled(rows: Rows, fact: TriageSettled) -> None:
    known = None if fact.contact is None else rows.get(tables.contact, id=fact.contact)
    if known is not None:
        move_on_timeline(rows, known, person=fact.person)
        left = {"case_id": None, "joined_by": None} if fact.is_case_left else {}
        rows.change(tables.contact, {"id": known.id}, person=fact.person, proofs="", verified_at=None, **left)
    give_promises(rows, fact.commitments, fact.acts, person=fact.person)
    for message in fact.messages:
        rows.change(tables.call_back_note, {"id": message}, person=fact.person)
    for case in fact.cases:
        rows.change(tables.case, {"id": case}, person=fact.person)


def keep_doubles(rows: Rows, connection: sa.Connection, establishment: str, facts: Iterable[AnyFact]) -> None:
    """Write what the server alone keeps of these facts."""
    for fact in facts:
        match fact:
            case DoubleSignalled():
                _signal(rows, fact, by=fact.by, at=fact.signalled_at)
                _compare(rows, pair(fact.person, fact.other_person), fact.compared_at)
            case DoubleRejected():
                both = (fact.person, fact.other_person)
                _decide(rows, *both, DoubleState.REJECTED, fact.by, fact.rejected_at, act=fact.act)
            case RejectionWithdrawn():
                _forget_rejection(rows, fact)
            case PersonsMerged():
                _decide(rows, fact.person, fact.into, DoubleState.MERGED, fact.by, fact.merged_at)
                _compare(rows, pair(fact.person, fact.into), fact.compared_at)
            case PersonsUnmerged():
                _decide(rows, fact.person, fact.was, DoubleState.REJECTED, fact.by, fact.unmerged_at)
                _await(rows, fact)
            case TriageSettled():
                rows.remove(tables.triage, item=fact.item)
            case PersonErased():
                for statement in _FORGET:
                    statement.run(connection, {"establishment": establishment, "person": fact.person})
            case _:
                continue


def _decide(
    rows: Rows, one: str, other: str, state: DoubleState, by: str, at: object, *, act: str = ""
) -> None:
    rows.put(tables.double, **pair(one, other), state=state, by=by, at=at, act=act)


def _signal(rows: Rows, fact: DoubleSignalled | RejectionWithdrawn, *, by: str, at: object) -> None:
    _decide(rows, fact.person, fact.other_person, DoubleState.SIGNALLED, by, at)
    rows.change(tables.double, pair(fact.person, fact.other_person), signalled_by=by, signalled_at=at)


def _compare(rows: Rows, both: dict[str, str], at: datetime | None) -> None:
    """What was said to be compared stays so, whatever is decided after."""
    if at is not None:
        rows.change(tables.double, both, compared_at=at)


def _forget_rejection(rows: Rows, fact: RejectionWithdrawn) -> None:
    """The two are as they were before: signalled by somebody, or nothing at all."""
    if fact.signalled_at is None:
        rows.remove(tables.double, **pair(fact.person, fact.other_person))
    else:
        _signal(rows, fact, by=fact.signalled_by, at=fact.signalled_at)


def _await(rows: Rows, fact: PersonsUnmerged) -> None:
    items = [*((each, CONTACT) for each in fact.contacts), *((each, COMMITMENT) for each in fact.commitments)]
    for item, kind in items:
        rows.put(
            tables.triage, item=item, kind=kind, person=fact.person, was=fact.was, parted_at=fact.unmerged_at
        )


def _of_person(table: sa.Table, column: str) -> Prepared:
    return Prepared(
        sa.delete(table).where(
            table.c.establishment == given("establishment"), table.c[column] == given("person")
        )
    )


_FORGET = (
    _of_person(tables.double, "person"),
    _of_person(tables.double, "other"),
    _of_person(tables.triage, "person"),
    _of_person(tables.triage, "was"),
)
STATEMENTS = _FORGET
"""For the test that keeps them free of scans."""
