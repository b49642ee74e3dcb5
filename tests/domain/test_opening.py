"""A service is open in its hours, split by lunch, closed by holidays, whatever summer time does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.holidays import Region, public_holidays
from app.domain.opening import Opening, Place, check_zone, read_week

MINUTE = timedelta(minutes=1)
SPLIT = "1-5 08:00-12:00 13:00-18:00; 6 09:00-12:00"
NEVER_CLOSED = "1-7,F 00:00-24:00"
NIGHTS = "1-4,F 00:00-05:30 21:15-24:00; 5 02:00-03:00 12:00-24:00"
MAYOTTE = Place(zone="Indian/Mayotte", region=Region.MAYOTTE)
HOURS = st.sampled_from([SPLIT, NEVER_CLOSED, NIGHTS, "7 00:30-04:10 10:00-11:00"])
PLACES = st.sampled_from([Place(), Place(region=Region.ALSACE_MOSELLE), MAYOTTE])
CHANGES = [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
"""The days when the clocks of France change."""
MOMENTS = st.one_of(
    st.integers(0, 365 * 1440).map(lambda count: datetime(2026, 1, 1, tzinfo=UTC) + count * MINUTE),
    st.tuples(st.sampled_from(CHANGES), st.integers(-1440, 2880)).map(lambda at: at[0] + at[1] * MINUTE),
)


def is_open_by_hand(opening: Opening, moment: datetime) -> bool:
    """Reads the wall clock, and nothing of the product's reading."""
    local = moment.astimezone(opening.place.clock)
    day = (
        "F" if local.date() in public_holidays(local.year, opening.place.region) else str(local.isoweekday())
    )
    for part in opening.hours.split(";"):
        days, *spans = part.split()
        named = [each for one in days.split(",") for each in _named(one)]
        if day in named and any(
            low <= f"{local:%H:%M}" < high for low, high in (s.split("-") for s in spans)
        ):
            return True
    return False


def _named(days: str) -> list[str]:
    first, _, last = days.partition("-")
    return [day for day in "1234567" if first <= day <= last] if last else [first]


@given(HOURS, PLACES, MOMENTS)
def test_open_is_what_the_wall_clock_says(hours: str, place: Place, moment: datetime) -> None:
    opening = Opening(hours=hours, place=place)
    assert opening.is_open(moment) == is_open_by_hand(opening, moment)


@given(HOURS, PLACES, MOMENTS, st.integers(0, 3000))
def test_the_time_worked_is_a_count_of_open_minutes(
    hours: str, place: Place, since: datetime, count: int
) -> None:
    opening = Opening(hours=hours, place=place)
    minutes = sum(is_open_by_hand(opening, since + passed * MINUTE) for passed in range(count))
    assert opening.worked(since, since + count * MINUTE) == minutes * MINUTE


@given(HOURS, PLACES, MOMENTS, st.integers(1, 900))
def test_after_a_lapse_just_that_time_was_worked(
    hours: str, place: Place, since: datetime, count: int
) -> None:
    opening = Opening(hours=hours, place=place)
    end = opening.after(since, count * MINUTE)
    assert opening.worked(since, end) == count * MINUTE
    assert is_open_by_hand(opening, end - MINUTE)


def test_without_hours_every_minute_counts() -> None:
    sunday = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert Opening().is_open(sunday)
    assert Opening().worked(sunday, sunday + 3 * MINUTE) == 3 * MINUTE
    assert Opening().after(sunday, 3 * MINUTE) == sunday + 3 * MINUTE


def test_a_holiday_closes_what_does_not_name_it() -> None:
    armistice = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
    assert not Opening(hours=SPLIT).is_open(armistice)
    assert Opening(hours=NEVER_CLOSED).is_open(armistice)
    abolition = datetime(2026, 4, 27, 7, 0, tzinfo=UTC)
    assert Opening(hours=SPLIT).is_open(abolition)
    assert not Opening(hours=SPLIT, place=MAYOTTE).is_open(abolition)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-24", 24)])
def test_a_day_that_never_closes_lasts_as_long_as_the_day(day: str, hours: int) -> None:
    ((first, last),) = Opening(hours=NEVER_CLOSED).spans(date.fromisoformat(day))
    assert last - first == timedelta(hours=hours)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_an_edge_within_the_hour_of_a_change_of_clock_keeps_its_length(day: str) -> None:
    ((first, last),) = Opening(hours="7 02:10-02:50").spans(date.fromisoformat(day))
    assert last - first == 40 * MINUTE


UNREADABLE = """
    1-5 | 8 08:00-12:00 | 1-5 8:00-12:00 | 1-5 12:00-08:00 | 5-1 08:00-12:00 | 1 08:00-25:00
    | 1-5 08:00-12:00 11:00-18:00 | 1-5 08:00-24:00 13:00-18:00 | 1-5 08:00-12:00; 3 13:00-18:00 | lundi
"""


@pytest.mark.parametrize("hours", [one.strip() for one in UNREADABLE.split("|")])
def test_hours_that_cannot_be_read_are_refused(hours: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_week(hours)


def test_a_zone_is_known_or_refused() -> None:
    assert check_zone("America/Cayenne") == "America/Cayenne"
    for name in ("Europe/Atlantis", "", "../etc/passwd"):
        with pytest.raises(ValueError, match=r"^" + name[:1]):
            check_zone(name)
