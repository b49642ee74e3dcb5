"""P8: a search by each kind of typing, against the same rows laid in the order they are sought.

The figures page allows 2 ms where a full-text prefix takes 0.1 ms (aim 0.5): twenty times, and five.
"""

from collections.abc import Callable, Iterable
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from app.domain.names import LAST, compact
from app.domain.names_sought import read_questions
from app.queries.person_search import search_persons
from tests.benchmarks.hospital import ANCHOR, HOUSE
from tests.benchmarks.paired import Figure, Goal, measure
from tests.benchmarks.sought import Base, Sought, median_ms, searched, some_sought

TODAY = ANCHOR.astimezone(UTC).date()


def figures(base: Base, sizes: list[int]) -> list[Figure]:
    """Milliseconds for one search of each of the five kinds, at each size."""
    return [_figure(base, size) for size in sizes]


def _figure(base: Base, persons: int) -> Figure:
    goal = Goal(
        id="P8",
        what="one search by name, two names, date, telephone, IPP",
        unit="ms",
        goal=20.0,
        aim=5.0,
        size=f"{persons} persons, {base}",
    )
    with searched(base, persons) as (connection, bare):
        sought = some_sought(connection)
        return measure(
            goal,
            lambda: _each_kind(sought, _BARE, lambda kind, one: bare.ask(kind[0], kind[1](one))),
            lambda: _each_kind(sought, _TYPED, lambda kind, one: search(connection, kind(one))),
        )


def search(connection: sa.Connection, typed: str) -> object:
    """What the route does of one line of typing."""
    return search_persons(connection, HOUSE, *read_questions(typed, today=TODAY))


def _each_kind(sought: list[Sought], kinds: Iterable[Any], ask: Callable[[Any, Sought], object]) -> float:
    """The sum over the kinds of the median milliseconds."""
    return sum(median_ms(sought, lambda one, kind=kind: ask(kind, one)) for kind in kinds)


_TYPED: tuple[Callable[[Sought], str], ...] = (
    lambda one: one.name[:4],
    lambda one: f"{one.name[:4]} {one.first[:3]}",
    lambda one: one.born,
    lambda one: one.number,
    lambda one: one.ipp,
)
_BARE: tuple[tuple[str, Callable[[Sought], tuple[str, ...]]], ...] = (
    ("SELECT * FROM sought WHERE name >= ? AND name <= ? LIMIT 21", lambda one: _span(one.name[:4])),
    (
        "SELECT * FROM sought WHERE name >= ? AND name <= ? AND first >= ? AND first <= ? LIMIT 21",
        lambda one: (*_span(one.name[:4]), *_span(one.first[:3])),
    ),
    ("SELECT * FROM sought WHERE born = ? LIMIT 21", lambda one: (one.born,)),
    (
        "SELECT s.* FROM number n JOIN sought s USING (name, first, id) WHERE n.number = ? LIMIT 21",
        lambda one: (one.number,),
    ),
    ("SELECT * FROM sought WHERE ipp = ? LIMIT 21", lambda one: (one.ipp,)),
)


def _span(begun: str) -> tuple[str, str]:
    return compact(begun), compact(begun) + LAST
