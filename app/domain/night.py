"""When a daily work is due: at the establishment's night hour, or as soon as it can be after it."""

from datetime import date, datetime, time, timedelta, tzinfo

NIGHT = time(3)
"""When the fewest people call, after the change of day and of summer time."""


def day_due(now: datetime, *, zone: tzinfo) -> date:
    """The day whose night hour was the last to pass."""
    here = now.astimezone(zone)
    return here.date() if here.time() >= NIGHT else here.date() - timedelta(days=1)
