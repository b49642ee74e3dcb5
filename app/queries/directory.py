"""Who can be reached, who is on duty, and what a service tells: read at each key, offline too (R28)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.directory import DIRECTOR, searchable
from app.domain.words import EntryKind
from app.store import tables
from app.store.prepared import Prepared, given

MOST_FOUND = 50
LEAST_LETTERS = 2
_KNOWN_FOR = timedelta(days=8)
_ORDER = {EntryKind.SERVICE: 0, EntryKind.PERSON: 1, EntryKind.FUNCTION: 2}


class EntryFound(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the directory; a mobile that may not be seen is the word `masked`."""

    entry: str
    kind: EntryKind
    name: str
    detail: str
    extension: str = ""
    dect: str = ""
    mobile: str = ""
    service: str = ""
    on_duty_until: datetime | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one search."""

    text: str
    rows: tuple[EntryFound, ...] = ()
    count: int = 0


class OnDuty(msgspec.Struct, frozen=True, kw_only=True):
    """One specialty now: who, until when; a hole has no `who`, and `instead` says whom to call."""

    specialty: str
    who: str = ""
    number: str = ""
    until: datetime | None = None
    instead: str = ""

    @property
    def is_hole(self) -> bool:
        """Whether nobody is on duty."""
        return not self.who


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """« Qui est de garde ? »: holes first, then by specialty, the director last."""

    at: datetime
    rows: tuple[OnDuty, ...] = ()

    @property
    def holes(self) -> int:
        """How many specialties nobody answers for."""
        return sum(row.is_hole for row in self.rows)


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A service sheet as it was published, with the name and extension of its entry."""

    entry: str
    name: str
    extension: str
    hours: str = ""
    access: str = ""
    remarks: str = ""
    calls: str = ""
    say: str = ""
    never_say: str = ""
    chain: str = ""
    author: str = ""
    written_on: str = ""
    valid_until: str = ""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """When the directory was last read, and how many entries it had."""

    at: datetime | None = None
    count: int = 0


def search_directory(
    connection: sa.Connection, establishment: str, text: str, *, kind: str, now: datetime
) -> Found:
    """Entries whose words begin as each word typed does: services, persons, functions in this order.

    Within a kind: those whose name begins so, then those on duty, then by name. Nothing under two letters.
    """
    wanted = searchable(text).split()
    if sum(map(len, wanted)) < LEAST_LETTERS:
        return Found(text=text)
    longest = max(wanted, key=len)
    rows = _MATCHING.all(connection, establishment=establishment, start=f"% {longest}%")
    fitting = [row for row in rows if _fits(row, wanted, kind)]
    on_duty = {row.who: row.ends_at for row in _now(connection, establishment, now)}
    found = sorted((_found(row, on_duty) for row in fitting), key=lambda one: _place(one, wanted))
    return Found(text=text, rows=tuple(found[:MOST_FOUND]), count=len(found))


def who_is_on_duty(connection: sa.Connection, establishment: str, *, now: datetime) -> Duty:
    """Each specialty that the roster knows around now, with who answers or until when nobody does."""
    shifts = _around(connection, establishment, now)
    numbers = _numbers(connection, establishment, {shift.who for shift in shifts})
    director = _director(connection, establishment)
    by_specialty: dict[str, list[Any]] = {}
    for shift in shifts:
        by_specialty.setdefault(shift.specialty, []).append(shift)
    rows = [_duty(name, of, now, numbers, director) for name, of in by_specialty.items()]
    rows.sort(key=lambda row: (not row.is_hole, row.specialty == DIRECTOR, searchable(row.specialty)))
    return Duty(at=now, rows=tuple(rows))


def read_entry(
    connection: sa.Connection, establishment: str, entry: str, *, now: datetime
) -> EntryFound | None:
    """One line of the directory."""
    row = _ENTRY.first(connection, establishment=establishment, entry=entry)
    on_duty = {shift.who: shift.ends_at for shift in _now(connection, establishment, now)}
    return None if row is None else _found(row, on_duty)


def service_sheet(connection: sa.Connection, establishment: str, entry: str) -> Sheet | None:
    """The sheet of an entry; without one, its bare name and extension."""
    row = _ENTRY.first(connection, establishment=establishment, entry=entry)
    if row is None:
        return None
    sheet = _SHEET.first(connection, establishment=establishment, entry=entry)
    told = {} if sheet is None else {name: getattr(sheet, name) for name in _TOLD}
    return Sheet(entry=entry, name=row.name, extension=row.extension, **told)


