"""P9: a search with one letter wrong, against a deletion-neighbour index of the names, as rows.

The figures page allows 3 ms where that index takes 0.34 ms (aim 1): nine times, and three.
"""

import random

from rapidfuzz.distance import OSA

from app.domain.names import LAST, compact
from tests.benchmarks.p8_search import search
from tests.benchmarks.paired import Figure, Goal, measure
from tests.benchmarks.sought import Bare, Base, Sought, median_ms, searched, some_sought


def figures(base: Base, sizes: list[int]) -> list[Figure]:
    """Median milliseconds of a search by a mistaken birth name and the beginning of a given name."""
    return [_figure(base, size) for size in sizes]


def _figure(base: Base, persons: int) -> Figure:
    goal = Goal(
        id="P9",
        what="one search with a typing mistake",
        unit="ms",
        goal=9.0,
        aim=3.0,
        size=f"{persons} persons, {base}",
    )
    with searched(base, persons) as (connection, bare):
        _lay_neighbours(bare)
        sought = [_mistaken(one, seed) for seed, one in enumerate(some_sought(connection))]
        return measure(
            goal,
            lambda: median_ms(sought, lambda one: _search_bare(bare, one)),
            lambda: median_ms(sought, lambda one: search(connection, f"{one.name} {one.first[:3]}")),
        )


def _mistaken(one: Sought, seed: int) -> Sought:
    """The name with two neighbours swapped, or a letter replaced."""
    rng = random.Random(seed)
    name = compact(one.name)
    at = rng.randrange(len(name) - 1)
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return one._replace(name=swapped if swapped != name else name[:at] + "w" + name[at + 1 :])


def _lay_neighbours(bare: Bare) -> None:
    """Each name under itself and under what is left of it without one letter."""
    bare.make("CREATE TABLE neighbour (gap TEXT, name TEXT, PRIMARY KEY (gap, name))")
    names = [name for (name,) in bare.ask("SELECT DISTINCT name FROM sought", ())]
    rows = sorted((left, name) for name in names for left in _without_one(name))
    bare.fill("INSERT INTO neighbour VALUES (?, ?)", rows)


def _without_one(name: str) -> set[str]:
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _search_bare(bare: Bare, one: Sought) -> list[tuple[object, ...]]:
    first = compact(one.first[:3])
    near = {
        name
        for left in _without_one(one.name)
        for (name,) in bare.ask("SELECT name FROM neighbour WHERE gap = ?", (left,))
    }
    return [
        row
        for name in near
        if OSA.distance(name, one.name) <= 1
        for row in bare.ask(
            "SELECT * FROM sought WHERE name = ? AND first >= ? AND first <= ? LIMIT 21",
            (name, first, first + LAST),
        )
    ]
