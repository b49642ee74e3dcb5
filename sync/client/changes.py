"""Says what a page or a save changed, so that a screen reads again only what it shows."""

import msgspec
import sqlalchemy as sa

from app.store import tables
from app.store.prepared import Prepared, given, in_slots, slots
from app.store.rows import Values
from sync.client.undo import Place, key_of

_MOST_NAMES = 500


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the contacts and persons to read again.

    `extensions` are those whose calls changed; `settled` and `refused` name this desk's commands;
    `has_others` says that rows of the house changed, or messages; `is_whole` that everything may
    have changed (a replica rebuilt, a long catch-up).
    """

    contacts: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()
    settled: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    has_others: bool = False
    is_whole: bool = False

    def __bool__(self) -> bool:
        return (
            self.is_whole
            or self.has_others
            or bool(self.contacts or self.persons or self.settled or self.refused)
        )


class Trace:
    """Collects the rows touched while a page or a command is applied."""

    def __init__(self) -> None:
        self.contacts: set[str] = set()
        self.persons: set[str] = set()
        self.has_others = False

    def touch(self, table: sa.Table, key: Values) -> None:
        """Note one row by its key."""
        if table is tables.contact:
            self.contacts.add(key["id"])
        elif table is tables.person:
            self.persons.add(key["id"])
        elif "person" in key:
            self.persons.add(key["person"])
        else:
            self.has_others = True

    def touch_place(self, place: Place) -> None:
        """Note one row by its stored place."""
        self.touch(tables.metadata.tables[place[0]], key_of(place))

    def read(self, connection: sa.Connection, establishment: str) -> Changes:
        """Look up whose contacts changed, and at which extensions."""
        if len(self.contacts) > _MOST_NAMES:
            return Changes(is_whole=True)
        rows = [
            row
            for some in in_slots(self.contacts)
            for row in _OF_CONTACTS.all(connection, establishment=establishment, **some)
        ]
        return Changes(
            contacts=frozenset(self.contacts),
            persons=frozenset(self.persons | {row.person for row in rows if row.person}),
            has_others=self.has_others,
            extensions=frozenset(row.extension for row in rows if row.extension),
        )


_OF_CONTACTS = Prepared(
    sa.select(tables.contact.c.person, tables.contact.c.extension).where(
        tables.contact.c.establishment == given("establishment"), tables.contact.c.id.in_(slots())
    )
)