def last_import(connection: sa.Connection, establishment: str) -> Imported:
    """When the directory was read; never, when it was not."""
    row = _IMPORT.first(connection, establishment=establishment, source="directory")
    return Imported() if row is None else Imported(at=row.imported_at, count=row.count)


def _fits(row: Any, wanted: list[str], kind: str) -> bool:
    return (not kind or row.kind == kind) and all(f" {start}" in row.words for start in wanted)


def _found(row: Any, on_duty: dict[str, datetime]) -> EntryFound:
    return EntryFound(
        entry=row.id,
        kind=EntryKind(row.kind),
        name=row.name,
        detail=row.detail,
        extension=row.extension,
        dect=row.dect,
        mobile=row.mobile,
        service=row.service,
        on_duty_until=on_duty.get(row.name),
    )


def _place(one: EntryFound, wanted: list[str]) -> tuple[int, bool, bool, str]:
    name = searchable(one.name)
    is_by_name = any(f" {start}" in name for start in wanted)
    return _ORDER[one.kind], not is_by_name, one.on_duty_until is None, name


def _around(connection: sa.Connection, establishment: str, now: datetime) -> list[Any]:
    bound = {"establishment": establishment, "since": now - _KNOWN_FOR, "until": now + _KNOWN_FOR}
    return _SHIFTS.all(connection, **bound)


def _now(connection: sa.Connection, establishment: str, now: datetime) -> Iterable[Any]:
    bound = {"establishment": establishment, "since": now, "until": now}
    return _SHIFTS.all(connection, **bound)


def _duty(specialty: str, shifts: list[Any], now: datetime, numbers: dict[str, str], director: str) -> OnDuty:
    here = [shift for shift in shifts if shift.starts_at <= now < shift.ends_at]
    if here:
        last = max(here, key=lambda shift: shift.starts_at)
        return OnDuty(
            specialty=specialty,
            who=last.who,
            number=last.number or numbers.get(last.who, ""),
            until=last.ends_at,
        )
    following = min((shift.starts_at for shift in shifts if shift.starts_at > now), default=None)
    return OnDuty(specialty=specialty, until=following, instead=director)


def _numbers(connection: sa.Connection, establishment: str, names: set[str]) -> dict[str, str]:
    """The DECT, else the extension, of who is on duty, by name."""
    found = (
        (name, _NAMED.first(connection, establishment=establishment, name=name)) for name in sorted(names)
    )
    return {name: row.dect or row.extension for name, row in found if row is not None}


def _director(connection: sa.Connection, establishment: str) -> str:
    row = _NAMED.first(connection, establishment=establishment, name=DIRECTOR)
    return "" if row is None else row.extension


_e, _d, _s, _i = (
    tables.directory_entry.c,
    tables.duty_shift.c,
    tables.service_sheet.c,
    tables.directory_import.c,
)
_TOLD = (
    "hours",
    "access",
    "remarks",
    "calls",
    "say",
    "never_say",
    "chain",
    "author",
    "written_on",
    "valid_until",
)
_LINE = sa.select(
    _e.id, _e.kind, _e.name, _e.detail, _e.extension, _e.dect, _e.mobile, _e.service, _e.words
).where(_e.establishment == given("establishment"))
_MATCHING = Prepared(_LINE.where(_e.words.like(sa.bindparam("start", type_=sa.Text))))
_ENTRY = Prepared(_LINE.where(_e.id == given("entry")))
_NAMED = Prepared(_LINE.where(_e.name == given("name")).order_by(_e.id).limit(sa.literal_column("1")))
_SHIFTS = Prepared(
    sa.select(_d.specialty, _d.who, _d.number, _d.starts_at, _d.ends_at)
    .where(
        _d.establishment == given("establishment"),
        _d.ends_at > sa.bindparam("since", type_=tables.UtcAt()),
        _d.starts_at <= sa.bindparam("until", type_=tables.UtcAt()),
    )
    .order_by(_d.starts_at)
)
_SHEET = Prepared(
    sa.select(tables.service_sheet).where(
        _s.establishment == given("establishment"), _s.entry == given("entry")
    )
)
_IMPORT = Prepared(
    sa.select(_i.count, _i.imported_at).where(
        _i.establishment == given("establishment"), _i.source == given("source")
    )
)
STATEMENTS = (_MATCHING, _ENTRY, _NAMED, _SHIFTS, _SHEET, _IMPORT)
"""For the test that keeps them free of scans."""
