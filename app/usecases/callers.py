"""Whose a contact is, set and taken back as one: what links and identifications have in common."""

from typing import Any

import sqlalchemy as sa

from app.domain.errors import Refusal
from app.domain.facts import CallerIdentified, IdentificationWithdrawn, PersonLeft
from app.domain.words import CallerKind, CommitmentState
from app.store import tables
from app.store.prepared import Prepared, given
from app.store.unit_of_work import UnitOfWork
from app.usecases.commitments import acts_of, counting_on, hold_promise, pairs_of

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
                    **carry(promised_to_nobody(row.id, uow), person, uow),
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
        moved = [one for one in _promised_at(row.id, uow) if one.person == row.person]
        uow.record(
            IdentificationWithdrawn(
                contact=row.id,
                person=row.person_before,
                by=uow.author,
                withdrawn_at=uow.now,
                **carry(moved, row.person_before, uow),
            )
        )
        if row.person_before is not None:
            hold_person(row, row.person_before, uow)
        _let_go(row, moved, uow)


def promised_to_nobody(contact: str, uow: UnitOfWork) -> list[Any]:
    """The promises made at a contact while it was nobody's: they are of whoever it is known to be of."""
    return [row for row in _promised_at(contact, uow) if row.follows_call]


def carry(promises: list[Any], person: str | None, uow: UnitOfWork) -> dict[str, Any]:
    """What a fact says of promises that go along with their contact; who counts on them holds the person."""
    moved = [row for row in promises if row.person != person]
    for row in moved:
        hold_promise(row, person, uow)
    names = tuple(row.id for row in moved)
    return {"commitments": names, "acts": pairs_of(names, uow)}


def _promised_at(contact: str, uow: UnitOfWork) -> list[Any]:
    found = (uow.find(tables.commitment, id=one) for one in uow.promises_at(contact))
    return [row for row in found if row is not None]


def _is_in_use(contact: Any, uow: UnitOfWork) -> bool:
    """Qualified since it was said whose it is, joined to a demand, or something promised to that person.

    What was written or promised while it was nobody's is so again, unless the promise was followed since.
    """
    promises = [row for row in _promised_at(contact.id, uow) if row.person is not None]
    is_promised = any(not row.follows_call and row.state != CommitmentState.CANCELLED for row in promises)
    is_written = contact.log is not None and contact.log != contact.log_before
    return is_promised or is_written or contact.case_id is not None or _is_followed(contact, promises, uow)


def _is_followed(contact: Any, promises: list[Any], uow: UnitOfWork) -> bool:
    """Somebody called that person back, or gave them another time: it is undone first."""
    acts = acts_of((row.id for row in promises if row.follows_call), uow)
    return any(row.withdrawn_at is None and row.at > contact.identified_at for row in acts)


def _let_go(contact: Any, moved: list[Any], uow: UnitOfWork) -> None:
    """Desks that held the wrong person for this contact alone hold that person no more (rules R24)."""
    if not uow.is_authority:
        return
    every = uow.ids_of(contact.person)
    of_promises = (service for row in moved for service in counting_on(row, uow))
    for service in sorted(uow.services_of(contact).union(of_promises)):
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
