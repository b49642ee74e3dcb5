"""Writing down an exchange by hand, on any channel."""

from datetime import datetime

from app.domain.commands import NoteContact
from app.domain.errors import Refusal
from app.domain.facts import ContactNoted
from app.domain.phone import normalise
from app.store import tables
from app.store.unit_of_work import UnitOfWork
from app.usecases.heard_elsewhere import Exchange, tell_of_end


def note_contact(command: NoteContact, uow: UnitOfWork) -> None:
    """Record an exchange that no line told; noted twice, it is recorded once."""
    if uow.find(tables.contact, id=command.contact) is not None:
        return
    if uow.is_authority:
        _check(command, uow)
    number = normalise(command.number_raw) if command.number_raw else None
    uow.concerns(service=command.service)
    uow.enter_scope(filter(None, [command.person]), command.service)
    happened_at = _happened_at(command, uow)
    uow.record(
        ContactNoted(
            contact=command.contact,
            channel=command.channel,
            direction=command.direction,
            service=command.service,
            person=command.person,
            number=number.e164 if number else "",
            number_raw=command.number_raw,
            subject=command.subject,
            text=command.text,
            by=uow.author,
            happened_at=happened_at,
            noted_at=uow.now,
        )
    )
    tell_of_end(
        Exchange(
            id=command.contact,
            at=happened_at,
            service=command.service,
            channel=command.channel,
            direction=command.direction,
            number=number.e164 if number else "",
            person=command.person,
        ),
        uow,
    )


def _happened_at(command: NoteContact, uow: UnitOfWork) -> datetime:
    """By our clock: that of a desk may be hours apart, and none tells of a time to come."""
    if not uow.is_authority:
        return command.happened_at
    return min(command.happened_at - uow.clock_error, uow.now)


def _check(command: NoteContact, uow: UnitOfWork) -> None:
    if uow.find(tables.service, id=command.service) is None:
        raise Refusal("unknown_service", "service")
    if command.person is not None and uow.find(tables.person, id=command.person) is None:
        raise Refusal("unknown_person", "person")
