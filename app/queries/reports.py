"""The telephone's figures over a period, queue by queue, none of which is of a person (rules R26)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.domain.indicators import (
    RECALL,
    Figure,
    Indicator,
    PhoneCall,
    count_figure,
    lost_callers,
    tally,
    telephone_figures,
)
from app.queries.phone_calls import LONGEST_WAIT, passages, read_calls
from app.queries.teams import read_teams


class QueueReport(msgspec.Struct, frozen=True, kw_only=True):
    """One queue's figures over a period; with no id, the calls that no queue ever saw."""

    queue: str
    name: str
    figures: tuple[Figure, ...]


def report(
    connection: sa.Connection,
    establishment: str,
    *,
    since: datetime,
    until: datetime,
    services: frozenset[str] | None = None,
    tells_work: bool = False,
) -> tuple[QueueReport, ...]:
    """The figures of the calls that arrived from `since` to `until`, that one left out, queue by queue.

    `tells_work` for whole weeks that a manager reads; what the agents of a queue do is withheld otherwise.
    """
    found = read_calls(connection, establishment, since - LONGEST_WAIT, until + RECALL)
    everywhere = [one.call for one in found]
    ours = _by_queue(passages([one for one in found if since <= one.at < until]))
    teams = read_teams(connection, establishment, services=services)
    reports = [
        QueueReport(
            queue=row.id,
            name=row.name,
            figures=telephone_figures(
                tally(ours[row.id]),
                lost_callers(ours[row.id], others=everywhere),
                team=len(teams.of_queue(row)),
                tells_work=tells_work,
            ),
        )
        for row in teams.queues
    ]
    return (*reports, *(_without_queue(ours[""]) if services is None else ()))


def _without_queue(calls: list[PhoneCall]) -> tuple[QueueReport, ...]:
    counted = tally(calls)
    figures = (
        count_figure(Indicator.TURNED_AWAY, counted.turned_away),
        count_figure(Indicator.LEFT_BEFORE_QUEUE, counted.left_before_queue),
    )
    return (QueueReport(queue="", name="", figures=figures),) if any(one.value for one in figures) else ()


def _by_queue(calls: Iterable[PhoneCall]) -> defaultdict[str, list[PhoneCall]]:
    """Incoming calls by their queue."""
    found: defaultdict[str, list[PhoneCall]] = defaultdict(list)
    for call in calls:
        if not call.is_outbound:
            found[call.queue].append(call)
    return found
