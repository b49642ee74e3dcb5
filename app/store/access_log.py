"""Who read which record, when and why: its own chain, kept twelve months (rules R22, R25)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.access_facts import GlassBroken
from app.domain.erasure_facts import ReadsForgotten
from app.domain.facts import AnyFact, PersonExported, PersonOpened
from app.store import journal
from app.store.journal import FirstFault, Head
from app.store.prepared import Prepared
from app.store.tables import access_log

SEARCHED, TEAM_FIGURES, LISTENED = "searched", "team_figures", "listened"
EARLIER_CALLS = "earlier_calls"
"""What else may be of a contact's person was looked up over the whole house."""
JOURNAL_READ = "journal_read"
"""Who did what about a person was looked up, not what is kept of them."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of the server's: a search, a voicemail, teams' figures; `shown` is how many rows it had.

    A search without a `reason` stayed within the services of its author. `address` is the network's;
    of a read that a command tells, the journal has it.
    """

    at: datetime
    author: str
    reason: str
    shown: int
    act: str = SEARCHED
    address: str = ""
    person: str = ""
    contact: str | None = None


_LAST = Prepared(
    sa.select(access_log.c.position, access_log.c.hash)
    .where(access_log.c.establishment == sa.bindparam("establishment"))
    .order_by(access_log.c.position.desc())
    .limit(1)
)
_APPEND = Prepared(sa.insert(access_log))
_AFTER = Prepared(
    sa.select(access_log)
    .where(
        access_log.c.establishment == sa.bindparam("establishment"),
        access_log.c.position > sa.bindparam("after"),
    )
    .order_by(access_log.c.position)
    .limit(1000)
)
_FORGET = Prepared(
    sa.delete(access_log).where(
        access_log.c.establishment == sa.bindparam("establishment"),
        access_log.c.position <= sa.bindparam("last"),
    )
)


def append(connection: sa.Connection, establishment: str, facts: Iterable[AnyFact]) -> None:
    """Trace the reads among these facts: the record opened, and those only proposed."""
    for fact in facts:
        if isinstance(fact, PersonOpened):
            _write(connection, _row(establishment, fact, fact.person, act="opened"))
            for person in fact.proposed:
                _write(connection, _row(establishment, fact, person, act="proposed"))
        elif isinstance(fact, GlassBroken | PersonExported):
            _write(connection, _whole(establishment, fact))


def _whole(establishment: str, fact: GlassBroken | PersonExported) -> dict[str, Any]:
    """The whole record was read: it went to the desk, or to the person."""
    is_export = isinstance(fact, PersonExported)
    return {
        "establishment": establishment,
        "at": fact.exported_at if is_export else fact.broken_at,
        "author": fact.by,
        "person": fact.person,
        "contact": None if is_export else fact.contact,
        "reason": fact.reason,
        "act": "exported" if is_export else "glass_broken",
        "address": "",
        "shown": 0,
    }


def _row(establishment: str, fact: PersonOpened, person: str, *, act: str) -> dict[str, Any]:
    return {
        "establishment": establishment,
        "at": fact.opened_at,
        "author": fact.by,
        "person": person,
        "contact": fact.contact,
        "reason": fact.reason,
        "act": act,
        "address": "",
        "shown": 0,
    }


def append_readings(connection: sa.Connection, establishment: str, readings: Iterable[Reading]) -> None:
    """Trace answers: who, when, why and how many rows were shown; never what was typed."""
    for reading in readings:
        _write(connection, {"establishment": establishment} | msgspec.structs.asdict(reading))


def verify(connection: sa.Connection, establishment: str) -> FirstFault | None:
    """Follow the chain from its first read, or from where the journal says that older ones went.

    None when every read is what it was.
    """
    began = _began(connection, establishment)
    position, previous = began.position, began.hash
    while rows := _AFTER.all(connection, establishment=establishment, after=position):
        for row in map(msgspec.structs.asdict, rows):
            if fault := _fault(row, expected=position + 1, previous=previous):
                return FirstFault(row["position"], fault)
            position, previous = row["position"], row["hash"]
    return None


def _began(connection: sa.Connection, establishment: str) -> Head:
    """What the reads that are kept follow."""
    declared = journal.read_declared(connection, establishment)
    forgotten = [fact for fact in declared if isinstance(fact, ReadsForgotten)]
    return Head(forgotten[-1].last, forgotten[-1].hash) if forgotten else Head(0, "")


def head(connection: sa.Connection, establishment: str) -> Head:
    """The last read, or what it would follow."""
    last = _LAST.first(connection, establishment=establishment)
    return _began(connection, establishment) if last is None else Head(last.position, last.hash)


def is_forgotten(connection: sa.Connection, establishment: str, position: int) -> bool:
    """Whether the journal declares that this read was let go."""
    return 0 < position < _began(connection, establishment).position


def hash_at(connection: sa.Connection, establishment: str, position: int) -> str:
    """The hash of one read, or of what those that are kept follow; empty when it is not there."""
    began = _began(connection, establishment)
    row = _AFTER.first(connection, establishment=establishment, after=position - 1)
    if row is not None and row.position == position:
        return row.hash
    return began.hash if began.position == position else ""


def _fault(row: dict[str, Any], *, expected: int, previous: str) -> str:
    if row["position"] != expected:
        return "a read is missing before it"
    if row["previous"] != previous:
        return "it does not follow the read before it"
    is_same = _hash({name: row[name] for name in row if name != "hash"}) == row["hash"]
    return "" if is_same else "it was altered"


def forget(connection: sa.Connection, establishment: str, *, last: int) -> None:
    """Delete the reads up to a position; the journal declares the hash that the chain goes on from."""
    _FORGET.run(connection, {"establishment": establishment, "last": last})


def _write(connection: sa.Connection, row: dict[str, Any]) -> None:
    last = head(connection, row["establishment"])
    chained = row | {"position": last.position + 1, "previous": last.hash}
    _APPEND.run(connection, chained | {"hash": _hash(chained)})


def _hash(row: dict[str, Any]) -> str:
    ordered = {name: row[name] for name in sorted(row)}
    return hashlib.sha256(msgspec.json.encode(ordered)).hexdigest()
