"""Records that may be one human, side by side before anybody decides, and what is to be sorted."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.domain.consent import Preference
from app.domain.doubles import DoubleState, Likeness, Record, Strength, likeness
from app.domain.words import CaseState, Channel
from app.store import tables
from app.store.consents import read_preferences, read_stops
from app.store.doubles import CONTACT, pair
from app.store.prepared import Prepared, Row, constant, given, given_number

MOST = 50
"""Doubles of one person, or signalled pairs, told at once."""
_MOST_LOOKED_AT = 200


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One record as it is compared: its traits, its numbers today, and how much would be regrouped.

    `stops` are the numbers that said STOP, by what channel and when.
    """

    person: str
    traits: Record
    identity_status: str
    numbers: tuple[str, ...]
    contacts: int
    open_demands: int
    promises: int
    is_merged: bool = False
    postcode: str = ""
    preferred_channel: str = ""
    preferred_hours: str = ""
    preferences: tuple[Preference, ...] = ()
    stops: tuple[tuple[str, Channel, datetime], ...] = ()


class Double(msgspec.Struct, frozen=True, kw_only=True):
    """A record that may be of the same human; `likeness` is None where only somebody says so.

    `is_compared` when whoever signalled it had verified the caller and compared the traits.
    """

    side: Side
    likeness: Likeness | None
    is_signalled: bool = False
    is_compared: bool = False


class Doubles(msgspec.Struct, frozen=True, kw_only=True):
    """A record, those already merged into it, and those that may be, the likeliest first."""

    kept: Side
    merged: tuple[Side, ...] = ()
    doubles: tuple[Double, ...] = ()


class SignalledPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two records that somebody holds to be of one human."""

    person: str
    other: str
    by: str
    signalled_at: datetime
    names: tuple[str, str] = ("", "")


class ToSort(msgspec.Struct, frozen=True, kw_only=True):
    """What came while `person` pointed to `was`: a contact or a promise (`kind`), held by one of them now.

    `names` are theirs in that order; a contact has its `channel`, a promise `what` was promised.
    """

    item: str
    kind: str
    person: str
    was: str
    parted_at: datetime
    names: tuple[str, str] = ("", "")
    held_by: str = ""
    at: datetime | None = None
    channel: str = ""
    direction: str = ""
    what: str = ""


class ToDecide(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for whoever decides of identities, the oldest first."""

    signalled: tuple[SignalledPair, ...]
    to_sort: tuple[ToSort, ...]


def doubles_of(connection: sa.Connection, establishment: str, person: str) -> Doubles | None:
    """Whoever may be the same human as this one; None of somebody unknown or protected (rules R5).

    Who was decided to be somebody else, is protected, or is merged elsewhere is not proposed.
    """
    reading = _Reading(connection, establishment)
    row = reading.row(person)
    row = reading.row(row.same_as) if row is not None and row.same_as else row
    if row is None or row.protection:
        return None
    kept, merged = reading.side(row), [reading.row(one.id) for one in reading.all(_MERGED, person=row.id)]
    found = [
        double for other in reading.candidates(row, kept) if (double := reading.double(row, kept, other))
    ]
    return Doubles(
        kept=kept,
        merged=tuple(reading.side(one) for one in merged if one is not None),
        doubles=tuple(sorted(found, key=_rank)[:MOST]),
    )


def to_decide(connection: sa.Connection, establishment: str) -> ToDecide:
    """The pairs signalled and not decided, and what is to be sorted; the protected are absent (rules R5)."""
    reading = _Reading(connection, establishment)
    signalled = reading.all(_SIGNALLED, state=DoubleState.SIGNALLED, most=MOST)
    return ToDecide(
        signalled=tuple(
            SignalledPair(person=row.person, other=row.other, by=row.by, signalled_at=row.at, names=names)
            for row in signalled
            if (names := reading.names(row.person, row.other)) is not None
        ),
        to_sort=tuple(
            reading.to_sort(row, names)
            for row in reading.all(_TO_SORT, most=MOST)
            if (names := reading.names(row.person, row.was)) is not None
        ),
    )


