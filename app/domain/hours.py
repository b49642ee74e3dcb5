"""When a promise falls due: working days, public holidays and the catalogue's delays."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MORNING = time(10)
"""When a promise of a later day falls due, so that the day is left to keep it."""
EVENING = time(17)
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_DELAY = re.compile(r"(\d+) (h|min)")
_WORKING = re.compile(r"J\+(\d+)")
_CALENDAR = re.compile(r"(\d+) jours calendaires")


def due_at(due: str, now: datetime, *, zone: tzinfo = PARIS) -> datetime | None:
    """When a delay of the catalogue ends, in `zone`; None when there is no delay.

    `17:00` is today, or the next working day once past; `2 h` and `30 min` run at once, by
    night and on Sundays too; `J+2` counts working days; `8 jours calendaires` and `J+30` (one
    month) are legal delays, so they end on the last working day within. ValueError otherwise.
    """
    here = now.astimezone(zone)
    if not due:
        return None
    if found := _CLOCK.fullmatch(due):
        return _next_time(here, time(int(found[1]), int(found[2])))
    if found := _DELAY.fullmatch(due):
        unit = timedelta(hours=1) if found[2] == "h" else timedelta(minutes=1)
        later = now.astimezone(UTC) + int(found[1]) * unit
        return later.astimezone(zone).replace(second=0, microsecond=0)
    return at_time(_due_day(due, here.date()), MORNING if due != "J+30" else EVENING, here)


def suggested(now: datetime, *, zone: tzinfo = PARIS) -> tuple[datetime, ...]:
    """The times offered for a promise: noon, the evening, the next working morning."""
    here = now.astimezone(zone)
    today = [at_time(here.date(), moment, here) for moment in (time(12), EVENING)]
    still = [moment for moment in today if is_working(here.date()) and moment > here]
    return (*still, at_time(working_day_after(here.date(), 1), MORNING, here))


def is_working(day: date) -> bool:
    """From Monday to Friday, public holidays of France left out."""
    return day.isoweekday() <= 5 and day not in public_holidays(day.year)


def working_day_after(day: date, count: int) -> date:
    """The working day that comes `count` working days later."""
    for _ in range(count):
        day = _open_day(day + timedelta(days=1), step=1)
    return day


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of France."""
    easter = _easter(year)
    moving = (easter + timedelta(days=days) for days in _AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in _FIXED), *moving))


def at_time(day: date, moment: time, like: datetime) -> datetime:
    """A time of a day, in the zone of another datetime."""
    return datetime.combine(day, moment, like.tzinfo)


def _next_time(here: datetime, moment: time) -> datetime:
    today = at_time(here.date(), moment, here)
    if today > here and is_working(here.date()):
        return today
    return at_time(working_day_after(here.date(), 1), moment, here)


def _due_day(due: str, today: date) -> date:
    if due == "J+30":
        return _open_day(_one_month_after(today), step=-1)
    if found := _WORKING.fullmatch(due):
        return working_day_after(today, int(found[1]))
    if found := _CALENDAR.fullmatch(due):
        return _open_day(today + timedelta(days=int(found[1])), step=-1)
    raise ValueError(due)


def _open_day(day: date, *, step: int) -> date:
    while not is_working(day):
        day += timedelta(days=step)
    return day


def _one_month_after(day: date) -> date:
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def _easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus."""
    golden, century, years = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (years // 4) - moon - years % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)
