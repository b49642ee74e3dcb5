"""What teams do, by whole weeks and for whoever manages them: asked of the server (rules R26)."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

import msgspec

from app.domain.indicators import Indicator, Mean
from app.domain.periods import last_week
from app.queries.reports import QueueReport
from ui.tasks import Desk


class TeamWeek(msgspec.Struct, frozen=True, kw_only=True):
    """The mean talk of each queue that a team answers, over a week that is over."""

    first: date
    last: date
    talk: dict[str, Mean]

    def mean_talk(self, queues: Collection[str]) -> Mean:
        """That of these queues, or of all when none is named."""
        told = [mean for queue, mean in self.talk.items() if not queues or queue in queues]
        return Mean(sum((mean.total for mean in told), timedelta()), sum(mean.base for mean in told))


class WeekReader:
    """Asks once a week: each answer is a reading that the server keeps on record."""

    def __init__(self, desk: Desk, *, told: Callable[[TeamWeek], None]) -> None:
        self._desk, self._told = desk, told
        self._asked: date | None = None

    def ask(self, today: date) -> None:
        """Have the last whole week, unless it is here or on its way."""
        first, last = last_week(today)
        if self._asked == first:
            return
        self._asked = first

        def keep(reports: tuple[QueueReport, ...]) -> None:
            self._told(TeamWeek(first=first, last=last, talk=_talk_of(reports)))

        def forget(_why: object) -> None:
            self._asked = None

        self._desk.figures(first, last, keep, forget)


def _talk_of(reports: Iterable[QueueReport]) -> dict[str, Mean]:
    found: dict[str, Mean] = {}
    for report in reports:
        for figure in report.figures:
            if figure.name is Indicator.MEAN_TALK and figure.value is not None:
                base = figure.base or 0
                found[report.queue] = Mean(timedelta(seconds=figure.value * base), base)
    return found