class _Reading:
    """Some records of one establishment, at one moment."""

    def __init__(self, connection: sa.Connection, establishment: str) -> None:
        self._connection = connection
        self._establishment = establishment

    def all(self, statement: Prepared, **bound: str | int) -> list[Row]:
        return statement.all(self._connection, establishment=self._establishment, **bound)

    def row(self, person: str) -> Row | None:
        return _PERSON.first(self._connection, establishment=self._establishment, person=person)

    def names(self, one: str, other: str) -> tuple[str, str] | None:
        """How both are called, with the file number if any; None when one of them is nobody here."""
        first, second = self.row(one), self.row(other)
        if first is None or second is None or first.protection or second.protection:
            return None
        return _name(first), _name(second)

    def to_sort(self, row: Row, names: tuple[str, str]) -> ToSort:
        """A contact or a promise that waits, told apart by when it came and what it was."""
        waiting = ToSort(
            item=row.item,
            kind=row.kind,
            person=row.person,
            was=row.was,
            parted_at=row.parted_at,
            names=names,
        )
        for found in self.all(_CONTACT if row.kind == CONTACT else _PROMISE, item=row.item):
            told = {name: getattr(found, name) for name in ("at", "channel", "direction", "what")}
            return msgspec.structs.replace(waiting, held_by=found.person or "", **told)
        return waiting

    def side(self, row: Row) -> Side:
        (counts,) = self.all(_COUNTS, person=row.id)
        return Side(
            person=row.id,
            traits=record_of(row),
            identity_status=row.identity_status,
            numbers=tuple(each.number for each in self.all(_NUMBERS, person=row.id)),
            contacts=counts.contacts,
            open_demands=counts.open_demands,
            promises=counts.promises,
            is_merged=row.same_as is not None,
            postcode=row.postcode,
            preferred_channel=row.preferred_channel,
            preferred_hours=row.preferred_hours,
            preferences=read_preferences(self._connection, self._establishment, row.id),
            stops=read_stops(self._connection, self._establishment, row.id),
        )

    def candidates(self, row: Row, kept: Side) -> list[Row]:
        """Whoever shares a birth date, both names or a number, or was signalled."""
        most = {"most": _MOST_LOOKED_AT}
        found = [each.id for each in self.all(_BORN, birth_date=row.birth_date, **most) if row.birth_date]
        found += [
            each.id
            for each in self.all(_NAMED, birth_name=row.birth_name, given_name=row.first_given_name, **most)
            if row.birth_name and row.first_given_name
        ]
        found += [each.person for number in kept.numbers for each in self.all(_USERS, number=number, **most)]
        found += [each.id for each in self.all(_SAID_OF, person=row.id, **most)]
        rows = (self.row(each) for each in dict.fromkeys(found) if each != row.id)
        return [each for each in rows if each is not None and not each.protection and each.same_as is None]

    def double(self, row: Row, kept: Side, other: Row) -> Double | None:
        decided = next(iter(self.all(_DECIDED, **pair(row.id, other.id))), None)
        state = "" if decided is None else decided.state
        side = self.side(other)
        shared = set(kept.numbers).intersection(side.numbers)
        found = likeness(record_of(row), side.traits, shared_numbers=shared)
        is_signalled = state == DoubleState.SIGNALLED
        if state == DoubleState.REJECTED or (found is None and not is_signalled):
            return None
        is_compared = is_signalled and decided is not None and decided.compared_at is not None
        return Double(side=side, likeness=found, is_signalled=is_signalled, is_compared=is_compared)


def record_of(row: Row) -> Record:
    """The traits of a person's row."""
    return Record(**{name: getattr(row, name) for name in Record.__struct_fields__})


