"""The journal: what happened, in order, chained so that no entry can be altered unseen.

An entry holds what proves (digest and hash); the bodies, which hold what is personal, stand
apart so that erasing a person deletes them and the chain still verifies (rules R23). So does the
network address that a command came from, which is let go of after a year (rules R22).
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import msgspec
import sqlalchemy as sa

from app.domain.erasure_facts import CallForgotten, ErasedBody, ReadsForgotten
from app.domain.facts import ERASURES, READ_ERASURES, AnyFact, PersonErased, subject_of
from app.store.prepared import Prepared, Row
from app.store.tables import journal, journal_address, journal_body

SALT_BYTES = 16
_encode = msgspec.json.Encoder().encode
_decode_fact = msgspec.json.Decoder(AnyFact).decode


class EntryScope(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Whom an entry concerns, so that a feed can be cut without reading the facts."""

    persons: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    is_for_all: bool = False


_decode_scope = msgspec.json.Decoder(EntryScope).decode


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One command's trace: its facts, or the refusal that names the field; placed when appended."""

    position: int = 0
    command_id: str
    command_kind: str
    author: str
    desk: str
    at: datetime
    scope: EntryScope
    facts: tuple[AnyFact, ...] = ()
    unknown_facts: tuple[msgspec.Raw, ...] = ()
    refusal: str = ""
    field: str = ""


class Head(msgspec.Struct, frozen=True, gc=False):
    """The last position and hash of an establishment's journal."""

    position: int
    hash: str


