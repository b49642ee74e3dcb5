"""What the exchange tells of a call, from its arrival to its end, in whatever order it is told.

The row keeps the times of what was last heard: something earlier that comes late adds what it
knows and moves nothing.
"""

from datetime import datetime
from typing import Any

from app.domain.commands import (
    RegisterAnswer,
    RegisterCall,
    RegisterEnd,
    RegisterHold,
    RegisterNoAnswer,
    RegisterOutgoingCall,
    RegisterOverflow,
    RegisterRetrieval,
    RegisterRing,
    RegisterTransfer,
    RegisterVoicemail,
)
from app.domain.errors import Refusal
from app.domain.facts import (
    CallAnswered,
    CallArrived,
    CallEnded,
    CallHeld,
    CallOverflowed,
    CallPlaced,
    CallRang,
    CallRangOut,
    CallRetrieved,
    CallTransferred,
    PostCallEnded,
    VoicemailLeft,
)
from app.domain.phone import normalise
from app.domain.post_call import post_call
from app.domain.words import CallState, Ending
from app.store import tables
from app.store.unit_of_work import UnitOfWork
from app.usecases.heard_elsewhere import becoming, tell_of_end
from app.usecases.opening_hours import queue_opening


def register_call(command: RegisterCall, uow: UnitOfWork) -> None:
    """Record a call before any console is open; told twice, it is recorded once."""
    if uow.find(tables.contact, id=command.contact) is not None:
        return
    number = normalise(command.number_raw)
    service = _service_of(uow, command.queue)
    candidates = uow.persons_of_number(number.e164)
    uow.concerns(service=service)
    uow.enter_scope(candidates, service)
    uow.record(
        CallArrived(
            contact=command.contact,
            line=command.line,
            told_by=command.told_by,
            queue=command.queue,
            service=service,
            number=number.e164,
            number_kind=number.kind,
            number_raw=number.raw,
            candidates=candidates,
            arrived_at=command.arrived_at,
            queued_at=command.queued_at,
            is_closed=_was_closed(command.queue, command.arrived_at, uow),
        )
    )


def register_outgoing_call(command: RegisterOutgoingCall, uow: UnitOfWork) -> None:
    """Record that a desk calls a number, and let it hold whoever may answer."""
    if uow.find(tables.contact, id=command.contact) is not None:
        return
    number = normalise(command.number_raw)
    seat = uow.agent_at(command.extension)
    service = seat.service if seat else ""
    candidates = uow.persons_of_number(number.e164)
    uow.concerns(service=service, extension=command.extension)
    uow.enter_scope(candidates, service)
    uow.record(
        CallPlaced(
            contact=command.contact,
            line=command.line,
            told_by=command.told_by,
            service=service,
            extension=command.extension,
            agent=seat.id if seat else "",
            number=number.e164,
            number_kind=number.kind,
            number_raw=number.raw,
            candidates=candidates,
            placed_at=command.at,
        )
    )


def register_ring(command: RegisterRing, uow: UnitOfWork) -> None:
    """Record that a call rings at an extension, and let its desk hold the candidates."""
    call = _call(uow, command.contact)
    is_late = call.taken_at is not None and not _was_given_before(call, command.at)
    if _is_after_end(call, command.at) or (is_late and _is_past(command.at, call.rang_at)):
        return
    uow.concerns(call, extension=command.extension)
    _bring_persons(call, uow, command.extension)
    uow.record(
        CallRang(
            contact=call.id,
            extension=command.extension,
            ringing=() if is_late else tuple(dict.fromkeys((*call.ringing.split(), command.extension))),
            rang_at=command.at,
            last_rang_at=call.rang_at and max(call.rang_at, command.at),
            is_late=is_late,
        )
    )
    _stay_over(call, uow)


def register_no_answer(command: RegisterNoAnswer, uow: UnitOfWork) -> None:
    """Record that nobody took the call at an extension; it may still ring at others."""
    call = _call(uow, command.contact)
    ringing = call.ringing.split()
    if call.state != CallState.RINGING or command.extension not in ringing:
        return
    uow.concerns(call, extension=command.extension)
    ringing.remove(command.extension)
    uow.record(
        CallRangOut(
            contact=call.id,
            extension=command.extension,
            ringing=tuple(ringing),
            rang_out_at=command.at,
        )
    )


def register_answer(command: RegisterAnswer, uow: UnitOfWork) -> None:
    """Record who answered; the desks where it rang besides learn it too."""
    call = _call(uow, command.contact)
    is_known = call.taken_at == command.at and call.extension == command.extension
    if is_known or _is_after_end(call, command.at):
        return
    seat = uow.agent_at(command.extension)
    uow.concerns(call, extension=command.extension)
    uow.extensions.update(call.ringing.split())
    _bring_persons(call, uow, command.extension)
    uow.record(
        CallAnswered(
            contact=call.id,
            extension=command.extension,
            agent=seat.id if seat else "",
            answered_at=command.at,
            first_answered_at=call.answered_at and min(call.answered_at, command.at),
            last_answered_at=call.taken_at and max(call.taken_at, command.at),
            is_late=any(known is not None and command.at < known for known in (call.taken_at, call.rang_at)),
        )
    )
    _stay_over(call, uow)


def register_hold(command: RegisterHold, uow: UnitOfWork) -> None:
    """Record that the caller waits on the line."""
    call = _call(uow, command.contact)
    if _is_after_end(call, command.at):
        return
    uow.concerns(call, extension=command.extension)
    is_late = _has_moved_on(call, command.at)
    uow.record(CallHeld(contact=call.id, extension=command.extension, held_at=command.at, is_late=is_late))
    _stay_over(call, uow)


