"""Days and hours of the demonstration, counted from its anchor in the hospital's own time."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.demo.sheet import microseconds

ZONE = ZoneInfo("Europe/Paris")
MOCK_UPS = datetime(2026, 11, 24, 10, 26)  # noqa: DTZ001 - a wall clock, read in ZONE
"""The moment that the mock-ups show."""

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAYS_BACK = 548
DAYS_AHEAD = 60
_DAY = re.compile(r"\b(\d\d)/(\d\d)\b(?!/)")


class Calendar:
    """Local days around the anchor; day 0 is the first one, `today` the anchor's."""

    def __init__(self, anchor: datetime) -> None:
        self.anchor = anchor.astimezone(UTC)
        self.now = microseconds(self.anchor)
        local = anchor.astimezone(ZONE)
        self._shift = local.replace(tzinfo=None) - MOCK_UPS
        first = local.date() - timedelta(days=DAYS_BACK)
        days = [first + timedelta(days=day) for day in range(DAYS_BACK + DAYS_AHEAD)]
        self.starts = [microseconds(datetime(day.year, day.month, day.day, tzinfo=ZONE)) for day in days]
        self.words = [day.strftime("%d/%m") for day in days]
        self.dates = [day.isoformat() for day in days]
        self.open_days = [_next_open(days, at) for at in range(len(days))]
        self.today = DAYS_BACK

    def moved(self, text: str) -> str:
        """Each « 27/11 » of the mock-ups' year, moved with the anchor."""
        return _DAY.sub(self._moved_day, text)

    def _moved_day(self, written: re.Match[str]) -> str:
        day = datetime(MOCK_UPS.year, int(written[2]), int(written[1]))  # noqa: DTZ001
        return (day + self._shift).strftime("%d/%m")

    def at(self, wall: str) -> int:
        """A moment of the mock-ups (« 2026-11-23 09:14 »), moved with the anchor."""
        local = datetime.fromisoformat(wall) + self._shift
        return microseconds(local.replace(tzinfo=ZONE))


def _next_open(days: list[date], at: int) -> int:
    """The index of that day, or of the next one that is no week-end."""
    weekday = days[at].weekday()
    return min(at + max(0, 7 - weekday) * (weekday > 4), len(days) - 1)
