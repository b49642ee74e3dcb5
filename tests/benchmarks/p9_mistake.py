"""P9: a search with one letter wrong, against a deletion-neighbour index of the names, as rows.

The figures page allows 3 ms where that index takes 0.34 ms (aim 1): nine times, and three.
"""

import random
import sqlite3

from rapidfuzz.distance import OSA

from app.domain.names import LAST, compact
from app.store.engine import open_database
from tests.benchmarks.hospital import hospital_of
from tests.benchmarks.p8_search import Sought, laid_bare, median_ms, search, some_sought
from tests.benchmarks.paired import Figure, Goal, measure


def figures(sizes: list[int]) -> list[Figure]:
    """Median milliseconds of a search by a mistaken birth name and the beginning of a given name."""
    return [_figure(size) for size in sizes]


def _figure(persons: int) -> Figure:
    goal = Goal(
        id="P9",
        what="one search with a typing mistake",
        unit="ms",
        goal=9.0,
        aim=3.0,
        size=f"{persons} persons, sqlite",
    )
    path = hospital_of(persons)
    engine = open_database(f"sqlite:///{path}")
    bare = laid_bare(path)
    _lay_neighbours(bare)
    with engine.connect() as connection:
        sought = [_mistaken(one, seed) for seed, one in enumerate(some_sought(connection))]
        figure = measure(
            goal,
            lambda: median_ms(sought, lambda one: _search_bare(bare, one)),
            lambda: median_ms(sought, lambda one: search(connection, f"{one.name} {one.first[:3]}")),
        )
    bare.close()
    engine.dispose()
    return figure


def _mistaken(one: Sought, seed: int) -> Sought:
    """The name with two neighbours swapped, or a letter replaced."""
    rng = random.Random(seed)
    name = compact(one.name)
    at = rng.randrange(len(name) - 1)
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return one._replace(name=swapped if swapped != name else name[:at] + "w" + name[at + 1 :])


def _lay_neighbours(bare: sqlite3.Connection) -> None:
    """Each name under itself and under what is left of it without one letter."""
    if bare.execute("SELECT 1 FROM sqlite_master WHERE name = 'neighbour'").fetchone():
        return
    bare.execute("CREATE TABLE neighbour (left TEXT, name TEXT, PRIMARY KEY (left, name)) WITHOUT ROWID")
    names = [name for (name,) in bare.execute("SELECT DISTINCT name FROM sought")]
    rows = sorted((left, name) for name in names for left in _without_one(name))
    bare.executemany("INSERT INTO neighbour VALUES (?, ?)", rows)


def _without_one(name: str) -> set[str]:
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _search_bare(bare: sqlite3.Connection, one: Sought) -> list[tuple[object, ...]]:
    first = compact(one.first[:3])
    near = {
        name
        for left in _without_one(one.name)
        for (name,) in bare.execute("SELECT name FROM neighbour WHERE left = ?", (left,))
    }
    return [
        row
        for name in near
        if OSA.distance(name, one.name) <= 1
        for row in bare.execute(
            "SELECT * FROM sought WHERE name = ? AND first >= ? AND first <= ? LIMIT 21",
            (name, first, first + LAST),
        )
    ]
