"""Whom a contact concerns, as rows: said, taken back, or the same as another contact's."""

from typing import Any, assert_never

from app.domain.facts import CallerIdentified, ContactLinked, ContactUnlinked, IdentificationWithdrawn
from app.store import tables
from app.store.commitments import give_promises
from app.store.rows import Rows


def follow_identity(
    rows: Rows, fact: CallerIdentified | IdentificationWithdrawn | ContactLinked | ContactUnlinked
) -> None:
    """Set the rows of one thing said of whose a contact is."""
    match fact:
        case CallerIdentified():
            _identified(rows, fact)
            give_promises(rows, fact.commitments, fact.acts, person=fact.person)
        case IdentificationWithdrawn():
            _withdrawn(rows, fact)
            give_promises(rows, fact.commitments, fact.acts, person=fact.person)
        case ContactLinked():
            rows.change(tables.contact, {"id": fact.contact}, linked_to=fact.other, linked_by=fact.act)
        case ContactUnlinked():
            rows.change(tables.contact, {"id": fact.contact}, linked_to=None, linked_by=None)
        case _:
            assert_never(fact)


def _identified(rows: Rows, fact: CallerIdentified) -> None:
    """Verified for the same person, the contact keeps the act that said whose it is."""
    known = rows.get(tables.contact, id=fact.contact)
    before = None if known is None else known.person
    said = {
        "identified_by": fact.act or None,
        "identified_at": fact.identified_at,
        "person_before": before,
        "log_before": None if known is None else known.log,
    }
    if known is not None:
        move_on_timeline(rows, known, person=fact.person)
    rows.change(
        tables.contact,
        {"id": fact.contact},
        person=fact.person,
        caller_kind=fact.caller_kind,
        proofs=" ".join(fact.proofs),
        verified_at=fact.identified_at if fact.is_verified else None,
        **({} if before == fact.person else said),
        **({"kind_before": fact.caller_kind} if known is not None and known.kind_before else {}),
    )


def _withdrawn(rows: Rows, fact: IdentificationWithdrawn) -> None:
    """What was compared with the wrong person proves nothing of another."""
    known = rows.get(tables.contact, id=fact.contact)
    if known is not None:
        move_on_timeline(rows, known, person=fact.person)
    rows.change(
        tables.contact,
        {"id": fact.contact},
        person=fact.person,
        identified_by=None,
        identified_at=None,
        person_before=None,
        log_before=None,
        proofs="",
        verified_at=None,
    )


def move_on_timeline(rows: Rows, contact: Any, *, person: str | None) -> None:
    """A contact leaves one person's timeline for another's, or for nobody's."""
    if contact.person not in (None, person):
        rows.remove(tables.timeline, person=contact.person, at=contact.at, contact=contact.id)
    if person is not None:
        rows.put(tables.timeline, person=person, at=contact.at, contact=contact.id, channel=contact.channel)
