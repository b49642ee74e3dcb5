"""Saying whom a contact concerns, and reading a record: both by a person's own act."""

from app.domain.commands import (
    ErasePerson,
    IdentifyCaller,
    OpenPerson,
    ReleasePerson,
    ReviewScope,
    WithdrawIdentification,
)
from app.domain.errors import Refusal
from app.domain.facts import CallerIdentified, PersonErased, PersonLeft, PersonOpened
from app.domain.identity import is_verified
from app.store import tables
from app.store.unit_of_work import UnitOfWork
from app.usecases.callers import (
    carry,
    hold_person,
    known_contact,
    linked_to,
    promised_to_nobody,
    share_person,
    take_back,
)
from app.usecases.heard_elsewhere import tell_of_identities


def identify_caller(command: IdentifyCaller, uow: UnitOfWork) -> None:
    """Link a contact to a person; the calling number never does it by itself (rules R1, R2)."""
    verified = is_verified(command.proofs)
    if command.proofs and not verified:
        raise Refusal("proofs_insufficient", "proofs")
    contact = known_contact(command.contact, uow)
    if uow.find(tables.person, id=command.person) is None and uow.is_authority:
        raise Refusal("unknown_person", "person")
    if contact is not None:
        hold_person(contact, command.person, uow)
    uow.record(
        CallerIdentified(
            contact=command.contact,
            person=command.person,
            proofs=command.proofs,
            is_verified=verified,
            caller_kind=command.caller_kind,
            by=uow.author,
            identified_at=uow.now,
            act=uow.command_id,
            **carry(promised_to_nobody(command.contact, uow), command.person, uow),
        )
    )
    if contact is not None and uow.is_authority:
        share_person(linked_to(contact, uow), command.person, uow)
    tell_of_identities(uow)


def withdraw_identification(command: WithdrawIdentification, uow: UnitOfWork) -> None:
    """Undo one identification, here and in the contacts linked to this one: each is whose it was before."""
    contact = known_contact(command.contact, uow)
    if contact is None:
        return
    if contact.identified_by != command.act:
        raise Refusal("already_changed", "act")
    linked = [row for row in linked_to(contact, uow) if row.identified_by == command.act]
    take_back([contact, *linked], uow)
    tell_of_identities(uow)


def open_person(command: OpenPerson, uow: UnitOfWork) -> None:
    """Trace that a record was read, with the contact or the reason for it."""
    if command.contact is None and not command.reason:
        raise Refusal("reason_required", "reason")
    if uow.find(tables.person, id=command.person) is None and uow.is_authority:
        raise Refusal("unknown_person", "person")
    uow.record(
        PersonOpened(
            person=command.person,
            contact=command.contact,
            reason=command.reason,
            proposed=command.proposed,
            by=uow.author,
            opened_at=uow.now,
        )
    )


def release_person(command: ReleasePerson, uow: UnitOfWork) -> None:
    """Let a person leave a service's scope; every desk of it forgets that person, under every id."""
    if uow.find(tables.person_scope, person=command.person, service=command.service) is None:
        return
    uow.concerns(service=command.service)
    for each in uow.ids_of(command.person):
        uow.record(PersonLeft(person=each, service=command.service))


def review_scope(command: ReviewScope, uow: UnitOfWork) -> None:
    """Let a person enter or leave a service's scope, under every id, as the horizon says now."""
    if uow.find(tables.person, id=command.person) is None:
        raise Refusal("unknown_person", "person")
    if not any(uow.has_business(each, command.service) for each in uow.ids_of(command.person)):
        release_person(ReleasePerson(person=command.person, service=command.service), uow)
        return
    uow.concerns(service=command.service)
    uow.enter_scope([command.person], command.service)


def erase_person(command: ErasePerson, uow: UnitOfWork) -> None:
    """Forget a person under every id; the journal keeps what proves, and says what it no longer holds."""
    if uow.find(tables.person, id=command.person) is None:
        raise Refusal("unknown_person", "person")
    for person in uow.ids_of(command.person):
        contacts = uow.contacts_of(person)
        promises = [promise for contact in contacts for promise in uow.promises_at(contact)]
        uow.record(
            PersonErased(
                person=person,
                ground=command.ground,
                contacts=tuple(contacts),
                commitments=tuple(promises),
                messages=tuple(uow.messages_at(contacts)),
                line_acts=tuple(uow.line_acts_at(contacts)),
                bodies=tuple(uow.bodies_about([person, *contacts, *promises])),
                by=uow.author,
                erased_at=uow.now,
            )
        )
