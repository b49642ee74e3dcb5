"""Forgets a person on the server: rows, scopes and the journal's bodies, in the command's transaction."""

from collections.abc import Iterable

import sqlalchemy as sa

from app.domain.erasure_facts import CallForgotten, ReadsForgotten
from app.domain.facts import AnyFact, PersonErased, VoicemailDeleted
from app.store import access_log, held, journal, tables, voicemails
from app.store.bundles import clear_person
from app.store.kept_messages import forget_dialled
from app.store.prepared import Prepared
from app.store.relatives import forget_relative_names


def forget_erased(connection: sa.Connection, establishment: str, facts: Iterable[AnyFact]) -> None:
    """Carry out the erasures among these facts; what a console also holds is the projection's."""
    for fact in facts:
        if isinstance(fact, VoicemailDeleted | CallForgotten):
            voicemails.forget(connection, establishment, [fact.contact])
        if isinstance(fact, PersonErased):
            voicemails.forget(connection, establishment, fact.contacts)
        if isinstance(fact, PersonErased | CallForgotten | ReadsForgotten):
            journal.erase_bodies(connection, establishment, fact.bodies)
        if isinstance(fact, CallForgotten):
            held.forget_about(connection, establishment, [fact.contact, *fact.commitments])
        elif isinstance(fact, ReadsForgotten):
            access_log.forget(connection, establishment, last=fact.last)
            journal.forget_addresses(connection, establishment, last=fact.seen)
        elif isinstance(fact, PersonErased):
            held.forget_about(connection, establishment, [fact.person, *fact.contacts, *fact.commitments])
            forget_dialled(connection, establishment, own_numbers(connection, establishment, fact.person))
            clear_person(connection, establishment, fact.person)
            forget_relative_names(connection, establishment, fact.person)
            _FORGET_GLASSES.run(connection, {"establishment": establishment, "person": fact.person})
            _LEAVE_SCOPES.run(connection, {"establishment": establishment, "person": fact.person})


def own_numbers(connection: sa.Connection, establishment: str, person: str) -> list[str]:
    """The numbers that nobody else has, nor who is close to another: the call may have been the other's."""
    rows = _NUMBERS.all(connection, establishment=establishment, person=person)
    return [row.number for row in rows]


_ANOTHER = tables.person_number.alias("another")
_NUMBERS = Prepared(
    sa.select(tables.person_number.c.number).where(
        tables.person_number.c.establishment == sa.bindparam("establishment"),
        tables.person_number.c.person == sa.bindparam("person"),
        ~sa.exists().where(
            _ANOTHER.c.establishment == tables.person_number.c.establishment,
            _ANOTHER.c.number == tables.person_number.c.number,
            _ANOTHER.c.person != tables.person_number.c.person,
        ),
        ~sa.exists().where(
            tables.relative.c.establishment == tables.person_number.c.establishment,
            tables.relative.c.number == tables.person_number.c.number,
            tables.relative.c.person != tables.person_number.c.person,
        ),
    )
)
_FORGET_GLASSES = Prepared(
    sa.delete(tables.glass).where(
        tables.glass.c.establishment == sa.bindparam("establishment"),
        tables.glass.c.person == sa.bindparam("person"),
    )
)
_LEAVE_SCOPES = Prepared(
    sa.delete(tables.person_scope).where(
        tables.person_scope.c.establishment == sa.bindparam("establishment"),
        tables.person_scope.c.person == sa.bindparam("person"),
    )
)
