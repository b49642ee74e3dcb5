"""Two records of one human: the pointer as the journal tells it, and one record wherever it is read."""

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from app.domain.double_facts import PersonsMerged, PersonsUnmerged
from app.domain.facts import PersonErased
from app.queries.timeline import timeline
from app.store import tables
from app.store.journal import Entry
from tests.sync.hospital import EST, OPENING, pointers

ALL = 10_000


def untrue_pointers(entries: list[Entry], server: sa.Connection) -> Iterator[str]:
    """Whoever was regrouped points to the record kept until parted from it, and nobody points further."""
    told: dict[str, str] = {}
    for fact in (fact for entry in entries for fact in entry.facts):
        match fact:
            case PersonsMerged():
                told[fact.person] = fact.into
            case PersonsUnmerged() | PersonErased():
                told.pop(fact.person, None)
            case _:
                continue
    held = pointers(server)
    if held != told:
        yield f"regrouped: told {told}, held {held}"
    if chains := set(told.values()) & set(told):
        yield f"regrouped twice over: {chains}"


def split_humans(who: str, server: sa.Connection, here: sa.Connection) -> Iterator[str]:
    """Each record held is read with all that the server has of its human, and with nothing else."""
    kept_as = pointers(server)
    for person in here.execute(sa.select(tables.person.c.id)).scalars().all():
        human = {person, *(one for one, kept in kept_as.items() if kept == person)}
        _c = tables.contact.c
        met = set(server.execute(sa.select(_c.id).where(_c.person.in_(human))).scalars())
        found = timeline(here, EST, person, now=OPENING + timedelta(days=1), limit=ALL)
        read = {entry.contact for group in found.groups for entry in group.entries}
        if met != read:
            yield f"{who}: {person} is read without {sorted(met - read)}, with {sorted(read - met)} too many"
