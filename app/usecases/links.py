"""Saying that two contacts are of the same person, whoever that is, and undoing it (design 4.4)."""

from app.domain.commands import LinkContact, UnlinkContact
from app.domain.errors import Refusal
from app.domain.facts import ContactLinked, ContactUnlinked
from app.store.unit_of_work import UnitOfWork
from app.usecases.callers import known_contact, linked_to, share_person, take_back
from app.usecases.heard_elsewhere import tell_of_identities


def link_contact(command: LinkContact, uow: UnitOfWork) -> None:
    """Link a contact to another one; who is known of either is known of both."""
    contact = known_contact(command.contact, uow)
    other = known_contact(command.other, uow, field="other")
    if contact is None or other is None:
        return
    if contact.id == other.id:
        raise Refusal("same_contact", "other")
    before, others = linked_to(contact, uow), linked_to(other, uow)
    if contact.linked_to is not None or contact.id in {row.id for row in others}:
        raise Refusal("already_linked", "contact")
    every = [contact, *before, other, *others]
    persons = {uow.kept(row.person): row.person for row in every if row.person is not None}
    if len(persons) > 1:
        raise Refusal("contact_of_another", "other")
    uow.concerns(contact)
    uow.concerns(other)
    uow.record(
        ContactLinked(
            contact=contact.id, other=other.id, act=uow.command_id, by=uow.author, linked_at=uow.now
        )
    )
    for person in persons.values():
        share_person(every, person, uow)
    tell_of_identities(uow)


def unlink_contact(command: UnlinkContact, uow: UnitOfWork) -> None:
    """Undo one link, and what it alone said of whose the contacts are."""
    contact = known_contact(command.contact, uow)
    if contact is None:
        return
    if contact.linked_by != command.act:
        raise Refusal("already_changed", "act")
    every = [contact, *linked_to(contact, uow)]
    take_back([row for row in every if row.identified_by == command.act], uow)
    tell_of_identities(uow)
    uow.concerns(contact)
    uow.record(ContactUnlinked(contact=contact.id, by=uow.author, unlinked_at=uow.now))
