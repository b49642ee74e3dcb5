"""When a promise falls due: the catalogue's delays, within the hours of who keeps it."""

import re
from datetime import UTC, date, datetime, time, timedelta

from app.domain.opening import Opening

MORNING = time(10)
"""When a promise of a later day falls due, so that the day is left to keep it."""
EVENING = time(17)
_AFTER_OPENING = timedelta(hours=1)
"""What is left to keep a promise by whoever opens after it falls due."""
_SOON = timedelta(hours=1)
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_DELAY = re.compile(r"(\d+) (h|min)")
_WORKING = re.compile(r"J\+(\d+)")
_CALENDAR = re.compile(r"(\d+) jours calendaires")


def due_at(due: str, now: datetime, *, opening: Opening) -> datetime | None:
    """When a delay of the catalogue ends, in the place's time; None when there is no delay.

    `17:00` is today, or the next working day once past; `2 h` and `30 min` count while the service
    is open, and at once, by night and on Sundays too, where its hours are not known; `J+2` counts
    working days; `8 jours calendaires` and `J+30` (one month) are legal delays, so they end on the
    last working day within. What would fall due while the service is closed does at the closing
    before it, on the same day. ValueError otherwise.
    """
    here = now.astimezone(opening.place.clock)
    if not due:
        return None
    if found := _CLOCK.fullmatch(due):
        return _next_time(here, time(int(found[1]), int(found[2])), opening)
    if found := _DELAY.fullmatch(due):
        unit = timedelta(hours=1) if found[2] == "h" else timedelta(minutes=1)
        later = opening.after(now.astimezone(UTC), int(found[1]) * unit)
        return later.astimezone(here.tzinfo).replace(second=0, microsecond=0)
    moment = MORNING if due != "J+30" else EVENING
    return _while_open(at_time(_due_day(due, here.date(), opening), moment, here), opening)


def suggested(now: datetime, *, opening: Opening) -> tuple[datetime, ...]:
    """The times offered for a promise: noon, the evening, the next working morning, while it is open."""
    here = now.astimezone(opening.place.clock)
    today = [at_time(here.date(), moment, here) for moment in (time(12), EVENING)]
    tomorrow = at_time(working_day_after(here.date(), 1, opening=opening), MORNING, here)
    offered = (*(today if opening.is_working(here.date()) else ()), tomorrow)
    still = (moment for moment in (_while_open(each, opening) for each in offered) if moment > here)
    return tuple(dict.fromkeys(still))


def suggested_soon(now: datetime, *, opening: Opening) -> tuple[datetime, ...]:
    """Those, and once the service has been open for an hour from now, soonest first."""
    soon = opening.after(now, _SOON).replace(second=0, microsecond=0)
    return tuple(sorted({soon, *suggested(now, opening=opening)}))


def working_day_after(day: date, count: int, *, opening: Opening) -> date:
    """The working day that comes `count` working days later."""
    for _ in range(count):
        day = _open_day(day + timedelta(days=1), opening, step=1)
    return day


def at_time(day: date, moment: time, like: datetime) -> datetime:
    """A time of a day, in the zone of another datetime."""
    return datetime.combine(day, moment, like.tzinfo)


def _while_open(moment: datetime, opening: Opening) -> datetime:
    """That moment or, of a day when the service is closed by then, its closing before it.

    Where the day opens later it is an hour after.
    """
    spans = opening.spans(moment.date()) if opening.has_hours else ()
    if not spans or any(first <= moment <= last for first, last in spans):
        return moment
    before = [last for _, last in spans if last < moment]
    first, last = spans[0]
    chosen = before[-1] if before else min(first + _AFTER_OPENING, last)
    return chosen.astimezone(moment.tzinfo)


def _next_time(here: datetime, moment: time, opening: Opening) -> datetime:
    today = _while_open(at_time(here.date(), moment, here), opening)
    if today > here and opening.is_working(here.date()):
        return today
    following = working_day_after(here.date(), 1, opening=opening)
    return _while_open(at_time(following, moment, here), opening)


def _due_day(due: str, today: date, opening: Opening) -> date:
    if due == "J+30":
        return _open_day(_one_month_after(today), opening, step=-1)
    if found := _WORKING.fullmatch(due):
        return working_day_after(today, int(found[1]), opening=opening)
    if found := _CALENDAR.fullmatch(due):
        return _open_day(today + timedelta(days=int(found[1])), opening, step=-1)
    raise ValueError(due)


def _open_day(day: date, opening: Opening, *, step: int) -> date:
    """The first working day from that one on; where none of the month's is open, the first that is worked."""
    month = [day + timedelta(days=step * passed) for passed in range(31)]
    is_open = next(filter(opening.is_working, month), None)
    return is_open or next(filter(opening.place.is_working, month))


def _one_month_after(day: date) -> date:
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
