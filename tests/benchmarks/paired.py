"""Measures the product beside its bare limit, A B A B, and judges the pairs."""

import statistics
from collections.abc import Callable

import msgspec

PAIRS = 5


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """What a figure must reach; ratios are such that smaller is better."""

    id: str
    what: str
    unit: str
    goal: float
    aim: float
    size: str


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the report; `lowest` and `highest` are the range of the pairs' ratios."""

    id: str
    what: str
    limit: float
    measured: float
    unit: str
    ratio: float
    goal: float
    aim: float
    size: str
    lowest: float
    highest: float

    @property
    def is_missed(self) -> bool:
        """Even the best pair is past the goal: noise does not explain it."""
        return self.lowest > self.goal

    @property
    def is_doubtful(self) -> bool:
        """The median is past the goal, the best pair is not."""
        return self.ratio > self.goal and not self.is_missed


def measure(goal: Goal, limit: Callable[[], float], product: Callable[[], float]) -> Figure:
    """Run limit and product in turn; each returns its own cost (smaller is better)."""
    limit()
    product()
    pairs = [(limit(), product()) for _ in range(PAIRS)]
    ratios = sorted(cost / bare for bare, cost in pairs)
    return Figure(
        **msgspec.structs.asdict(goal),
        limit=round(statistics.median(bare for bare, _ in pairs), 4),
        measured=round(statistics.median(cost for _, cost in pairs), 4),
        ratio=round(statistics.median(ratios), 3),
        lowest=round(ratios[0], 3),
        highest=round(ratios[-1], 3),
    )
