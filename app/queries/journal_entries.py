"""Who did what, when, at which desk and from where: the journal without what it says of anybody."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.store.prepared import Prepared, Row
from app.store.tables import journal, journal_address, journal_body

_PAGE = 500


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries: each part that is given narrows; `since` is included, `until` is not."""

    since: datetime | None = None
    until: datetime | None = None
    author: str = ""
    kind: str = ""
    address: str = ""
    only_refused: bool = False


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry; `field` is what a refusal is about, or the object of what was typed at the server.

    `address` is empty for what this machine did by itself, and once it was let go of (rules R22).
    """

    position: int
    at: datetime
    author: str
    desk: str
    command_kind: str
    refusal: str
    field: str
    address: str


_BEFORE = Prepared(
    sa.select(
        *(journal.c[name] for name in JournalEntry.__struct_fields__ if name != "address"),
        sa.func.coalesce(journal_address.c.address, "").label("address"),
    )
    .select_from(
        journal.outerjoin(
            journal_address,
            sa.and_(
                journal_address.c.establishment == journal.c.establishment,
                journal_address.c.position == journal.c.position,
            ),
        )
    )
    .where(
        journal.c.establishment == sa.bindparam("establishment"),
        journal.c.position < sa.bindparam("before"),
    )
    .order_by(journal.c.position.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_ABOUT = Prepared(
    sa.select(journal_body.c.position)
    .where(
        journal_body.c.establishment == sa.bindparam("establishment"),
        journal_body.c.subject == sa.bindparam("subject"),
    )
    .distinct()
)
STATEMENTS = (_BEFORE, _ABOUT)
_AFTER_ALL = 2**62


def entries(connection: sa.Connection, establishment: str, asked: Asked) -> Iterator[JournalEntry]:
    """Those asked, the last one first; read as they are taken."""
    return _asked(_back(connection, establishment), asked)


def entries_about(
    connection: sa.Connection, establishment: str, subjects: Iterable[str], asked: Asked
) -> Iterator[JournalEntry]:
    """Those that tell something of these persons, contacts or promises; nothing of what was erased."""
    found = {
        row.position
        for subject in subjects
        for row in _ABOUT.all(connection, establishment=establishment, subject=subject)
    }
    return _asked(_each(connection, establishment, sorted(found, reverse=True)), asked)


def _back(connection: sa.Connection, establishment: str) -> Iterator[Row]:
    before = _AFTER_ALL
    while rows := _BEFORE.all(connection, establishment=establishment, before=before, most=_PAGE):
        yield from rows
        before = rows[-1].position


def _each(connection: sa.Connection, establishment: str, positions: Iterable[int]) -> Iterator[Row]:
    for position in positions:
        yield from _BEFORE.all(connection, establishment=establishment, before=position + 1, most=1)


def _asked(rows: Iterable[Row], asked: Asked) -> Iterator[JournalEntry]:
    for row in rows:
        entry = JournalEntry(**msgspec.structs.asdict(row))
        # A server's clock may have stepped back: no entry is passed over because an older one was met.
        if _is_asked(entry, asked):
            yield entry


def _is_asked(entry: JournalEntry, asked: Asked) -> bool:
    return (
        (asked.since is None or entry.at >= asked.since)
        and (asked.until is None or entry.at < asked.until)
        and asked.author in ("", entry.author)
        and asked.kind in ("", entry.command_kind)
        and asked.address in ("", entry.address)
        and (not asked.only_refused or bool(entry.refusal))
    )
