"""Which service holds which person, kept by the server in step with the journal."""

from collections.abc import Iterable

from app.domain.facts import AnyFact, PersonEntered, PersonLeft
from app.store.rows import Rows
from app.store.tables import person_scope


def keep_scopes(rows: Rows, facts: Iterable[AnyFact]) -> None:
    """Write the scopes that these facts opened or closed."""
    for fact in facts:
        match fact:
            case PersonEntered():
                rows.put(person_scope, person=fact.person, service=fact.service)
            case PersonLeft():
                rows.remove(person_scope, person=fact.person, service=fact.service)
            case _:
                continue
