"""Which service holds which person, kept by the server in step with the journal."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from app.domain.commitments import PENDING
from app.domain.facts import AnyFact, PersonEntered, PersonLeft
from app.domain.words import CaseState
from app.store import tables
from app.store.rows import Rows
from app.store.tables import person_scope

PERSONS_HELD = 20_000
"""A desk holds no more persons than this (rules R24)."""


class Held(msgspec.Struct, frozen=True):
    """The persons a desk holds, and how many of its scope are beyond the most it may."""

    persons: list[str]
    beyond: int


def read_held(
    connection: sa.Connection, establishment: str, services: Collection[str], *, most: int = PERSONS_HELD
) -> Held:
    """Whom these services hold: when they are too many, what is open and most recent first."""
    bound = {"establishment": establishment, "services": list(services)}
    count = connection.execute(_COUNT, bound).scalar_one()
    if count <= most:
        return Held(list(connection.execute(_ALL, bound).scalars()), 0)
    return Held(list(connection.execute(_FIRST, bound | {"most": most}).scalars()), count - most)


def keep_scopes(rows: Rows, facts: Iterable[AnyFact]) -> None:
    """Write the scopes that these facts opened or closed."""
    for fact in facts:
        match fact:
            case PersonEntered():
                rows.put(person_scope, person=fact.person, service=fact.service)
            case PersonLeft():
                rows.remove(person_scope, person=fact.person, service=fact.service)
            case _:
                continue


def _in_scope() -> sa.Select[Any]:
    return (
        sa.select(person_scope.c.person)
        .distinct()
        .where(
            person_scope.c.establishment == sa.bindparam("establishment"),
            person_scope.c.service.in_(sa.bindparam("services", expanding=True)),
        )
    )


def _first() -> sa.Select[Any]:
    scope = _in_scope().subquery("scope")

    def of_person(table: sa.Table, chosen: sa.ColumnElement[Any]) -> sa.Select[Any]:
        return sa.select(chosen).where(
            table.c.establishment == sa.bindparam("establishment"), table.c.person == scope.c.person
        )

    def is_open(table: sa.Table, *states: str) -> sa.ColumnElement[bool]:
        return of_person(table, table.c.id).where(table.c.state.in_(states)).exists()

    last = of_person(tables.timeline, sa.func.max(tables.timeline.c.at)).scalar_subquery()
    is_any_open = sa.or_(is_open(tables.case, CaseState.OPEN), is_open(tables.commitment, *PENDING))
    has_open = sa.case((is_any_open, 1), else_=0)
    return (
        sa.select(scope.c.person)
        .order_by(has_open.desc(), sa.func.coalesce(last, 0).desc(), scope.c.person)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


_COUNT = sa.select(sa.func.count()).select_from(_in_scope().subquery())
_ALL = _in_scope().order_by(person_scope.c.person)
_FIRST = _first()
