"""All that is held of a person, to be handed over to that person (rules R25)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa

from app.domain.access import is_own_scope
from app.domain.rights_commands import Withheld
from app.queries.person_accesses import consultations
from app.queries.person_rows import ids_of
from app.store import account_tables, held, journal, kept_messages, tables
from app.store.bundles import rows_of_person
from app.store.erasure import own_numbers
from app.store.personal import AGENTS, HANDED_OVER, OTHERS, WORDS
from app.store.prepared import Prepared, Row, given
from app.store.relatives import NAMES

REMOVED = "[retiré : renseignement sur un tiers]"
"""What stands in place of the words withheld."""
Held: TypeAlias = dict[str, Any]
_decode = msgspec.json.Decoder(Held).decode
_NOT_TOLD = AGENTS | OTHERS | {"establishment", "position"}


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one table; what a row doesn't say is left out, moments are aware datetimes."""

    table: str
    rows: tuple[Held, ...]


class PersonExport(msgspec.Struct, frozen=True, kw_only=True):
    """What is held of one human under `ids`, the one kept first."""

    ids: tuple[str, ...]
    sections: tuple[Section, ...]


def person_export(connection: sa.Connection, establishment: str, person: str) -> PersonExport | None:
    """Everything, with nothing withheld yet; None of somebody unknown."""
    reading = _reading_of(connection, establishment, person)
    if reading is None:
        return None
    return PersonExport(ids=reading.ids, sections=tuple(map(reading.section, HANDED_OVER)))


def subjects_of(connection: sa.Connection, establishment: str, person: str) -> tuple[str, ...]:
    """What the journal tells of one human is about: every id, their contacts, what was promised there.

    Empty of somebody unknown.
    """
    reading = _reading_of(connection, establishment, person)
    return () if reading is None else reading.subjects


def withhold(export: PersonExport, parts: Iterable[Withheld]) -> tuple[PersonExport, list[str]]:
    """The export without the words of these things, and the ids that are in none of its rows."""
    wanted = {part.id for part in parts}
    found: set[str] = set()
    sections = [
        msgspec.structs.replace(each, rows=tuple(_without(row, wanted, found) for row in each.rows))
        for each in export.sections
    ]
    return msgspec.structs.replace(export, sections=tuple(sections)), sorted(wanted - found)


def _without(row: Held, wanted: set[str], found: set[str]) -> Held:
    named = wanted & {value for value in _values(row) if isinstance(value, str)}
    found |= named
    return _blanked(row) if named else row


