"""Qualifying a contact, and undoing it."""

from typing import Any

from msgspec import UNSET

from app.domain.commands import LogMotive, WithdrawMotive
from app.domain.commitments import PENDING
from app.domain.errors import CHANGED_MEANWHILE, Refusal
from app.domain.facts import (
    CaseOpened,
    CaseWithdrawn,
    CommitmentCancelled,
    MotiveLogged,
    MotiveWithdrawn,
    PostCallEnded,
    SaveSetAside,
    Superseded,
)
from app.domain.ids import Id
from app.domain.motives import Flag, shipped_catalogue
from app.domain.post_call import post_call
from app.domain.words import CallerKind, Reach
from app.store import tables
from app.store.columns import MICROSECOND
from app.store.unit_of_work import UnitOfWork
from app.usecases.callers import known_contact
from app.usecases.commitments import keep, promise, reopen
from app.usecases.heard_elsewhere import tell_of_words
from app.usecases.numbers import follow_speaker, follow_undone


def log_motive(command: LogMotive, uow: UnitOfWork) -> None:
    """Qualify a contact: motive, outcome, service, demand and promise in one save."""
    _check_motive(command)
    contact = known_contact(command.contact, uow)
    if uow.is_authority and uow.find(tables.service, id=command.service) is None:
        raise Refusal("unknown_service", "service")
    if contact is not None and _is_overtaken(command, contact, uow):
        uow.concerns(contact, service=command.service)
        uow.record(_set_aside(command, uow))
        uow.leave_out(Refusal(CHANGED_MEANWHILE, "over"))
        return
    person = None if contact is None else contact.person
    case = _case_for(command, uow, person)
    uow.concerns(contact, service=command.service)
    uow.enter_scope(filter(None, [person]), command.service)
    uow.record(_logged(command, uow, case, contact))
    tell_of_words(contact, uow, motive=command.motive, outcome=command.outcome, service=command.service)
    follow_speaker(contact, command.caller_kind, uow)
    _finish_call(contact, uow)
    if command.commitment is not None:
        promise(
            command.commitment,
            uow,
            person=person,
            contact=command.contact,
            case=case,
            service=command.service,
        )
    _keep_promises(command, uow, person)


def withdraw_motive(command: WithdrawMotive, uow: UnitOfWork) -> None:
    """Undo one save: the contact is to be qualified, the promise and demand made by it are gone.

    A demand that another contact has joined since stays open.
    """
    contact = known_contact(command.contact, uow)
    if contact is not None and contact.log != command.log:
        raise Refusal("already_changed", "log")
    before = _before(contact)
    back = before.get("service") or ""
    uow.concerns(contact, service=back)
    uow.enter_scope(filter(None, [None if contact is None else contact.person]), back)
    uow.record(
        MotiveWithdrawn(
            contact=command.contact,
            log=command.log,
            **before,
            by=uow.author,
            withdrawn_at=uow.now,
            is_post_call_resumed=_was_finished_by_save(contact, uow),
        )
    )
    tell_of_words(contact, uow, **({"service": back} if "service" in before else {}))
    follow_undone(contact, before.get("caller_kind", CallerKind.UNKNOWN), uow)
    for commitment in uow.commitments_of(command.contact, log=command.log):
        uow.record(CommitmentCancelled(commitment=commitment.id, cancelled_at=uow.now))
    for kept in uow.commitments_kept_by(command.log):
        reopen(kept, command.log, uow)
    opened = None if contact is None else _opened_by(command, contact.case_id, uow)
    if opened is not None:
        uow.record(CaseWithdrawn(case=opened.id, person=opened.person))


def _before(contact: Any | None) -> dict[str, Any]:
    """The service and who spoke, as they were before the save that stands."""
    if contact is None or not contact.kind_before:
        return {}
    return {"service": contact.service_before, "caller_kind": CallerKind(contact.kind_before)}


def _is_overtaken(command: LogMotive, contact: Any, uow: UnitOfWork) -> bool:
    """Whether somebody else's save, unseen by its author, stands there: the server alone can tell."""
    if not uow.is_authority or command.over is UNSET or not contact.log:
        return False
    return contact.log != command.over and contact.by != uow.author


