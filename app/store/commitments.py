"""What becomes of a promise, as rows: the promise itself, and what was done about it."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from app.domain.facts import (
    CommitmentAssigned,
    CommitmentGivenUp,
    CommitmentKept,
    CommitmentPostponed,
    CommitmentReleased,
    CommitmentReopened,
    CommitmentTaken,
    CommitmentTried,
)
from app.domain.words import ActKind, CommitmentState
from app.store import tables
from app.store.rows import Rows


def follow_commitment(
    rows: Rows,
    fact: CommitmentKept
    | CommitmentTried
    | CommitmentPostponed
    | CommitmentGivenUp
    | CommitmentReopened
    | CommitmentTaken
    | CommitmentReleased
    | CommitmentAssigned,
) -> None:
    """Set the rows of one step in the life of a promise; what is done about it frees it."""
    match fact:
        case CommitmentKept():
            _close(rows, fact, CommitmentState.KEPT, fact.kept_at)
            _act(rows, fact, ActKind.KEPT, fact.kept_at, how=fact.how)
        case CommitmentTried():
            _change(rows, fact.commitment, last_act=fact.act, **_FREE)
            _act(rows, fact, ActKind.TRIED, fact.tried_at, how=fact.how)
        case CommitmentPostponed():
            _postpone(rows, fact)
        case CommitmentGivenUp():
            _close(rows, fact, CommitmentState.MISSED, fact.given_up_at)
            _act(rows, fact, ActKind.GIVEN_UP, fact.given_up_at)
        case CommitmentReopened():
            _reopen(rows, fact)
        case CommitmentTaken():
            _change(rows, fact.commitment, taken_by=fact.by, taken_at=fact.taken_at)
        case CommitmentReleased():
            _change(rows, fact.commitment, **_FREE)
        case CommitmentAssigned():
            _change(rows, fact.commitment, owner=fact.owner, service=fact.service, **_FREE)
        case _:
            assert_never(fact)


def give_promises(
    rows: Rows, commitments: Iterable[str], acts: Iterable[tuple[str, str]], *, person: str | None
) -> None:
    """Promises, and what was done about them, are of this person now, or of nobody known."""
    for commitment in commitments:
        _change(rows, commitment, person=person)
    for act, commitment in acts:
        rows.change(tables.commitment_act, {"id": act, "commitment": commitment}, person=person)


_FREE: dict[str, object] = {"taken_by": "", "taken_at": None}


def _change(rows: Rows, commitment: str, **values: object) -> None:
    rows.change(tables.commitment, {"id": commitment}, **values)


def _close(
    rows: Rows, fact: CommitmentKept | CommitmentGivenUp, state: CommitmentState, closed_at: datetime
) -> None:
    _change(rows, fact.commitment, state=state, closed_at=closed_at, last_act=fact.act, **_FREE)


def _postpone(rows: Rows, fact: CommitmentPostponed) -> None:
    _change(
        rows,
        fact.commitment,
        state=CommitmentState.POSTPONED,
        due_at=fact.due_at,
        last_act=fact.act,
        **_FREE,
    )
    _act(
        rows,
        fact,
        ActKind.POSTPONED,
        fact.postponed_at,
        reason=fact.reason,
        due_before=fact.due_before,
    )


def _reopen(rows: Rows, fact: CommitmentReopened) -> None:
    _change(
        rows,
        fact.commitment,
        state=fact.state,
        due_at=fact.due_at,
        closed_at=None,
        last_act="",
        **_FREE,
    )
    done = {"id": fact.act, "commitment": fact.commitment}
    rows.change(tables.commitment_act, done, withdrawn_at=fact.reopened_at)


def _act(
    rows: Rows,
    fact: CommitmentKept | CommitmentTried | CommitmentPostponed | CommitmentGivenUp,
    kind: ActKind,
    at: datetime,
    **values: object,
) -> None:
    rows.put(
        tables.commitment_act,
        id=fact.act,
        commitment=fact.commitment,
        person=fact.person,
        act=kind,
        by=fact.by,
        at=at,
        **values,
    )
