"""Whose a contact is, set and taken back as one: what links and identifications have in common."""

from typing import Any

import sqlalchemy as sa

from app.domain.errors import Refusal
from app.domain.facts import CallerIdentified, IdentificationWithdrawn, PersonLeft
from app.domain.words import CallerKind, CommitmentState
from app.store import tables
from app.store.prepared import Prepared, given
from app.store.unit_of_work import UnitOfWork

_MOST_LINKED = 20


def known_contact(contact: str, uow: UnitOfWork, *, field: str = "contact") -> Any:
    """The contact's row; None on a console that does not hold it, as the server decides of it."""
    row = uow.find(tables.contact, id=contact)
    if row is None and uow.is_authority:
        raise Refusal("unknown_contact", field)
    return row


def linked_to(contact: Any, uow: UnitOfWork) -> list[Any]:
    """The other contacts said to be of the same person, whoever that is."""
    first = contact
    found = {contact.id: contact}
    for _ in range(_MOST_LINKED):
        above = None if first.linked_to is None else uow.find(tables.contact, id=first.linked_to)
        if above is None:
            break
        first = found[above.id] = above
    waiting = list(found)
    while waiting and len(found) < _MOST_LINKED:
        for row in uow.rows_of(_LINKED, other=waiting.pop()):
            known = None if row.id in found else uow.find(tables.contact, id=row.id)
            if known is not None:
                found[known.id] = known
                waiting.append(known.id)
    return [row for name, row in found.items() if name != contact.id]


def share_person(contacts: list[Any], person: str, uow: UnitOfWork) -> None:
    """Who is known of one contact is known of those linked to it; nobody was verified in them."""
    for row in contacts:
        if row.person is None:
            hold_person(row, person, uow)
            uow.record(
                CallerIdentified(
                    contact=row.id,
                    person=person,
                    caller_kind=CallerKind(row.caller_kind or CallerKind.UNKNOWN),
                    by=uow.author,
                    identified_at=uow.now,
                    act=uow.command_id,
                )
            )


def hold_person(contact: Any, person: str, uow: UnitOfWork) -> None:
    """The desks that hold a contact hold its person."""
    uow.concerns(contact)
    for service in sorted(uow.services_of(contact)):
        uow.enter_scope([person], service)


def take_back(contacts: list[Any], uow: UnitOfWork) -> None:
    """These concern whom they did before; nothing may have been done for the wrong person since."""
    if any(_is_in_use(row, uow) for row in contacts):
        raise Refusal("identified_in_use", "contact")
    for row in contacts:
        uow.concerns(row)
        uow.persons.update(filter(None, [row.person_before]))
        uow.record(
            IdentificationWithdrawn(
                contact=row.id, person=row.person_before, by=uow.author, withdrawn_at=uow.now
            )
        )
        if row.person_before is not None:
            hold_person(row, row.person_before, uow)
        _let_go(row, uow)


def _is_in_use(contact: Any, uow: UnitOfWork) -> bool:
    """Qualified, joined to a demand, or something promised at it."""
    promises = (uow.find(tables.commitment, id=one) for one in uow.promises_at(contact.id))
    is_promised = any(row is not None and row.state != CommitmentState.CANCELLED for row in promises)
    return is_promised or contact.log is not None or contact.case_id is not None


def _let_go(contact: Any, uow: UnitOfWork) -> None:
    """Desks that held the wrong person for this contact alone hold that person no more (rules R24)."""
    if not uow.is_authority:
        return
    every = uow.ids_of(contact.person)
    for service in sorted(uow.services_of(contact)):
        is_held = uow.find(tables.person_scope, person=contact.person, service=service) is not None
        if is_held and not any(uow.has_business(one, service, besides=contact.id) for one in every):
            for each in every:
                uow.record(PersonLeft(person=each, service=service))


_contact = tables.contact.c
_LINKED = Prepared(
    sa.select(_contact.id)
    .where(_contact.establishment == given("establishment"), _contact.linked_to == given("other"))
    .order_by(_contact.id)
)
STATEMENTS = (_LINKED,)
"""For the test that keeps them free of scans."""