def register_retrieval(command: RegisterRetrieval, uow: UnitOfWork) -> None:
    """Record that somebody speaks with the caller again."""
    call = _call(uow, command.contact)
    if _is_after_end(call, command.at):
        return
    uow.concerns(call, extension=command.extension)
    uow.record(
        CallRetrieved(
            contact=call.id,
            extension=command.extension,
            retrieved_at=command.at,
            is_late=call.state != CallState.HELD or _has_moved_on(call, command.at),
        )
    )


def register_transfer(command: RegisterTransfer, uow: UnitOfWork) -> None:
    """Record who gave the call to whom: the contact, its first caller and its note stay."""
    call = _call(uow, command.contact)
    if _is_past(command.at, call.transferred_at):
        return
    seat = uow.agent_at(command.extension)
    uow.concerns(call, extension=command.extension)
    uow.concerns(extension=command.to)
    uow.record(
        CallTransferred(
            contact=call.id,
            transfer=command.transfer,
            extension=command.extension,
            agent=seat.id if seat else "",
            to=command.to,
            note=call.pending_note,
            transferred_at=command.at,
        )
    )


def register_overflow(command: RegisterOverflow, uow: UnitOfWork) -> None:
    """Record that the call waits in another queue, whose service now holds the candidates."""
    call = _call(uow, command.contact)
    if _is_past(command.at, call.overflowed_at):
        return
    service = _service_of(uow, command.queue)
    left = tuple(sorted(filter(None, {*call.queues_left.split(), command.from_queue})))
    uow.concerns(call, service=service)
    uow.enter_scope(_persons_of(call, uow), service)
    uow.record(
        CallOverflowed(
            contact=call.id,
            from_queue=command.from_queue,
            queue=command.queue,
            service=service,
            overflowed_at=command.at,
            left=left,
            closed=tuple(queue for queue in (*left, command.queue) if _was_closed(queue, call.at, uow)),
            queued_at=min(filter(None, (command.queued_at, call.queued_at)), default=None),
        )
    )


def register_voicemail(command: RegisterVoicemail, uow: UnitOfWork) -> None:
    """Record that a message waits, once."""
    call = _call(uow, command.contact)
    if call.voicemail_at is not None:
        return
    uow.concerns(call)
    uow.record(VoicemailLeft(contact=call.id, left_at=command.at))
    if call.state == CallState.ENDED:
        tell_of_end(becoming(call, voicemail_at=command.at), uow)


def register_end(command: RegisterEnd, uow: UnitOfWork) -> None:
    """Record that a call is over, once; whoever tells may not know that it was answered."""
    call = _call(uow, command.contact)
    if call.state == CallState.ENDED:
        return
    ending = command.ending if call.answered_at is None else Ending.HUNG_UP
    uow.concerns(call)
    uow.extensions.update(call.ringing.split())
    uow.record(CallEnded(contact=call.id, ending=ending, ended_at=command.at))
    tell_of_end(call, uow)
    lasted = post_call(call.logged_at, ended_at=command.at)
    if call.answered_at is not None and lasted is not None:
        uow.record(PostCallEnded(contact=call.id, lasted=lasted))


def _was_closed(queue: str, arrived_at: datetime, uow: UnitOfWork) -> bool:
    return not queue_opening(queue, uow).is_open(arrived_at)


def _stay_over(call: Any, uow: UnitOfWork) -> None:
    """What is heard of a call after its end does not bring it back."""
    if call.state != CallState.ENDED:
        return
    answered_at = next((fact.answered_at for fact in uow.facts if isinstance(fact, CallAnswered)), None)
    ending = Ending.HUNG_UP if answered_at else Ending(call.ending)
    uow.record(CallEnded(contact=call.id, ending=ending, ended_at=call.ended_at))
    if answered_at:
        tell_of_end(becoming(call, answered_at=answered_at), uow)


def _was_given_before(call: Any, at: datetime) -> bool:
    """Only a transfer makes an answered call ring again."""
    return call.transferred_at is not None and call.taken_at < call.transferred_at <= at


def _is_after_end(call: Any, at: datetime) -> bool:
    return call.ended_at is not None and at >= call.ended_at


def _has_moved_on(call: Any, at: datetime) -> bool:
    """Whether something later than this is known of where the call is."""
    return any(_is_past(at, known) for known in (call.hold_changed_at, call.taken_at, call.rang_at))


def _is_past(at: datetime, known: datetime | None) -> bool:
    return known is not None and at <= known


def _bring_persons(call: Any, uow: UnitOfWork, extension: str) -> None:
    """The desk where a call is holds whoever may be calling."""
    uow.enter_scope(_persons_of(call, uow), uow.service_at(extension))


def _persons_of(call: Any, uow: UnitOfWork) -> list[str]:
    """Whoever may be calling, but for those who were erased since the call arrived."""
    named = [*call.candidates.split(), *filter(None, [call.person])]
    return [person for person in named if uow.find(tables.person, id=person) is not None]


def _call(uow: UnitOfWork, contact: str) -> Any:
    row = uow.find(tables.contact, id=contact)
    if row is None:
        raise Refusal("unknown_contact", "contact")
    return row


def _service_of(uow: UnitOfWork, queue: str) -> str:
    row = uow.find(tables.queue, id=queue)
    return "" if row is None else row.service
