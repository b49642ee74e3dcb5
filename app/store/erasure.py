"""Forgets a person on the server: rows, scopes and the journal's bodies, in the command's transaction."""

from collections.abc import Iterable

import sqlalchemy as sa

from app.domain.facts import AnyFact, PersonErased
from app.store import journal, tables
from app.store.bundles import clear_person
from app.store.prepared import Prepared


def forget_erased(connection: sa.Connection, establishment: str, facts: Iterable[AnyFact]) -> None:
    """Carry out the erasures among these facts; what a console also holds is the projection's."""
    for fact in facts:
        if isinstance(fact, PersonErased):
            journal.erase_bodies(connection, establishment, fact.bodies)
            clear_person(connection, establishment, fact.person)
            _FORGET_GLASSES.run(connection, {"establishment": establishment, "person": fact.person})
            _LEAVE_SCOPES.run(connection, {"establishment": establishment, "person": fact.person})


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
