"""Prints the rows of the figures page that are built, as a table and as JSON lines."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from tests.benchmarks import (
    p1_pop,
    p6_timeline,
    p8_search,
    p9_mistake,
    p10_commands,
    p12_replica,
    p16_start,
    p19_pauses,
    p20_storm,
    p22_figures,
)
from tests.benchmarks.paired import Figure
from tests.benchmarks.sought import Base

ROWS: dict[str, Callable[[Path, list[int]], list[Figure]]] = {
    "P16": lambda _folder, _sizes: p16_start.figures(),
    "P10": lambda folder, _sizes: p10_commands.figures(folder),
    "P6": lambda _folder, sizes: p6_timeline.figures(sizes),
    "P8": lambda _folder, sizes: p8_search.figures(Base.SQLITE, sizes),
    "P8-postgresql": lambda _folder, sizes: p8_search.figures(Base.POSTGRESQL, sizes),
    "P9": lambda _folder, sizes: p9_mistake.figures(Base.SQLITE, sizes),
    "P9-postgresql": lambda _folder, sizes: p9_mistake.figures(Base.POSTGRESQL, sizes),
    "P1": lambda _folder, sizes: p1_pop.figures(sizes),
    "P19": lambda _folder, sizes: p19_pauses.figures(sizes),
    "P20": lambda _folder, _sizes: p20_storm.figures(),
    "P22": lambda _folder, sizes: p22_figures.figures(sizes),
    "P12": lambda _folder, sizes: p12_replica.figures(sizes),
}


def main() -> int:
    """0 unless even the best pair of a row misses its goal."""
    asked = _arguments()
    rows = _measure(asked.persons, asked.row or list(ROWS))
    lines = [msgspec.json.encode(row).decode() for row in rows]
    if asked.out:
        asked.out.write_text("\n".join(lines) + "\n", "utf-8")
    missed = [row.id for row in rows if row.is_missed]
    print(
        msgspec.json.encode(
            {"part": "bench", "rows": [msgspec.to_builtins(row) for row in rows], "missed": missed}
        ).decode()
    )
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="test.sh bench", description=__doc__)
    parser.add_argument("--persons", type=int, action="append", help="10000 and 100000")
    parser.add_argument("--row", action="append", choices=ROWS, help="only this one; may be repeated")
    parser.add_argument("--out", type=Path, help="also write the rows here, one JSON a line")
    asked = parser.parse_args()
    asked.persons = asked.persons or [10_000, 100_000]
    return asked


def _measure(sizes: list[int], asked: list[str]) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="filrouge-bench-") as folder:
        return [_said(figure) for row in asked for figure in ROWS[row](Path(folder), sizes)]


def _said(row: Figure) -> Figure:
    """Told as soon as it is measured: a large size takes minutes."""
    print(_told(row), flush=True)
    return row


def _told(row: Figure) -> str:
    verdict = "missed" if row.is_missed else "doubtful" if row.is_doubtful else "reached"
    return (
        f"{row.id:4} {row.what} ({row.size}): {row.measured} {row.unit}, bare {row.limit}; "
        f"ratio {row.ratio} ({row.lowest} to {row.highest}), goal {row.goal}: {verdict}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