def _values(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            for each in value.values():  # pyright: ignore[reportUnknownVariableType]
                yield from _values(each)
        case list() | tuple():
            for each in value:  # pyright: ignore[reportUnknownVariableType]
                yield from _values(each)
        case _:
            yield value


def _blanked(row: Held) -> Held:
    return {
        name: REMOVED if name in WORDS and isinstance(value, str) else _blanked_within(value)
        for name, value in row.items()
    }


def _blanked_within(value: Any) -> Any:
    return _blanked(value) if isinstance(value, dict) else value  # pyright: ignore[reportUnknownArgumentType]


def _reading_of(connection: sa.Connection, establishment: str, person: str) -> "_Reading | None":
    ids = ids_of(connection, establishment, person)
    if not rows_of_person(connection, establishment, tables.person, ids[0]):
        return None
    return _Reading(connection, establishment, ids)


class _Reading:
    """One person's rows, table by table, seen at one moment."""

    def __init__(self, connection: sa.Connection, establishment: str, ids: tuple[str, ...]) -> None:
        self._connection = connection
        self._establishment = establishment
        self.ids = ids
        lines = self._of_person(tables.timeline)
        self._contacts = [row.contact for row in lines]
        self._promises = [
            row.id for contact in self._contacts for row in self._all(_PROMISES_AT, contact=contact)
        ]

    def section(self, table: sa.Table) -> Section:
        """What is told of one table's rows."""
        special = self._special.get(table)
        rows = special() if special is not None else list(map(msgspec.structs.asdict, self._rows(table)))
        return Section(table=str(table.name), rows=tuple(map(_told, rows)))

    @property
    def _special(self) -> dict[sa.Table, Callable[[], list[Held]]]:
        """The tables whose rows are of a person by more than a column."""
        return {
            tables.access_log: self._consultations,
            tables.journal_body: self._facts,
            account_tables.held_command: self._waiting,
            tables.kept_message: self._posted,
        }

    def _rows(self, table: sa.Table) -> Sequence[Row]:
        if table is tables.person_scope:
            return [row for row in self._at(_SCOPES, "person", self.ids) if not is_own_scope(row.service)]
        if table is tables.glass:
            return self._at(_GLASSES, "person", self.ids)
        if table is tables.relative_name:
            return self._at(NAMES, "person", self.ids)
        of_person = self._of_person(table) if table in tables.OF_PERSON else []
        if table not in _AT_CONTACT:
            return of_person
        at_contacts = self._at(_AT_CONTACT[table], "contact", self._contacts)
        return list({row.id: row for row in (*of_person, *at_contacts)}.values())

    def _of_person(self, table: sa.Table) -> list[Row]:
        return [
            row
            for each in self.ids
            for row in rows_of_person(self._connection, self._establishment, table, each)
        ]

    def _at(self, statement: Prepared, name: str, values: Iterable[str]) -> list[Row]:
        return [row for value in values for row in self._all(statement, **{name: value})]

    def _all(self, statement: Prepared, **bound: str) -> list[Row]:
        return statement.all(self._connection, establishment=self._establishment, **bound)

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the journal and the held commands about this person are about."""
        return (*self.ids, *self._contacts, *self._promises)

    def _consultations(self) -> list[Held]:
        found = consultations(self._connection, self._establishment, self.ids)
        return list(map(msgspec.structs.asdict, found))

    def _facts(self) -> list[Held]:
        kept = journal.read_about(self._connection, self._establishment, self.subjects)
        return [{"entry": position} | _decode(body) for position, body in kept]

    def _waiting(self) -> list[Held]:
        ids = held.find_about(self._connection, self._establishment, self.subjects)
        found = (held.find(self._connection, self._establishment, each) for each in sorted(ids))
        return [
            {
                "command_kind": one.command_kind,
                "received_at": one.received_at,
                "command": _decoded(one.message),
            }
            for one in found
            if one is not None
        ]

    def _posted(self) -> list[Held]:
        numbers = [
            number for each in self.ids for number in own_numbers(self._connection, self._establishment, each)
        ]
        found = kept_messages.find_dialled(self._connection, self._establishment, numbers)
        return [
            {"line": row.line, "at": row.at, "body": bytes(row.body).decode(errors="replace")}
            for row in found
        ]


def _told(row: Held) -> Held:
    return {
        name: _told_within(value)
        for name, value in row.items()
        if name not in _NOT_TOLD and value not in (None, "")
    }


def _told_within(value: Any) -> Any:
    return _told(value) if isinstance(value, dict) else value  # pyright: ignore[reportUnknownArgumentType]


def _decoded(message: bytes) -> Any:
    try:
        return msgspec.json.decode(message)
    except msgspec.DecodeError:
        return message.decode(errors="replace")


def _by(table: sa.Table, name: str) -> Prepared:
    return Prepared(
        sa.select(table).where(table.c.establishment == given("establishment"), table.c[name] == given(name))
    )


_AT_CONTACT = {
    table: _by(table, "contact") for table in (tables.commitment, tables.call_back_note, tables.line_act)
}
_SCOPES, _GLASSES = _by(tables.person_scope, "person"), _by(tables.glass, "person")
_PROMISES_AT = _AT_CONTACT[tables.commitment]
STATEMENTS = (*_AT_CONTACT.values(), _SCOPES, _GLASSES)
"""For the test that keeps them free of scans."""