def _name(row: Row) -> str:
    name = f"{row.birth_name} {row.first_given_name}".strip()
    return f"{name}, {row.ipp}" if row.ipp else name


def _rank(double: Double) -> tuple[bool, int, int, str]:
    found = double.likeness
    strength = len(Strength) if found is None else list(Strength).index(found.strength)
    return not double.is_signalled, strength, 0 if found is None else -found.same, double.side.person


_p, _n, _d, _t = tables.person.c, tables.person_number.c, tables.double.c, tables.triage.c
_HERE = given("establishment")


def _ids(*where: sa.ColumnElement[bool]) -> Prepared:
    return Prepared(sa.select(_p.id).where(_p.establishment == _HERE, *where).limit(given_number("most")))


def _count(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    of_person = (table.c.establishment == _HERE, table.c.person == given("person"))
    return sa.select(sa.func.count()).select_from(table).where(*of_person, *where).scalar_subquery()


def _is_in(column: sa.ColumnElement[str], states: Iterable[str]) -> sa.ColumnElement[bool]:
    return column.in_([constant(state) for state in states])


_PERSON = Prepared(sa.select(tables.person).where(_p.establishment == _HERE, _p.id == given("person")))
_MERGED = Prepared(sa.select(_p.id).where(_p.establishment == _HERE, _p.same_as == given("person")))
_BORN = _ids(_p.birth_date == given("birth_date"))
_NAMED = _ids(_p.birth_name == given("birth_name"), _p.first_given_name == given("given_name"))
_NUMBERS = Prepared(
    sa.select(_n.number)
    .where(_n.establishment == _HERE, _n.person == given("person"), _n.until == constant(""))
    .order_by(_n.number)
)
_USERS = Prepared(
    sa.select(_n.person)
    .where(_n.establishment == _HERE, _n.number == given("number"), _n.until == constant(""))
    .limit(given_number("most"))
)
_COUNTS = Prepared(
    sa.select(
        _count(tables.timeline).label("contacts"),
        _count(tables.case, tables.case.c.state == constant(CaseState.OPEN)).label("open_demands"),
        _count(tables.commitment, _is_in(tables.commitment.c.state, PENDING)).label("promises"),
    )
)
_DECIDED = Prepared(
    sa.select(_d.state, _d.compared_at).where(
        _d.establishment == _HERE, _d.person == given("person"), _d.other == given("other")
    )
)
_SAID_OF = Prepared(
    sa.select(_d.other.label("id"))
    .where(_d.establishment == _HERE, _d.person == given("person"))
    .union_all(sa.select(_d.person).where(_d.establishment == _HERE, _d.other == given("person")))
    .limit(given_number("most"))
)
_SIGNALLED = Prepared(
    sa.select(_d.person, _d.other, _d.by, _d.at)
    .where(_d.establishment == _HERE, _d.state == given("state"))
    .order_by(_d.at, _d.person)
    .limit(given_number("most"))
)
_TO_SORT = Prepared(
    sa.select(_t.item, _t.kind, _t.person, _t.was, _t.parted_at)
    .where(_t.establishment == _HERE)
    .order_by(_t.parted_at, _t.item)
    .limit(given_number("most"))
)
_c, _m = tables.contact.c, tables.commitment.c
_CONTACT = Prepared(
    sa.select(_c.person, _c.at, _c.channel, _c.direction, constant("").label("what")).where(
        _c.establishment == _HERE, _c.id == given("item")
    )
)
_PROMISE = Prepared(
    sa.select(_m.person, _m.made_at.label("at"), _m.channel, constant("").label("direction"), _m.what).where(
        _m.establishment == _HERE, _m.id == given("item")
    )
)
STATEMENTS = (
    *(_CONTACT, _PROMISE),
    *(_PERSON, _MERGED, _BORN, _NAMED, _NUMBERS, _USERS, _COUNTS, _DECIDED, _SAID_OF, _SIGNALLED, _TO_SORT),
)
"""For the test that keeps them free of scans."""
