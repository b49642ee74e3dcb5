"""When a service is open: hours split by the lunch break, public holidays, in the place's own time."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import TypeAlias
from zoneinfo import ZoneInfo

import msgspec

from app.domain.holidays import Region, public_holidays

HOLIDAY = "F"
"""Stands among the days for public holidays (« fériés »); hours that don't name it rest on them."""
_FRIDAY = 5
_YEAR = 366
_MIDNIGHT = "24:00"
_DAYS = re.compile(rf"(?:[1-7](?:-[1-7])?|{HOLIDAY})(?:,(?:[1-7](?:-[1-7])?|{HOLIDAY}))*")
_SPAN = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)")
Span: TypeAlias = tuple[time, time]
"""From a time of the day to another; the second is midnight when the day is open to its end."""
Week: TypeAlias = dict[str, tuple[Span, ...]]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an establishment stands: the name of its time zone, and whose public holidays it has."""

    zone: str = "Europe/Paris"
    region: Region = Region.MAINLAND

    @property
    def clock(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.zone)

    def is_working(self, day: date) -> bool:
        """From Monday to Friday, public holidays left out."""
        return day.isoweekday() <= _FRIDAY and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """A day of rest by law."""
        return day in public_holidays(day.year, self.region)


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """The hours of one service, as they are written; empty, it is open at all times.

    `1-5 08:00-12:00 13:00-18:00; 6 09:00-12:00` are ISO days then spans; `1-7,F 00:00-24:00` never
    closes, public holidays included.
    """

    hours: str = ""
    place: Place = Place()

    @property
    def has_hours(self) -> bool:
        """Whether they are known."""
        return bool(self.hours)

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody may be reached at that moment (aware); the closing time itself is closed."""
        if not self.has_hours:
            return True
        day = moment.astimezone(self.place.clock).date()
        return any(first <= moment < last for first, last in self.spans(day))

    def is_working(self, day: date) -> bool:
        """A working day on which the service opens."""
        return self.place.is_working(day) and (not self.has_hours or bool(self.spans(day)))

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The open spans of a local day, as UTC moments.

        An edge within the hour that a change of clock takes away or gives twice is read in winter time.
        """
        week = read_week(self.hours)
        name = HOLIDAY if self.place.is_holiday(day) else str(day.isoweekday())
        zone = self.place.clock

        def at(moment: time, *, on: date = day) -> datetime:
            return max(
                datetime.combine(on, moment.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)
            )

        following = day + timedelta(days=1)
        return tuple(
            (at(first), at(last) if last > first else at(last, on=following))
            for first, last in week.get(name, ())
        )

    def spans_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the open spans from that moment on, for a year."""
        day = moment.astimezone(self.place.clock).date()
        for later in range(_YEAR):
            for first, last in self.spans(day + timedelta(days=later)):
                if last > moment:
                    yield max(first, moment), last

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """How long the service was open between two moments."""
        if not self.has_hours:
            return max(until - since, timedelta())
        total = timedelta()
        day, last_day = (moment.astimezone(self.place.clock).date() for moment in (since, until))
        while day <= last_day:
            total += sum((_overlap(span, since, until) for span in self.spans(day)), timedelta())
            day += timedelta(days=1)
        return total

    def after(self, moment: datetime, lapse: timedelta) -> datetime:
        """When the service will have been open so long since that moment, in UTC."""
        if self.has_hours:
            for first, last in self.spans_from(moment):
                if last - first >= lapse:
                    return first + lapse
                lapse -= last - first
        return moment.astimezone(UTC) + lapse


ALWAYS = Opening()
"""Where no hours are known."""


def _overlap(span: tuple[datetime, datetime], since: datetime, until: datetime) -> timedelta:
    return max(min(span[1], until) - max(span[0], since), timedelta())


def check_zone(name: str) -> str:
    """The name of a time zone; ValueError when there is none such."""
    try:
        return ZoneInfo(name).key
    except (OSError, KeyError, ValueError) as error:
        raise ValueError(name) from error


@cache
def read_week(hours: str) -> Week:
    """Hours as they are written, by day (`1` to `7`, and `F`); ValueError names what can’t be read."""
    week: Week = {}
    for part in filter(None, map(str.strip, hours.split(";"))):
        days, *spans = part.split()
        if not _DAYS.fullmatch(days) or not spans:
            raise ValueError(part)
        read = tuple(_span(span) for span in spans)
        if any(before > after or before == time() for (_, before), (after, _) in pairwise(read)):
            raise ValueError(part)
        for day in _days(days):
            if day in week:
                raise ValueError(part)
            week[day] = read
    return week


def _span(written: str) -> Span:
    found = _SPAN.fullmatch(written)
    first, last = found.groups() if found else ("", "")
    if not found or last <= first:
        raise ValueError(written)
    return time.fromisoformat(first), time() if last == _MIDNIGHT else time.fromisoformat(last)


def _days(written: str) -> Iterator[str]:
    for part in written.split(","):
        first, _, last = part.partition("-")
        if part == HOLIDAY:
            yield HOLIDAY
        elif last and last < first:
            raise ValueError(part)
        else:
            yield from map(str, range(int(first), int(last or first) + 1))
