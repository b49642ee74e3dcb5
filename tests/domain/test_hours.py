"""Due times are right over week-ends, holidays and changes of the clock."""

from datetime import UTC, date, datetime

import pytest

from app.demo.calendar import ZONE as PARIS
from app.domain.holidays import Region, public_holidays
from app.domain.hours import due_at, suggested, suggested_soon, working_day_after
from app.domain.motives import shipped_catalogue
from app.domain.opening import ALWAYS, Opening, Place

TUESDAY = datetime(2026, 11, 24, 9, 28, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("due", "now", "expected"),
    [
        ("17:00", "2026-11-24T10:28", "2026-11-24T17:00"),
        ("17:00", "2026-11-24T17:00", "2026-11-25T17:00"),
        ("17:00", "2026-11-27T18:00", "2026-11-30T17:00"),
        ("16:00", "2026-11-28T10:00", "2026-11-30T16:00"),
        ("2 h", "2026-11-24T10:28:31", "2026-11-24T12:28"),
        ("30 min", "2026-11-29T23:45", "2026-11-30T00:15"),
        ("J+1", "2026-11-27T10:00", "2026-11-30T10:00"),
        ("J+1", "2026-12-24T10:00", "2026-12-28T10:00"),
        ("J+2", "2026-05-13T10:00", "2026-05-18T10:00"),
        ("J+3", "2026-11-24T10:28", "2026-11-27T10:00"),
        ("8 jours calendaires", "2026-11-24T10:28", "2026-12-02T10:00"),
        ("8 jours calendaires", "2026-11-21T10:28", "2026-11-27T10:00"),
        ("J+30", "2026-11-24T10:28", "2026-12-24T17:00"),
        ("J+30", "2027-01-31T10:28", "2027-02-26T17:00"),
        ("J+1", "2026-10-23T10:00", "2026-10-26T10:00"),
    ],
)
def test_a_delay_ends_when_the_catalogue_says(due: str, now: str, expected: str) -> None:
    assert due_at(due, at(now), opening=ALWAYS) == at(expected)


def test_a_delay_is_counted_in_local_time() -> None:
    assert due_at("17:00", TUESDAY, opening=ALWAYS) == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def test_two_hours_last_two_hours_over_a_change_of_clock() -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    due = due_at("2 h", before, opening=ALWAYS)
    assert due is not None
    assert (due.astimezone(UTC) - before).total_seconds() == 7200


def test_no_delay_is_no_time() -> None:
    assert due_at("", TUESDAY, opening=ALWAYS) is None


def test_an_unknown_delay_is_refused() -> None:
    with pytest.raises(ValueError, match="bientôt"):
        due_at("bientôt", TUESDAY, opening=ALWAYS)


def test_every_delay_of_the_catalogue_is_understood() -> None:
    dues = [
        due_at(motive.due, TUESDAY, opening=ALWAYS) for motive in shipped_catalogue().motives if motive.due
    ]
    assert len(dues) > 20
    assert all(due is not None and due > TUESDAY for due in dues)


@pytest.mark.parametrize(
    ("year", "easter_monday"), [(2024, "04-01"), (2025, "04-21"), (2026, "04-06"), (2027, "03-29")]
)
def test_easter_moves_three_holidays(year: int, easter_monday: str) -> None:
    assert date.fromisoformat(f"{year}-{easter_monday}") in public_holidays(year)
    assert len(public_holidays(year)) == 11


@pytest.mark.parametrize("day", ["2026-11-28", "2026-11-29", "2026-11-11", "2026-05-14", "2026-05-25"])
def test_nobody_works_on_week_ends_and_holidays(day: str) -> None:
    assert not Place().is_working(date.fromisoformat(day))


def test_people_work_on_a_plain_tuesday() -> None:
    assert Place().is_working(TUESDAY.date())


def test_no_working_day_later_is_the_day_itself() -> None:
    assert working_day_after(date(2026, 11, 24), 0, opening=ALWAYS) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T10:28", ["2026-11-24T12:00", "2026-11-24T17:00", "2026-11-25T10:00"]),
        ("2026-11-24T14:00", ["2026-11-24T17:00", "2026-11-25T10:00"]),
        ("2026-11-27T18:00", ["2026-11-30T10:00"]),
        ("2026-11-28T10:00", ["2026-11-30T10:00"]),
    ],
)
def test_the_times_offered_are_still_to_come(now: str, expected: list[str]) -> None:
    assert suggested(at(now), opening=ALWAYS) == tuple(at(moment) for moment in expected)


