"""Which numbers are a person's, as rows: told with the person, set aside, given back."""

from typing import assert_never

import sqlalchemy as sa

from app.domain.facts import NumberGivenBack, NumberSetAside, ProvisionalPersonRegistered
from app.domain.words import IdentityStatus
from app.store import tables
from app.store.person_forms import put_person
from app.store.rows import Rows


def follow_number(rows: Rows, fact: ProvisionalPersonRegistered | NumberSetAside | NumberGivenBack) -> None:
    """Set the rows of whoever is new, or of whose a number is."""
    match fact:
        case ProvisionalPersonRegistered():
            _registered(rows, fact)
        case NumberSetAside():
            _move(rows, fact, tables.person_number, tables.number_set_aside)
        case NumberGivenBack():
            _move(rows, fact, tables.number_set_aside, tables.person_number)
        case _:
            assert_never(fact)


def _registered(rows: Rows, fact: ProvisionalPersonRegistered) -> None:
    put_person(
        rows,
        id=fact.person,
        birth_name=fact.birth_name,
        first_given_name=fact.first_given_name,
        birth_date=fact.birth_date,
        sex=fact.sex,
        identity_status=IdentityStatus.PROVISIONAL,
    )
    since = fact.since or fact.registered_at.date().isoformat()
    if fact.number:
        rows.put(
            tables.person_number,
            number=fact.number,
            person=fact.person,
            since=since,
            contact=fact.contact or "",
        )


def _move(rows: Rows, fact: NumberSetAside | NumberGivenBack, source: sa.Table, target: sa.Table) -> None:
    """What is in the one is nowhere else: a number set aside is nobody's for whatever reads numbers."""
    key = {"number": fact.number, "person": fact.person}
    known = rows.get(source, **key)
    if known is not None:
        rows.put(target, **key, contact=known.contact, since=known.since)
        rows.remove(source, **key)
