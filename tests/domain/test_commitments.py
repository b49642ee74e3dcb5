"""What keeps a promise, and when one may be given up."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.demo.calendar import ZONE as PARIS
from app.domain.commitments import is_reached, may_give_up, standing
from app.domain.words import CommitmentState, Reach


def at(wall: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{wall}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("how", "expected"),
    [(Reach.SPOKEN, True), (Reach.MESSAGE, True), (Reach.VOICEMAIL, False), (Reach.NO_ANSWER, False)],
)
def test_a_promise_is_kept_by_reaching_the_person(how: Reach, *, expected: bool) -> None:
    assert is_reached(how) is expected


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        ([], False),
        (["23 09:00", "23 10:00", "23 11:00"], False),
        (["23 09:00", "24 10:00"], False),
        (["23 09:00", "23 10:00", "24 11:00"], True),
        (["22 23:30", "22 23:40", "22 21:00"], True),
    ],
)
def test_three_attempts_on_two_local_days_are_enough(tried: list[str], *, expected: bool) -> None:
    assert may_give_up(map(at, tried), zone=PARIS) is expected


def test_the_days_of_attempts_are_those_of_the_place() -> None:
    tried = [at("22 20:30"), at("22 20:40"), at("22 19:00")]
    assert not may_give_up(tried, zone=PARIS)
    assert may_give_up(tried, zone=ZoneInfo("Indian/Reunion"))


def test_a_promise_whose_due_time_moved_is_postponed() -> None:
    due = at("24 09:00")
    assert standing(due, first_due_at=due) is CommitmentState.OPEN
    assert standing(at("25 09:00"), first_due_at=due) is CommitmentState.POSTPONED