SPLIT = Opening(hours="1-5 08:00-12:00 13:00-16:30")


@pytest.mark.parametrize(
    ("due", "now", "expected"),
    [
        ("2 h", "2026-11-24T09:00", "2026-11-24T11:00"),
        ("2 h", "2026-11-24T11:00", "2026-11-24T14:00"),
        ("2 h", "2026-11-24T12:30", "2026-11-24T15:00"),
        ("2 h", "2026-11-24T16:00", "2026-11-25T09:30"),
        ("2 h", "2026-11-27T16:00", "2026-11-30T09:30"),
        ("30 min", "2026-12-24T16:15", "2026-12-28T08:15"),
        ("17:00", "2026-11-24T10:28", "2026-11-24T16:30"),
        ("17:00", "2026-11-24T16:45", "2026-11-25T16:30"),
        ("J+30", "2026-11-24T10:28", "2026-12-24T16:30"),
    ],
)
def test_a_delay_counts_the_hours_that_the_service_is_open(due: str, now: str, expected: str) -> None:
    assert due_at(due, at(now), opening=SPLIT) == at(expected)


def test_a_promise_of_another_day_waits_for_a_day_that_the_service_opens() -> None:
    mornings = Opening(hours="2,4 14:00-17:00")
    assert due_at("J+1", at("2026-11-24T10:00"), opening=mornings) == at("2026-11-26T15:00")
    assert due_at("J+2", at("2026-11-24T10:00"), opening=mornings) == at("2026-12-01T15:00")
    saturdays = Opening(hours="6 09:00-12:00")
    assert due_at("J+1", at("2026-11-24T10:00"), opening=saturdays) == at("2026-11-25T10:00")


def test_the_times_offered_are_within_the_hours_and_not_told_twice() -> None:
    morning = Opening(hours="1-5 08:00-11:30")
    offered = suggested(at("2026-11-24T10:28"), opening=morning)
    assert offered == (at("2026-11-24T11:30"), at("2026-11-25T10:00"))
    assert suggested(at("2026-11-24T16:00"), opening=SPLIT)[0] == at("2026-11-24T16:30")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T10:28:31", ["24T11:28", "24T12:00", "24T16:30", "25T10:00"]),
        ("2026-11-24T11:30", ["24T12:00", "24T13:30", "24T16:30", "25T10:00"]),
        ("2026-11-24T16:00", ["24T16:30", "25T08:30", "25T10:00"]),
        ("2026-11-10T18:00", ["12T09:00", "12T10:00"]),
    ],
)
def test_an_hour_from_now_is_one_of_work_and_stands_in_its_order(now: str, expected: list[str]) -> None:
    offered = suggested_soon(at(now), opening=SPLIT)
    assert offered == tuple(at(f"2026-11-{moment}") for moment in expected)


@pytest.mark.parametrize(
    ("region", "day"),
    [
        (Region.ALSACE_MOSELLE, "2026-04-03"),
        (Region.ALSACE_MOSELLE, "2026-12-26"),
        (Region.GUADELOUPE, "2026-05-27"),
        (Region.MARTINIQUE, "2026-05-22"),
        (Region.FRENCH_GUIANA, "2026-06-10"),
        (Region.REUNION, "2026-12-20"),
        (Region.MAYOTTE, "2026-04-27"),
    ],
)
def test_each_place_rests_on_its_own_days_too(region: Region, day: str) -> None:
    chosen = date.fromisoformat(day)
    resting = {one for one in Region if chosen in public_holidays(chosen.year, one)}
    assert resting == {region}
    assert public_holidays(chosen.year) < public_holidays(chosen.year, region)


def test_a_delay_is_counted_in_the_places_time_and_skips_its_days() -> None:
    reunion = Opening(place=Place(zone="Indian/Reunion", region=Region.REUNION))
    due = due_at("17:00", datetime(2027, 12, 19, 21, 0, tzinfo=UTC), opening=reunion)
    assert due == datetime(2027, 12, 21, 13, 0, tzinfo=UTC)
