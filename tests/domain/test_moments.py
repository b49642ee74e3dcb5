"""When something was done, by clocks that may be wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.moments import acted_at, age_of, is_believed

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)


def _acted(made: timedelta, sent: timedelta | None) -> timedelta:
    """Both by the desk's clock, from noon on the server's; what is kept, from noon too."""
    sent_at = None if sent is None else NOON + sent
    age = age_of(NOON + made, sent_at=sent_at, received_at=NOON)
    return acted_at(age, received_at=NOON) - NOON


@pytest.mark.parametrize(
    ("made", "sent", "kept"),
    [
        (timedelta(0), timedelta(0), timedelta(0)),
        (-2 * HOUR, timedelta(0), -2 * HOUR),
        (3 * DAY - 2 * HOUR, 3 * DAY, -2 * HOUR),
        (-3 * DAY - 2 * HOUR, -3 * DAY, -2 * HOUR),
        (-2 * HOUR, None, -2 * HOUR),
        (SECOND, None, timedelta(0)),
        (SECOND, timedelta(0), timedelta(0)),
        (-7 * DAY, timedelta(0), -7 * DAY),
        (-7 * DAY - SECOND, timedelta(0), timedelta(0)),
        (-900 * DAY, None, timedelta(0)),
        (3 * DAY, None, timedelta(0)),
        (3 * DAY, timedelta(0), timedelta(0)),
    ],
)
def test_it_is_kept_as_long_before_its_arrival_as_its_desk_says(
    made: timedelta, sent: timedelta | None, kept: timedelta
) -> None:
    assert _acted(made, sent) == kept


@pytest.mark.parametrize(
    ("age", "believed"),
    [
        (timedelta(0), True),
        (7 * DAY, True),
        (-timedelta(minutes=2), True),
        (7 * DAY + SECOND, False),
        (-timedelta(minutes=2, seconds=1), False),
    ],
)
def test_a_clock_is_believed_within_a_week_and_two_minutes(age: timedelta, believed: bool) -> None:  # noqa: FBT001
    assert is_believed(age) == believed
