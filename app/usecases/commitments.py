"""Following a promise to its end: made, taken, tried, kept, postponed, given up, and undone."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from app.domain.commands import (
    AssignCommitment,
    Commit,
    GiveUpCommitment,
    KeepCommitment,
    PostponeCommitment,
    Promise,
    ReleaseCommitment,
    ReopenCommitment,
    TakeCommitment,
)
from app.domain.commitments import PENDING, is_reached, may_give_up, standing
from app.domain.errors import Refusal
from app.domain.facts import (
    CommitmentAssigned,
    CommitmentGivenUp,
    CommitmentKept,
    CommitmentMade,
    CommitmentPostponed,
    CommitmentReleased,
    CommitmentReopened,
    CommitmentTaken,
    CommitmentTried,
    Superseded,
)
from app.domain.ids import Id
from app.domain.words import Reach
from app.store import tables
from app.store.prepared import Prepared, given
from app.store.unit_of_work import UnitOfWork


def commit(command: Commit, uow: UnitOfWork) -> None:
    """Promise something outside any save; promised twice for one demand, it is one promise."""
    if uow.find(tables.commitment, id=command.promise.commitment) is not None:
        return
    if uow.is_authority:
        _check(command, uow)
    case = None if command.case is None else uow.resolve(command.case)
    uow.concerns(service=command.service)
    promise(
        command.promise,
        uow,
        person=command.person,
        contact=command.contact or "",
        case=case,
        service=command.service,
    )


def promise(
    made: Promise, uow: UnitOfWork, *, person: str | None, contact: str, case: str | None, service: str
) -> None:
    """Record a promise, or that the same one already stands: one call back for one demand (B4)."""
    same = uow.open_commitment_of(person, case=case, channel=made.channel)
    if same is not None and same.id != made.commitment:
        uow.record(Superseded(old=made.commitment, new=same.id))
        return
    _hold(uow, person, service=service, owner=made.owner, by=uow.author)
    uow.record(
        CommitmentMade(
            commitment=made.commitment,
            person=person,
            contact=contact,
            case=case,
            what=made.what,
            channel=made.channel,
            owner=made.owner,
            by=uow.author,
            due_at=made.due_at,
            made_at=uow.now,
            log=uow.command_id,
            service=service,
        )
    )


def keep_commitment(command: KeepCommitment, uow: UnitOfWork) -> None:
    """Keep a promise, or record an attempt when nobody was reached."""
    row = _standing(command.commitment, uow)
    if row is not None:
        keep(row, uow, how=command.how, contact=command.contact)


def keep(row: Any, uow: UnitOfWork, *, how: Reach, contact: str | None) -> None:
    """The same, of a promise that was found."""
    if is_reached(how):
        uow.record(
            CommitmentKept(
                commitment=row.id,
                person=row.person,
                act=uow.command_id,
                how=how,
                contact=contact,
                by=uow.author,
                kept_at=uow.now,
            )
        )
        return
    uow.record(
        CommitmentTried(
            commitment=row.id,
            person=row.person,
            act=uow.command_id,
            how=how,
            by=uow.author,
            tried_at=uow.now,
        )
    )


def postpone_commitment(command: PostponeCommitment, uow: UnitOfWork) -> None:
    """Give another due time, with a reason; not while somebody else is keeping it."""
    if not command.reason.strip():
        raise Refusal("reason_required", "reason")
    if command.due_at <= uow.now:
        raise Refusal("due_in_the_past", "due_at")
    row = _standing(command.commitment, uow)
    if row is None:
        return
    _check_free(row, uow)
    uow.record(
        CommitmentPostponed(
            commitment=row.id,
            person=row.person,
            act=uow.command_id,
            due_at=command.due_at,
            due_before=row.due_at,
            reason=command.reason.strip(),
            by=uow.author,
            postponed_at=uow.now,
        )
    )


def give_up_commitment(command: GiveUpCommitment, uow: UnitOfWork) -> None:
    """Close a promise as « Injoignable », once it was tried often enough."""
    row = _standing(command.commitment, uow)
    if row is None:
        return
    if uow.is_authority and not may_give_up(uow.attempts_of(row.id), zone=uow.place.clock):
        raise Refusal("too_few_attempts", "commitment")
    uow.record(
        CommitmentGivenUp(
            commitment=row.id, person=row.person, act=uow.command_id, by=uow.author, given_up_at=uow.now
        )
    )


def reopen_commitment(command: ReopenCommitment, uow: UnitOfWork) -> None:
    """Undo the last thing done about a promise, unless something was done since."""
    row = _row(command.commitment, uow)
    if row is None:
        return
    if row.last_act != command.act:
        raise Refusal("promise_changed", "act")
    reopen(row, command.act, uow)


def reopen(row: Any, act: Id, uow: UnitOfWork) -> None:
    """Record that a promise stands again as it did before its last act."""
    hold_promise(row, row.person, uow)
    done = uow.find(tables.commitment_act, id=act, commitment=row.id)
    due_at = row.due_at if done is None or done.due_before is None else done.due_before
    uow.record(
        CommitmentReopened(
            commitment=row.id,
            person=row.person,
            act=act,
            state=standing(due_at, first_due_at=row.first_due_at),
            due_at=due_at,
            by=uow.author,
            reopened_at=uow.now,
        )
    )


def take_commitment(command: TakeCommitment, uow: UnitOfWork) -> None:
    """Lock a promise for who is about to keep it; taken twice by the same, it is taken once."""
    row = _standing(command.commitment, uow)
    if row is None or row.taken_by == uow.author:
        return
    _check_free(row, uow)
    uow.record(CommitmentTaken(commitment=row.id, person=row.person, by=uow.author, taken_at=uow.now))


def release_commitment(command: ReleaseCommitment, uow: UnitOfWork) -> None:
    """Let go of a promise; nobody lets go of what another holds."""
    row = _standing(command.commitment, uow)
    if row is None or not row.taken_by:
        return
    _check_free(row, uow)
    uow.record(CommitmentReleased(commitment=row.id, person=row.person))


def assign_commitment(command: AssignCommitment, uow: UnitOfWork) -> None:
    """Hand a promise over to an agent or a service of the house."""
    row = _standing(command.commitment, uow)
    if row is None:
        return
    _check_free(row, uow)
    agent = uow.find(tables.agent, id=command.owner)
    service = command.owner if agent is None else agent.service
    has_left = agent is not None and agent.left_at is not None
    if has_left or (agent is None and uow.find(tables.service, id=command.owner) is None):
        raise Refusal("unknown_owner", "owner")
    _hold(uow, row.person, service=service, owner=command.owner, by=row.by)
    uow.record(
        CommitmentAssigned(
            commitment=row.id,
            person=row.person,
            owner=command.owner,
            service=service,
            by=uow.author,
            assigned_at=uow.now,
        )
    )


def _check(command: Commit, uow: UnitOfWork) -> None:
    if uow.find(tables.service, id=command.service) is None:
        raise Refusal("unknown_service", "service")
    if command.person is not None and uow.find(tables.person, id=command.person) is None:
        raise Refusal("unknown_person", "person")
    if command.promise.due_at <= uow.now:
        raise Refusal("due_in_the_past", "promise.due_at")


def _row(commitment: Id, uow: UnitOfWork) -> Any | None:
    """The promise an id stands for; on a desk that lacks it the server decides."""
    row = uow.find(tables.commitment, id=uow.resolve(commitment))
    if row is None and uow.is_authority:
        raise Refusal("unknown_commitment", "commitment")
    if row is not None:
        for service in counting_on(row, uow):
            uow.concerns(service=service)
    return row


def hold_promise(row: Any, person: str | None, uow: UnitOfWork) -> None:
    """Whoever counts on a promise holds the person whose it becomes."""
    _hold(uow, person, service=row.service, owner=row.owner, by=row.by)


def counting_on(row: Any, uow: UnitOfWork) -> list[str]:
    """The services that hold whom a promise was made to."""
    return _counting_on(uow, service=row.service, owner=row.owner, by=row.by)


def acts_of(promises: Iterable[str], uow: UnitOfWork) -> list[Any]:
    """What was done about promises: `id`, `commitment`, `at`, `withdrawn_at`."""
    return [row for one in promises for row in uow.rows_of(_ACTS, commitment=one)]


def pairs_of(promises: Iterable[str], uow: UnitOfWork) -> tuple[tuple[str, str], ...]:
    """The same, as facts name it: the act, then its promise."""
    return tuple((row.id, row.commitment) for row in acts_of(promises, uow))


def _hold(uow: UnitOfWork, person: str | None, *, service: str, owner: str, by: str) -> None:
    """Whoever counts on a promise holds whom it was made to, wherever the promise goes."""
    for each in _counting_on(uow, service=service, owner=owner, by=by):
        uow.concerns(service=each)
        uow.enter_scope(filter(None, [person]), each)


def _counting_on(uow: UnitOfWork, *, service: str, owner: str, by: str) -> list[str]:
    """The services of a promise: its own, its owner's and its maker's."""
    of_owner = owner if uow.find(tables.service, id=owner) is not None else uow.service_of(owner)
    return sorted({service, of_owner, uow.service_of(by)} - {""})


def _standing(commitment: Id, uow: UnitOfWork) -> Any | None:
    row = _row(commitment, uow)
    if row is not None and row.state not in PENDING:
        raise Refusal("promise_closed", "commitment")
    return row


def _check_free(row: Any, uow: UnitOfWork) -> None:
    if row.taken_by not in ("", uow.author):
        raise Refusal("taken_by_other", "commitment")


_a = tables.commitment_act.c
_ACTS = Prepared(
    sa.select(_a.id, _a.commitment, _a.at, _a.withdrawn_at).where(
        _a.establishment == given("establishment"), _a.commitment == given("commitment")
    )
)
STATEMENTS = (_ACTS,)
"""For the test that keeps them free of scans."""
