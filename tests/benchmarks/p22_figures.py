"""P22: a day's and a month's telephone figures, against the same counts asked in bare SQL."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.queries.reports import report
from app.store.columns import EPOCH, MICROSECOND
from app.store.engine import open_database
from tests.benchmarks.hospital import ANCHOR, HOUSE, hospital_of
from tests.benchmarks.paired import Figure, Goal, measure

SPANS = {"day": timedelta(days=1), "month": timedelta(days=30)}
READS = 5


def figures(sizes: list[int]) -> list[Figure]:
    """Milliseconds of a report, for each span and size."""
    return [_figure(size, span) for size in sizes for span in SPANS]


def _figure(persons: int, span: str) -> Figure:
    path = hospital_of(persons)
    until = ANCHOR.astimezone(UTC).replace(hour=0, minute=0)
    since = until - SPANS[span]
    goal = Goal(
        id="P22",
        what=f"a {span}'s telephone figures",
        unit="ms",
        goal=2.0,
        aim=1.2,
        size=f"{persons} persons, {_calls(path, since, until)} calls, sqlite",
    )
    bare, engine = sqlite3.connect(path), open_database(f"sqlite:///{path}")
    with engine.connect() as connection:
        figure = measure(
            goal,
            lambda: _read(lambda: _ask(bare, since, until)),
            lambda: _read(lambda: report(connection, HOUSE, since=since, until=until)),
        )
    bare.close()
    engine.dispose()
    return figure


def _read(ask: Callable[[], object]) -> float:
    spent: list[float] = []
    for _ in range(READS):
        started = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - started) * 1000)
    return min(spent)


def _calls(path: Path, since: datetime, until: datetime) -> int:
    with closing(sqlite3.connect(path)) as bare:
        counts, *_ = _ask(bare, since, until)
        return sum(row[1] for row in counts)


def _ask(bare: sqlite3.Connection, since: datetime, until: datetime) -> list[list[tuple[Any, ...]]]:
    bounds = _bounds(since, until)
    bare.execute("DROP TABLE IF EXISTS temp.call")
    bare.execute(_CALLS, bounds)
    return [
        bare.execute(question, {name: bounds[name] for name in bounds if f":{name}" in question}).fetchall()
        for question in _QUESTIONS
    ]


def _bounds(since: datetime, until: datetime) -> dict[str, object]:
    first, last = ((at - EPOCH) // MICROSECOND for at in (since, until))
    return {"house": HOUSE, "since": first, "until": last}


_CALLS = """
CREATE TEMP TABLE call AS SELECT queue, number, at, coalesce(overflowed_at, at) AS queued, answered_at,
    ended_at, overflowed_from, voicemail_at, person,
    answered_at IS NULL AND ended_at - coalesce(overflowed_at, at) < 5000000 AS is_short
FROM contact
WHERE establishment = :house AND at >= :since AND at < :until
    AND channel = 'phone' AND direction = 'inbound'
"""
_COUNTS = """
SELECT queue, count(*), sum(is_short), count(answered_at), sum(answered_at - queued <= 20000000),
    sum(answered_at IS NULL AND ended_at IS NOT NULL AND NOT is_short), sum(overflowed_from <> ''),
    count(voicemail_at), count(person), avg(answered_at - queued), avg(ended_at - answered_at)
FROM call GROUP BY queue
"""
_QUESTIONS = (
    _COUNTS,
    """
    SELECT queue, felt FROM (
        SELECT queue, answered_at - at AS felt,
            row_number() OVER (PARTITION BY queue ORDER BY answered_at - at) AS place,
            count(*) OVER (PARTITION BY queue) AS base
        FROM call WHERE answered_at IS NOT NULL)
    WHERE place IN ((base + 1) / 2, (base * 9 + 9) / 10)
    """,
    """
    SELECT queue, count(DISTINCT number) FROM call
    WHERE number <> '' AND voicemail_at IS NULL AND answered_at IS NULL AND ended_at IS NOT NULL
        AND NOT is_short AND NOT EXISTS (
            SELECT 1 FROM contact AS later
            WHERE later.establishment = :house AND later.number = call.number
                AND later.at BETWEEN call.at AND call.ended_at + 86400000000
                AND later.channel = 'phone'
                AND later.answered_at BETWEEN call.ended_at AND call.ended_at + 86400000000)
    GROUP BY queue
    """,
)
"""Counts and means, the median and the ninth tenth of what was felt, and whom nobody spoke with since."""
