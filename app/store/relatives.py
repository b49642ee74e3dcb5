"""Who is close to a person, as rows: written from facts, counted on desks, read by name on the server."""

from collections.abc import Iterable
from typing import assert_never

import sqlalchemy as sa

from app.domain.facts import AnyFact
from app.domain.relative_facts import RelativeFact, RelativeNamed, RelativeSaid, RelativeWithdrawn
from app.domain.relatives import Relative, RelativeRole
from app.store import tables
from app.store.prepared import Prepared, Row, given
from app.store.rows import Rows


def follow_relative(rows: Rows, fact: RelativeFact) -> None:
    """Set the row of somebody close; the name is the server's."""
    match fact:
        case RelativeSaid():
            rows.put(
                tables.relative,
                person=fact.person,
                id=fact.relative,
                role=fact.role,
                number=fact.number,
                not_informed="1" if fact.is_not_informed else "",
                source=fact.source,
                since=fact.since,
                by=fact.by,
                said_at=fact.said_at,
            )
        case RelativeWithdrawn():
            key = {"person": fact.person, "id": fact.relative}
            rows.change(tables.relative, key, withdrawn_at=fact.withdrawn_at)
        case RelativeNamed():
            """Kept by the server alone."""
        case _:
            assert_never(fact)


def keep_relative_names(rows: Rows, facts: Iterable[AnyFact]) -> None:
    """Write the names told by these facts, on the server."""
    for fact in facts:
        if isinstance(fact, RelativeNamed):
            rows.put(
                tables.relative_name,
                person=fact.person,
                id=fact.relative,
                full_name=fact.full_name,
                scope=fact.scope,
            )


def forget_relative_names(connection: sa.Connection, establishment: str, person: str) -> None:
    """Nobody close to that person has a name here any more."""
    _FORGET.run(connection, {"establishment": establishment, "person": person})


def count_relatives(connection: sa.Connection, establishment: str, persons: Iterable[str]) -> int:
    """How many are close to one human, under any of these ids."""
    return len(
        {
            row.id
            for person in persons
            for row in STANDING.all(connection, establishment=establishment, person=person)
        }
    )


def relatives_at(connection: sa.Connection, establishment: str, e164: str) -> list[Row]:
    """To whom the one of a number is close (`person`), as what (`role`), or not to be informed."""
    return _AT_NUMBER.all(connection, establishment=establishment, number=e164) if e164 else []


def read_relatives(connection: sa.Connection, establishment: str, person: str) -> tuple[Relative, ...]:
    """Who is close to a person under one id, with their names: the server's alone."""
    return tuple(
        Relative(
            id=row.id,
            role=RelativeRole(row.role),
            full_name=row.full_name,
            scope=row.scope,
            is_not_informed=bool(row.not_informed),
        )
        for row in _NAMED.all(connection, establishment=establishment, person=person)
    )


_r, _n = tables.relative.c, tables.relative_name.c
STANDING = Prepared(
    sa.select(_r.id, _r.number).where(
        _r.establishment == given("establishment"), _r.person == given("person"), _r.withdrawn_at.is_(None)
    )
)
_NAMED = Prepared(
    sa.select(_r.id, _r.role, _r.not_informed, _n.full_name, _n.scope)
    .join_from(
        tables.relative,
        tables.relative_name,
        sa.and_(_n.establishment == _r.establishment, _n.person == _r.person, _n.id == _r.id),
    )
    .where(
        _r.establishment == given("establishment"), _r.person == given("person"), _r.withdrawn_at.is_(None)
    )
)
_AT_NUMBER = Prepared(
    sa.select(_r.person, _r.role, _r.not_informed).where(
        _r.establishment == given("establishment"), _r.number == given("number"), _r.withdrawn_at.is_(None)
    )
)
NAMES = Prepared(
    sa.select(tables.relative_name).where(
        _n.establishment == given("establishment"), _n.person == given("person")
    )
)
_FORGET = Prepared(
    sa.delete(tables.relative_name).where(
        _n.establishment == given("establishment"), _n.person == given("person")
    )
)
STATEMENTS = (STANDING, _NAMED, _AT_NUMBER, NAMES, _FORGET)
"""For the test that keeps them free of scans."""