def _finish_call(call: Any | None, uow: UnitOfWork) -> None:
    """The first save after an answered call ends its post-call, unless its agent was ready sooner."""
    if call is None or call.answered_at is None or call.post_call_us is not None:
        return
    lasted = post_call(uow.now, ended_at=call.ended_at)
    if lasted is not None:
        uow.record(PostCallEnded(contact=call.id, lasted=lasted))


def _was_finished_by_save(call: Any | None, uow: UnitOfWork) -> bool:
    """The agent is at it again, and still in time."""
    if call is None or call.post_call_us is None or post_call(uow.now, ended_at=call.ended_at) is None:
        return False
    return call.post_call_us * MICROSECOND == post_call(call.logged_at, ended_at=call.ended_at)


def _opened_by(command: WithdrawMotive, case: str | None, uow: UnitOfWork) -> Any | None:
    opened = None if case is None else uow.find(tables.case, id=case)
    if opened is None or opened.log != command.log:
        return None
    return None if uow.is_joined(opened.id, besides=command.contact) else opened


def _keep_promises(command: LogMotive, uow: UnitOfWork, person: str | None) -> None:
    """A later call closes what was promised; what was closed meanwhile is left as it is (B4)."""
    for name in command.keeps:
        row = uow.find(tables.commitment, id=uow.resolve(name))
        if row is None or row.state not in PENDING:
            continue
        if not _is_same(row.person, person, uow):
            # What was written down of the call is never lost for it.
            uow.leave_out(Refusal("promise_kept_apart", "keeps"))
            continue
        keep(row, uow, how=Reach.SPOKEN, contact=command.contact)


def _is_same(one: str | None, other: str | None, uow: UnitOfWork) -> bool:
    """The same human, as far as both are known."""
    return one is None or other is None or uow.kept(one) == uow.kept(other)


def _check_motive(command: LogMotive) -> None:
    motive = shipped_catalogue().find(command.motive)
    if motive is None:
        raise Refusal("unknown_motive", "motive")
    if Flag.NOTE in motive.flags and not command.note.strip():
        raise Refusal("note_required", "note")


def _case_for(command: LogMotive, uow: UnitOfWork, person: str | None) -> Id | None:
    """The demand to attach to: the one named, the same one already open, or a new one."""
    if command.case is None:
        return None
    case = uow.resolve(command.case)
    known = uow.find(tables.case, id=case)
    if known is not None:
        if person is not None and known.person != person and uow.kept(known.person) != uow.kept(person):
            raise Refusal("case_of_another", "case")
        return case
    return _new_case(command, uow, person)


def _new_case(command: LogMotive, uow: UnitOfWork, person: str | None) -> Id | None:
    if not command.case_title:
        if uow.is_authority:
            raise Refusal("unknown_case", "case")
        return command.case
    if person is None:
        raise Refusal("case_without_person", "case")
    return _join_or_open(command, uow, person)


def _join_or_open(command: LogMotive, uow: UnitOfWork, person: str) -> Id | None:
    """One demand for one need: the same motive already open for this person is joined (C2)."""
    same = uow.open_case_of(person, command.motive)
    if same is not None and command.case is not None:
        uow.record(Superseded(old=command.case, new=same.id))
        return same.id
    uow.record(
        CaseOpened(
            case=command.case or "",
            person=person,
            title=command.case_title,
            service=command.service,
            motive=command.motive,
            opened_at=uow.now,
            log=uow.command_id,
        )
    )
    return command.case


def _set_aside(command: LogMotive, uow: UnitOfWork) -> SaveSetAside:
    return SaveSetAside(
        contact=command.contact,
        log=uow.command_id,
        over=None if command.over is UNSET else command.over,
        motive=command.motive,
        outcome=command.outcome,
        service=command.service,
        caller_kind=command.caller_kind,
        note=command.note,
        due_at=None if command.commitment is None else command.commitment.due_at,
        by=uow.author,
        made_at=uow.now,
    )


def _logged(command: LogMotive, uow: UnitOfWork, case: Id | None, contact: Any | None) -> MotiveLogged:
    return MotiveLogged(
        contact=command.contact,
        log=uow.command_id,
        motive=command.motive,
        outcome=command.outcome,
        service=command.service,
        case=case,
        caller_kind=command.caller_kind,
        note=command.note,
        by=uow.author,
        logged_at=uow.now,
        service_before="" if contact is None else contact.service,
        kind_before=None if contact is None else CallerKind(contact.caller_kind or CallerKind.UNKNOWN),
    )
