"""Which part of a day figures are of, by the establishment's clock, on days of 23 and 25 hours too."""

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from app.domain.indicators import day_end, day_start


class Period(StrEnum):
    """What a supervisor may ask of today."""

    TODAY = "today"
    LAST_HOUR = "last_hour"
    MORNING = "morning"
    AFTERNOON = "afternoon"


def period_bounds(period: Period, now: datetime, *, zone: tzinfo) -> tuple[datetime, datetime]:
    """From the first moment included to the first left out; the last hour may begin the day before."""
    start, end = day_start(now, zone=zone), day_end(now, zone=zone)
    noon = datetime.combine(start.date(), time(12), zone)
    match period:
        case Period.TODAY:
            return start, end
        case Period.LAST_HOUR:
            return now - timedelta(hours=1), end
        case Period.MORNING:
            return start, noon
        case Period.AFTERNOON:
            return noon, end


def last_week(today: date) -> tuple[date, date]:
    """The Monday and the Sunday of the last week that is over."""
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)


def are_past_weeks(first: date, last: date, *, today: date) -> bool:
    """Whether these days, both counted in, are whole weeks that are over."""
    return first.weekday() == 0 and last.weekday() == 6 and first < last < today
