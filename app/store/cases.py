"""What becomes of a demand, as rows: opened, withdrawn, joined to another, parted from it."""

from typing import assert_never

from app.domain.facts import CaseJoined, CaseOpened, CaseParted, CaseWithdrawn
from app.domain.words import CaseState
from app.store import tables
from app.store.rows import Rows


def follow_case(rows: Rows, fact: CaseOpened | CaseWithdrawn | CaseJoined | CaseParted) -> None:
    """Set the rows of one step in the life of a demand."""
    match fact:
        case CaseOpened():
            _open(rows, fact)
        case CaseWithdrawn():
            rows.remove(tables.case, id=fact.case)
        case CaseJoined():
            _move(rows, fact, case=fact.case, joined_by=fact.act)
            if fact.joined is not None:
                rows.change(tables.case, {"id": fact.joined}, state=CaseState.JOINED, joined_by=fact.act)
                rows.put(tables.superseded, old=fact.joined, new=fact.case)
        case CaseParted():
            _move(rows, fact, case=fact.joined, joined_by=None)
            if fact.joined is not None:
                rows.change(tables.case, {"id": fact.joined}, state=CaseState.OPEN, joined_by=None)
                rows.remove(tables.superseded, old=fact.joined)
        case _:
            assert_never(fact)


def _open(rows: Rows, fact: CaseOpened) -> None:
    rows.put(
        tables.case,
        id=fact.case,
        person=fact.person,
        title=fact.title,
        service=fact.service,
        motive=fact.motive,
        state=CaseState.OPEN,
        opened_at=fact.opened_at,
        log=fact.log,
    )


def _move(rows: Rows, fact: CaseJoined | CaseParted, *, case: str | None, joined_by: str | None) -> None:
    for contact in fact.contacts:
        rows.change(tables.contact, {"id": contact}, case_id=case, joined_by=joined_by)
    for commitment in fact.commitments:
        rows.change(tables.commitment, {"id": commitment}, case_id=case, joined_by=joined_by)