class _Header(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What an entry's hash covers, in the order of the names."""

    address_mark: str
    at: datetime
    author: str
    command_id: str
    command_kind: str
    desk: str
    digest: str
    establishment: str
    field: str
    position: int
    previous: str
    refusal: str
    scope: str


class Sealed(msgspec.Struct, frozen=True, gc=False):
    """An entry's rows, chained and not yet written, and the head that they make."""

    header: _Header
    bodies: list[dict[str, Any]]
    address: dict[str, Any] | None
    head: Head


class FirstFault(msgspec.Struct, frozen=True):
    """The first entry that is not what it was, and why."""

    position: int
    reason: str


def lock(connection: sa.Connection, establishment: str) -> None:
    """Take the establishment's lock, before anything is read (sync rule 3).

    SQLite took it with BEGIN IMMEDIATE.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"establishment": establishment})


_LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:establishment, 0))")
_APPEND = Prepared(sa.insert(journal))
_APPEND_BODY = Prepared(sa.insert(journal_body))
_APPEND_ADDRESS = Prepared(sa.insert(journal_address))
_ADDRESSES = Prepared(
    sa.select(journal_address.c.position, journal_address.c.salt, journal_address.c.address).where(
        journal_address.c.establishment == sa.bindparam("establishment"),
        journal_address.c.position >= sa.bindparam("first"),
        journal_address.c.position <= sa.bindparam("last"),
    )
)
_FORGET_ADDRESSES = Prepared(
    sa.delete(journal_address).where(
        journal_address.c.establishment == sa.bindparam("establishment"),
        journal_address.c.position <= sa.bindparam("last"),
    )
)
_HEAD = Prepared(
    sa.select(journal.c.position, journal.c.hash)
    .where(journal.c.establishment == sa.bindparam("establishment"))
    .order_by(journal.c.position.desc())
    .limit(1)
)
_OF_COMMAND = Prepared(
    sa.select(journal.c.position, journal.c.refusal, journal.c.field).where(
        journal.c.establishment == sa.bindparam("establishment"),
        journal.c.command_id == sa.bindparam("command_id"),
    )
)
_AFTER = Prepared(
    sa.select(journal)
    .where(
        journal.c.establishment == sa.bindparam("establishment"),
        journal.c.position > sa.bindparam("after"),
    )
    .order_by(journal.c.position)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_BODIES = Prepared(
    sa.select(journal_body)
    .where(
        journal_body.c.establishment == sa.bindparam("establishment"),
        journal_body.c.position >= sa.bindparam("first"),
        journal_body.c.position <= sa.bindparam("last"),
    )
    .order_by(journal_body.c.position, journal_body.c.ordinal)
)


_ABOUT = Prepared(
    sa.select(journal_body)
    .where(
        journal_body.c.establishment == sa.bindparam("establishment"),
        journal_body.c.subject == sa.bindparam("subject"),
    )
    .order_by(journal_body.c.position, journal_body.c.ordinal)
)
_ERASE = Prepared(
    sa.delete(journal_body).where(
        journal_body.c.establishment == sa.bindparam("establishment"),
        journal_body.c.position == sa.bindparam("position"),
        journal_body.c.ordinal == sa.bindparam("ordinal"),
    )
)
STATEMENTS = (_ADDRESSES, _FORGET_ADDRESSES, _AFTER, _BODIES, _ABOUT, _HEAD, _OF_COMMAND)
"""For the test that keeps them free of scans."""


def head(connection: sa.Connection, establishment: str) -> Head:
    """Where the journal stands; position 0 when it is empty."""
    row = _HEAD.first(connection, establishment=establishment)
    return Head(0, "") if row is None else Head(row.position, row.hash)


def hash_at(connection: sa.Connection, establishment: str, position: int) -> str:
    """The hash of one entry; empty when it is not there."""
    rows = _AFTER.all(connection, establishment=establishment, after=position - 1, most=1)
    return rows[0].hash if rows and rows[0].position == position else ""


def seal(establishment: str, entry: Entry, *, after: Head, address: str = "") -> Sealed:
    """The rows of an entry at the position that follows; the caller holds the establishment's lock.

    `address` is where the command came from, empty for what this machine does by itself.
    """
    bodies = [_body(establishment, after.position + 1, at, fact) for at, fact in enumerate(entry.facts)]
    origin = _origin(establishment, after.position + 1, address) if address else None
    header = _Header(
        establishment=establishment,
        position=after.position + 1,
        at=entry.at,
        author=entry.author,
        desk=entry.desk,
        address_mark=_mark(origin["salt"], address.encode()) if origin else "",
        command_id=entry.command_id,
        command_kind=entry.command_kind,
        scope=_encode(entry.scope).decode(),
        refusal=entry.refusal,
        field=entry.field,
        digest=_digest([_mark(body["salt"], body["body"]) for body in bodies]),
        previous=after.hash,
    )
    return Sealed(header, bodies, origin, Head(header.position, _hash(header)))


def append(connection: sa.Connection, sealed: Sequence[Sealed]) -> None:
    """Write entries that follow each other, with their bodies."""
    _APPEND.run_many(
        connection, [msgspec.structs.asdict(one.header) | {"hash": one.head.hash} for one in sealed]
    )
    if bodies := [body for one in sealed for body in one.bodies]:
        _APPEND_BODY.run_many(connection, bodies)
    if origins := [one.address for one in sealed if one.address is not None]:
        _APPEND_ADDRESS.run_many(connection, origins)


def find_command(connection: sa.Connection, establishment: str, command_id: str) -> Any | None:
    """The entry that a command already left."""
    return _OF_COMMAND.first(connection, establishment=establishment, command_id=command_id)


def read_entries(connection: sa.Connection, establishment: str, *, after: int, most: int) -> list[Entry]:
    """The entries that follow a position, in order; an unknown fact is kept raw."""
    rows = _AFTER.all(connection, establishment=establishment, after=after, most=most)
    if not rows:
        return []
    bodies = _raw_bodies(connection, establishment, rows[0].position, rows[-1].position)
    return [_read(row, bodies.get(row.position, [])) for row in rows]


def bodies_at(rows: Iterable[Row]) -> tuple[ErasedBody, ...]:
    """The bodies of these rows, each with its mark."""
    return tuple(ErasedBody(row.position, row.ordinal, _mark(row.salt, row.body)) for row in rows)


def find_bodies(connection: sa.Connection, establishment: str, subjects: Iterable[str]) -> list[ErasedBody]:
    """Where the bodies about these persons and contacts are, each with its mark."""
    found = (
        row
        for subject in subjects
        for row in _ABOUT.all(connection, establishment=establishment, subject=subject)
    )
    return list(bodies_at(found))


def read_about(
    connection: sa.Connection, establishment: str, subjects: Iterable[str]
) -> list[tuple[int, bytes]]:
    """What is kept about these persons, contacts and promises: positions and bodies, in order."""
    rows = (
        row
        for subject in subjects
        for row in _ABOUT.all(connection, establishment=establishment, subject=subject)
    )
    return [
        (row.position, bytes(row.body)) for row in sorted(rows, key=lambda row: (row.position, row.ordinal))
    ]


def erase_bodies(connection: sa.Connection, establishment: str, bodies: Iterable[ErasedBody]) -> None:
    """Delete bodies with their salts; their entries stay, and verify by the marks that were declared."""
    for body in bodies:
        bound = {"establishment": establishment, "position": body.position, "ordinal": body.ordinal}
        _ERASE.run(connection, bound)


def forget_addresses(connection: sa.Connection, establishment: str, *, last: int) -> None:
    """Delete where the commands up to a position came from, with the salts; their entries stay."""
    _FORGET_ADDRESSES.run(connection, {"establishment": establishment, "last": last})


def read_erasures(connection: sa.Connection, establishment: str) -> list[PersonErased]:
    """Every person that the journal declares erased, the first one first."""
    return [fact for fact in read_declared(connection, establishment) if isinstance(fact, PersonErased)]


Declared: TypeAlias = PersonErased | CallForgotten | ReadsForgotten
"""What says that bodies of the journal were deleted."""


def read_declared(connection: sa.Connection, establishment: str) -> list[Declared]:
    """Every declaration of what was deleted, the first one first."""
    rows = [
        row
        for subject in (ERASURES, READ_ERASURES)
        for row in _ABOUT.all(connection, establishment=establishment, subject=subject)
    ]
    declared, _ = decode_facts([bytes(row.body) for row in rows])
    return [fact for fact in declared if isinstance(fact, Declared)]


def verify(connection: sa.Connection, establishment: str) -> FirstFault | None:
    """Follow the chain from its first entry; None when every entry is what it was.

    A body that is missing is an alteration, unless its erasure is declared with its mark; so is an
    address, unless the journal says that those of its time were let go.
    """
    previous, expected = "", 1
    erased: dict[int, dict[int, str]] = {}
    declared = read_declared(connection, establishment)
    for body in (body for fact in declared for body in fact.bodies):
        erased.setdefault(body.position, {})[body.ordinal] = body.mark
    let_go = max((fact.seen for fact in declared if isinstance(fact, ReadsForgotten)), default=0)
    while rows := _headers_after(connection, establishment, expected - 1):
        first, last = rows[0]["position"], rows[-1]["position"]
        bodies = _raw_bodies(connection, establishment, first, last)
        origins = _address_marks(connection, establishment, first, last)
        for row in rows:
            position = row["position"]
            marks = _marks(bodies.get(position, []), erased.get(position, {}))
            origin = origins.get(position, row["address_mark"] if position <= let_go else "")
            if fault := _fault(row, marks, expected, previous) or _origin_fault(row, origin):
                return FirstFault(position, fault)
            previous, expected = row["hash"], row["position"] + 1
    return None


def _headers_after(connection: sa.Connection, establishment: str, position: int) -> list[dict[str, Any]]:
    rows = _AFTER.all(connection, establishment=establishment, after=position, most=1000)
    return list(map(msgspec.structs.asdict, rows))


def _marks(bodies: list[Any], erased: dict[int, str]) -> list[str]:
    """An entry's marks in their order: those of the bodies present, and those declared for the others."""
    marks = erased | {body.ordinal: _mark(body.salt, body.body) for body in bodies}
    return [mark for _, mark in sorted(marks.items())]


def _fault(row: dict[str, Any], marks: list[str], expected: int, previous: str) -> str:
    if row["position"] != expected:
        return "an entry is missing before it"
    if row["previous"] != previous:
        return "it does not follow the entry before it"
    if _hash(_Header(**{name: row[name] for name in row if name != "hash"})) != row["hash"]:
        return "its header was altered"
    if _digest(marks) != row["digest"]:
        return "its facts were altered"
    return ""


def _origin_fault(row: dict[str, Any], mark: str) -> str:
    return "" if mark == row["address_mark"] else "where it came from was altered"


def _origin(establishment: str, position: int, address: str) -> dict[str, Any]:
    salt = secrets.token_bytes(SALT_BYTES)
    return {"establishment": establishment, "position": position, "salt": salt, "address": address}


def _address_marks(connection: sa.Connection, establishment: str, first: int, last: int) -> dict[int, str]:
    rows = _ADDRESSES.all(connection, establishment=establishment, first=first, last=last)
    return {row.position: _mark(row.salt, row.address.encode()) for row in rows}


def _body(establishment: str, position: int, ordinal: int, fact: AnyFact) -> dict[str, Any]:
    return {
        "establishment": establishment,
        "position": position,
        "ordinal": ordinal,
        "subject": subject_of(fact),
        "salt": secrets.token_bytes(SALT_BYTES),
        "body": _encode(fact),
    }


def _mark(salt: bytes, body: bytes) -> str:
    return hashlib.sha256(salt + body).hexdigest()


def _digest(marks: list[str]) -> str:
    return hashlib.sha256("".join(marks).encode()).hexdigest()


def _hash(header: _Header) -> str:
    return hashlib.sha256(_encode(header)).hexdigest()


def _raw_bodies(connection: sa.Connection, establishment: str, first: int, last: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for body in _BODIES.all(connection, establishment=establishment, first=first, last=last):
        found.setdefault(body.position, []).append(body)
    return found


def _read(row: Any, bodies: list[Any]) -> Entry:
    facts, unknown = decode_facts([bytes(body.body) for body in bodies])
    return Entry(
        position=row.position,
        command_id=row.command_id,
        command_kind=row.command_kind,
        author=row.author,
        desk=row.desk,
        at=row.at,
        scope=_decode_scope(row.scope),
        facts=facts,
        unknown_facts=unknown,
        refusal=row.refusal,
        field=row.field,
    )


def decode_facts(bodies: list[bytes]) -> tuple[tuple[AnyFact, ...], tuple[msgspec.Raw, ...]]:
    """Facts one by one: what this version does not know is kept raw and not lost."""
    facts: list[AnyFact] = []
    unknown: list[msgspec.Raw] = []
    for body in bodies:
        try:
            facts.append(_decode_fact(body))
        except msgspec.ValidationError:
            unknown.append(msgspec.Raw(body))
    return tuple(facts), tuple(unknown)
