"""Who came back: the design's second example, whole weeks, and the hours of the calls."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from app.domain.indicators import Share
from app.domain.repeats import Exchange, counted, is_followed, is_multicontact
from app.domain.words import Channel
from app.queries.trends import HOURS, trends
from tests.queries.conftest import HOUSE, NOW

AT = datetime(2026, 11, 24, 9, 28, tzinfo=UTC)


def exchange(day: int, hour: int, minute: int, channel: Channel) -> Exchange:
    at = datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)
    return Exchange(at=at, channel=channel, case="knee", motive="31")


def test_the_designs_second_example_gives_its_figures() -> None:
    chain = counted(
        (
            exchange(20, 18, 42, Channel.PORTAL),
            exchange(22, 21, 58, Channel.WHATSAPP),
            exchange(23, 9, 14, Channel.PHONE),
            exchange(24, 10, 26, Channel.PHONE),
        )
    )

    def share(window: timedelta) -> Share:
        closed = [one for one in chain if one.at + window <= AT]
        return Share(sum(is_followed(one, chain, within=window) for one in closed), len(closed))

    assert share(timedelta(hours=24)) == Share(1, 3)
    assert share(timedelta(hours=72)) == Share(1, 1)
    assert share(timedelta(days=7)).value is None
    assert is_multicontact(chain)


def test_the_cohort_is_the_last_week_whose_seven_days_are_over(reading: sa.Connection) -> None:
    found = trends(reading, HOUSE, now=NOW)
    assert (found.first.isoformat(), found.last.isoformat()) == ("2026-11-09", "2026-11-15")
    assert found.week.base > 0
    assert sum(row.week.base for row in found.by_motive) <= found.week.base
    assert all(row.day.part <= row.three_days.part <= row.week.part for row in found.by_motive)
    assert len(found.by_channel) == 4


def test_on_a_monday_the_week_before_last_has_just_closed(reading: sa.Connection) -> None:
    found = trends(reading, HOUSE, now=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert found.first.isoformat() == "2026-11-09"


def test_every_cell_of_the_hours_has_its_mean(reading: sa.Connection) -> None:
    peaks = trends(reading, HOUSE, now=NOW).peaks
    assert len(peaks) == 6 * len(HOURS)
    assert max(peaks.values()) > 0
