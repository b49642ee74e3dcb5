"""What becomes of a demand, as rows: opened, withdrawn, joined to another, parted from it."""

from collections.abc import Callable
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
            _move(rows, fact, case=fact.case, acts=with_act)
            if fact.joined is not None:
                rows.change(tables.case, {"id": fact.joined}, state=CaseState.JOINED, joined_by=fact.act)
                rows.put(tables.superseded, old=fact.joined, new=fact.case)
        case CaseParted():
            _move(rows, fact, case=fact.joined, acts=before_act)
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


def with_act(acts: str | None, act: str) -> str:
    """The joins that brought a row where it is, oldest first, with one more."""
    known = (acts or "").split()
    return " ".join(known if act in known else [*known, act])


def before_act(acts: str | None, act: str) -> str | None:
    """Those that came before one that was undone: they can still be."""
    known = (acts or "").split()
    return " ".join(known[: known.index(act)] if act in known else known) or None


def _move(
    rows: Rows,
    fact: CaseJoined | CaseParted,
    *,
    case: str | None,
    acts: Callable[[str | None, str], str | None],
) -> None:
    moved = ((tables.contact, fact.contacts), (tables.commitment, fact.commitments))
    for table, name in ((table, name) for table, names in moved for name in names):
        row = rows.get(table, id=name)
        before = None if row is None else row.joined_by
        rows.change(table, {"id": name}, case_id=case, joined_by=acts(before, fact.act))
