"""Find a person by what the caller says: birth date, names, telephone, file number."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.motives import plain
from app.domain.words import Channel, IdentityDoubt
from app.store import tables
from app.store.prepared import Prepared, Row, constant, given, in_slots, slots


class FoundPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the results: strict traits, and when we last spoke."""

    person: str
    birth_name: str
    first_given_name: str
    used_name: str
    birth_date: str
    sex: str
    birth_place: str
    is_homonym: bool = False
    last_at: datetime | None = None
    last_channel: Channel | None = None


class FoundPersons(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one search; `has_more` when it was cut at the limit."""

    rows: tuple[FoundPerson, ...] = ()
    has_more: bool = False


class PersonQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, already parsed: an ISO birth date, name prefixes, a number or an IPP."""

    birth_date: str = ""
    birth_name: str = ""
    first_given_name: str = ""
    number: str = ""
    ipp: str = ""


def search_persons(
    connection: sa.Connection, establishment: str, question: PersonQuestion, *, limit: int = 20
) -> FoundPersons:
    """Visible persons by number, file number, birth date or name; nothing for an empty question.

    Names are compared by their beginnings, without accents. A birth date may be incomplete
    (« 1988 ») beside a name.
    """
    rows = list(islice(_matching(connection, establishment, question), limit + 1))
    shown = rows[:limit]
    last = _last_contacts(connection, establishment, [row.id for row in shown])
    alike = Counter(map(_strict, shown))
    found = [_found(row, last.get(row.id), is_homonym=_is_homonym(row, alike)) for row in shown]
    return FoundPersons(rows=tuple(sorted(found, key=_order)), has_more=len(rows) > limit)


def _matching(connection: sa.Connection, establishment: str, question: PersonQuestion) -> Iterator[Row]:
    name = plain(question.birth_name).upper().strip()
    first = plain(question.first_given_name).strip()
    born = question.birth_date
    for row in _asked(connection, establishment, question, name):
        fits = row.birth_name.startswith(name) and row.birth_date.startswith(born)
        if fits and plain(row.first_given_name).startswith(first) and not row.same_as:
            yield row


def _asked(
    connection: sa.Connection, establishment: str, question: PersonQuestion, name: str
) -> Iterator[Row]:
    """Rows from the index that narrows most."""
    known = {"establishment": establishment}
    if question.number:
        return _BY_NUMBER.each(connection, **known, number=question.number)
    if question.ipp:
        return _BY_IPP.each(connection, **known, ipp=question.ipp)
    if len(question.birth_date) == _FULL_DATE:
        return _BY_BIRTH.each(connection, **known, birth_date=question.birth_date)
    if name:
        return _BY_NAME.each(connection, **known, name=name, after=_after(name))
    return iter(())


def _after(prefix: str) -> str:
    """The first text beyond all that begins so."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _last_contacts(connection: sa.Connection, establishment: str, persons: list[str]) -> dict[str, Row]:
    return {
        row.person: row
        for part in in_slots(persons)
        for row in _LAST.all(connection, establishment=establishment, **part)
    }


def _is_homonym(row: Row, alike: Counter[tuple[str, str, str]]) -> bool:
    return alike[_strict(row)] > 1 or row.doubt == IdentityDoubt.HOMONYM


def _strict(row: Row) -> tuple[str, str, str]:
    return row.birth_name, plain(row.first_given_name), row.birth_date


def _found(row: Row, last: Row | None, *, is_homonym: bool) -> FoundPerson:
    return FoundPerson(
        person=row.id,
        birth_name=row.birth_name,
        first_given_name=row.first_given_name,
        used_name=row.used_name,
        birth_date=row.birth_date,
        sex=row.sex,
        birth_place=row.birth_place,
        is_homonym=is_homonym,
        last_at=None if last is None else last.at,
        last_channel=None if last is None else Channel(last.channel),
    )


def _order(row: FoundPerson) -> tuple[str, str, str, float]:
    last = 0.0 if row.last_at is None else row.last_at.timestamp()
    return row.birth_name, plain(row.first_given_name), row.birth_date, -last


_p, _c, _line = tables.person.c, tables.contact.c, tables.timeline.c
_FULL_DATE = len("1988-05-12")


def _persons() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(
        _p.id,
        _p.birth_name,
        _p.first_given_name,
        _p.used_name,
        _p.birth_date,
        _p.sex,
        _p.birth_place,
        _p.doubt,
        _p.same_as,
    ).where(_p.establishment == given("establishment"), _p.protection == constant(""))


_BY_NAME = Prepared(
    _persons()
    .where(_p.birth_name >= given("name"), _p.birth_name < given("after"))
    .order_by(_p.birth_name, _p.first_given_name)
)
_BY_BIRTH = Prepared(_persons().where(_p.birth_date == given("birth_date")).order_by(_p.birth_name))
_BY_IPP = Prepared(_persons().where(_p.ipp == given("ipp")))
_BY_NUMBER = Prepared(
    _persons()
    .join(
        tables.person_number,
        sa.and_(
            tables.person_number.c.establishment == _p.establishment, tables.person_number.c.person == _p.id
        ),
    )
    .where(
        tables.person_number.c.establishment == given("establishment"),
        tables.person_number.c.number == given("number"),
        tables.person_number.c.until == constant(""),
    )
)
_newest = (
    sa.select(_line.contact)
    .where(_line.establishment == _p.establishment, _line.person == _p.id)
    .order_by(_line.at.desc())
    .limit(1)
    .scalar_subquery()
)
_LAST = Prepared(
    sa.select(_p.id.label("person"), _c.at, _c.channel)
    .select_from(
        tables.person.join(tables.contact, sa.and_(_c.establishment == _p.establishment, _c.id == _newest))
    )
    .where(_p.establishment == given("establishment"), _p.id.in_(slots()))
)
STATEMENTS = (_BY_NAME, _BY_BIRTH, _BY_IPP, _BY_NUMBER, _LAST)
"""For the test that keeps them free of scans."""
