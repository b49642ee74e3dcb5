"""Everybody's numbers, in the server as they are and in a replica as keyed hashes (rules R24)."""

import secrets
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from app.domain.facts import AnyFact, NumberKeyChanged, PersonErased
from app.domain.marks import as_of_relative, mark_of_number, mark_of_person, pack, unpack
from app.store import tables
from app.store.engine import writing
from app.store.prepared import Prepared, constant, given, given_number

Pair = tuple[str, str]
"""A number in E.164, and who uses it; of somebody close, `as_of_relative`, and to whom."""


def ensure_number_key(engine: sa.Engine, establishment: str) -> None:
    """Give the establishment its key, once."""
    with writing(engine) as connection:
        if read_key(connection, establishment) is None:
            row = {"establishment": establishment, "secret": secrets.token_hex(32)}
            connection.execute(sa.insert(tables.number_key).values(row))


def read_key(connection: sa.Connection, establishment: str) -> bytes | None:
    """The establishment's key, when it has one."""
    row = _KEY.first(connection, establishment=establishment)
    return None if row is None else bytes.fromhex(row.secret)


def read_numbers(connection: sa.Connection, establishment: str, *, after: Pair, most: int) -> list[Pair]:
    """The next numbers in use, without those of persons who may not be known of (rules R5)."""
    bound = {"establishment": establishment, "most": most}
    number, person = after
    if not number.startswith(_FIRST_OF_RELATIVES):
        rows = _NUMBERS.all(connection, **bound, number=number, person=person)
        if rows:
            return [(row.number, row.person) for row in rows]
        number, person = "", ""
    number = number.removeprefix(_FIRST_OF_RELATIVES)
    rows = _OF_RELATIVES.all(connection, **bound, number=number, person=person)
    return [(as_of_relative(row.number), row.person) for row in rows]


def marks_of(connection: sa.Connection, establishment: str, pairs: Iterable[Pair]) -> bytes:
    """Numbers and persons as they travel; nothing where there is no key."""
    key = read_key(connection, establishment)
    return b"" if key is None else pack(key, pairs)


def lay_marks(connection: sa.Connection, packed: bytes) -> None:
    """Keep these marks in a replica."""
    if packed:
        connection.connection.cursor().executemany(
            "INSERT OR IGNORE INTO number_mark (mark, person) VALUES (?, ?)", list(unpack(packed))
        )


def drop_marks(connection: sa.Connection, packed: bytes) -> None:
    """Let go of these marks: a number that was set aside is known of nobody."""
    for mark, person in unpack(packed):
        _DROP.run(connection, {"mark": mark, "person": person})


def follow_marks(connection: sa.Connection, establishment: str, facts: Iterable[AnyFact]) -> bool:
    """Take out the marks of who was erased, whatever the numbers; False when all are of another key."""
    for fact in facts:
        if isinstance(fact, NumberKeyChanged):
            return False
        if isinstance(fact, PersonErased) and (key := read_key(connection, establishment)) is not None:
            _FORGET.run(connection, {"who": mark_of_person(key, fact.person)})
    return True


def is_known_elsewhere(
    connection: sa.Connection,
    establishment: str,
    e164: str,
    *,
    held: Collection[str],
    is_anybodys: bool = True,
) -> bool:
    """Whether somebody besides those held here uses a number: only the server knows who.

    Of a number that is not `is_anybodys` own, also whether who uses it is close to somebody else.
    """
    key = read_key(connection, establishment) if e164 else None
    if key is None:
        return False
    marked = [e164] if is_anybodys else [e164, as_of_relative(e164)]
    known = {row.person for one in marked for row in _MARKS.all(connection, mark=mark_of_number(key, one))}
    return not known <= {mark_of_person(key, person) for person in held}


_FIRST_OF_RELATIVES = as_of_relative("")
_number, _person, _relative = tables.person_number.c, tables.person.c, tables.relative.c
_KEY = Prepared(
    sa.select(tables.number_key.c.secret).where(tables.number_key.c.establishment == given("establishment"))
)
_NUMBERS = Prepared(
    sa.select(_number.number, _number.person)
    .join_from(
        tables.person_number,
        tables.person,
        sa.and_(_person.establishment == _number.establishment, _person.id == _number.person),
    )
    .where(
        _number.establishment == given("establishment"),
        sa.tuple_(_number.number, _number.person) > sa.tuple_(given("number"), given("person")),
        _number.until == constant(""),
        _person.protection == constant(""),
    )
    .order_by(_number.number, _number.person)
    .limit(given_number("most"))
)
_OF_RELATIVES = Prepared(
    sa.select(_relative.number, _relative.person)
    .distinct()
    .join_from(
        tables.relative,
        tables.person,
        sa.and_(_person.establishment == _relative.establishment, _person.id == _relative.person),
    )
    .where(
        _relative.establishment == given("establishment"),
        _relative.number > constant(""),
        sa.tuple_(_relative.number, _relative.person) > sa.tuple_(given("number"), given("person")),
        _relative.withdrawn_at.is_(None),
        _person.protection == constant(""),
    )
    .order_by(_relative.number, _relative.person)
    .limit(given_number("most"))
)
_MARKS = Prepared(
    sa.select(tables.number_mark.c.person).where(tables.number_mark.c.mark == given_number("mark"))
)
_DROP = Prepared(
    sa.delete(tables.number_mark).where(
        tables.number_mark.c.mark == given_number("mark"),
        tables.number_mark.c.person == given_number("person"),
    )
)
_FORGET = Prepared(sa.delete(tables.number_mark).where(tables.number_mark.c.person == given_number("who")))
STATEMENTS = (_KEY, _NUMBERS, _OF_RELATIVES, _MARKS, _DROP)
"""For the test that keeps them free of scans; forgetting reads every mark, and is rare."""
