"""What the exchange tells: a call arrives, rings, is answered, ends."""

from typing import Any

from app.domain.commands import RegisterAnswer, RegisterCall, RegisterEnd, RegisterRing
from app.domain.errors import Refusal
from app.domain.facts import CallAnswered, CallArrived, CallEnded, CallRang
from app.domain.phone import normalise
from app.domain.words import CallState
from app.store import tables
from app.store.unit_of_work import UnitOfWork


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
            queue=command.queue,
            service=service,
            number=number.e164,
            number_kind=number.kind,
            number_raw=number.raw,
            candidates=candidates,
            arrived_at=command.arrived_at,
        )
    )


def register_ring(command: RegisterRing, uow: UnitOfWork) -> None:
    """Record that a call rings at an extension, and let its desk hold the candidates."""
    call = _call(uow, command.contact)
    if call.state in (CallState.ENDED, CallState.IN_CALL):
        return
    uow.concerns(call, extension=command.extension)
    _bring_persons(call, uow, command.extension)
    uow.record(CallRang(contact=call.id, extension=command.extension, rang_at=command.at))


def register_answer(command: RegisterAnswer, uow: UnitOfWork) -> None:
    """Record who answered."""
    call = _call(uow, command.contact)
    if call.state == CallState.ENDED:
        return
    seat = uow.agent_at(command.extension)
    uow.concerns(call, extension=command.extension)
    _bring_persons(call, uow, command.extension)
    uow.record(
        CallAnswered(
            contact=call.id,
            extension=command.extension,
            agent=seat.id if seat else "",
            answered_at=command.at,
        )
    )


def register_end(command: RegisterEnd, uow: UnitOfWork) -> None:
    """Record that a call is over, once."""
    call = _call(uow, command.contact)
    if call.state == CallState.ENDED:
        return
    uow.concerns(call)
    uow.record(CallEnded(contact=call.id, ending=command.ending, ended_at=command.at))


def _bring_persons(call: Any, uow: UnitOfWork, extension: str) -> None:
    """The desk where a call is holds whoever may be calling."""
    persons = [*call.candidates.split(), *filter(None, [call.person])]
    uow.enter_scope(persons, uow.service_at(extension))


def _call(uow: UnitOfWork, contact: str) -> Any:
    row = uow.find(tables.contact, id=contact)
    if row is None:
        raise Refusal("unknown_contact", "contact")
    return row


def _service_of(uow: UnitOfWork, queue: str) -> str:
    row = uow.find(tables.queue, id=queue)
    return "" if row is None else row.service
