"""The script of a day is the same for the same seed, can be played at two desks, and its judge can say no."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from app.clock import AnchoredClock
from app.demo.day import HIDDEN, UNANSWERED, Course, Fate, working_day
from app.demo.day_steps import Act, Step, busiest, steps_of
from app.demo.recount import Figures, retell
from app.demo.shown import differences, shown_figures
from app.domain.facts import (
    AnyFact,
    CallAnswered,
    CallArrived,
    CallEnded,
    CommitmentKept,
    CommitmentMade,
    CommitmentPostponed,
    MotiveLogged,
)
from app.domain.words import Channel, Ending, Outcome, Reach
from app.queries.board import Board

SEEDS = range(12)
NINE = datetime(2026, 11, 25, 8, tzinfo=UTC)
EVENING = NINE + timedelta(hours=9)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_has_eighty_calls_of_every_course_in_order_of_time(seed: int) -> None:
    day = working_day(seed)
    assert len(day) == 80
    assert working_day(seed) == day
    assert [call.at for call in day] == sorted(call.at for call in day)
    assert {call.course for call in day} == set(Course)
    assert sum(call.course in UNANSWERED for call in day) == 17
    assert {call.fate for call in day} == {None, *Fate}
    assert any(call.number == HIDDEN for call in day)
    assert max(Counter(call.story for call in day).values()) == 4


@pytest.mark.parametrize("seed", SEEDS)
def test_a_story_goes_on_in_its_order_and_a_promise_for_today_has_its_time(seed: int) -> None:
    turns: dict[int, int] = {}
    for call in working_day(seed):
        assert turns.get(call.story, 0) == call.turn
        turns[call.story] = call.turn + 1
        assert not call.is_for_today or call.at < timedelta(hours=16)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_desk_speaks_with_two_callers_at_once(seed: int) -> None:
    day = working_day(seed)
    speaking: dict[int, int] = {}
    for step in steps_of(day):
        if step.act in (Act.ANSWERED, Act.PICKED_UP):
            assert step.desk not in speaking.values()
            speaking[step.call] = step.desk
        elif step.act is Act.HANGS_UP:
            del speaking[step.call]
        elif step.act is Act.LISTS:
            assert not speaking
    assert not speaking


def test_the_busiest_step_is_the_one_with_most_calls_under_way() -> None:
    day = (*working_day()[:1],)
    assert busiest(steps_of(day)).act is Act.ARRIVES
    with pytest.raises(ValueError, match="without a call"):
        busiest([Step(at=timedelta(), act=Act.CUT)])


def _calls() -> list[AnyFact]:
    """One call answered in ten seconds, one given up after thirty, one gone at once."""
    facts: list[AnyFact] = []
    for name, number in (("a", "+33639980001"), ("b", "+33639980002"), ("c", "+33639980003")):
        facts.append(CallArrived(contact=name, queue="q", service="s", number=number, arrived_at=NINE))
    facts.append(CallAnswered(contact="a", extension="4101", answered_at=NINE + timedelta(seconds=10)))
    for name, seconds in (("a", 70), ("b", 30), ("c", 2)):
        at = NINE + timedelta(seconds=seconds)
        facts.append(CallEnded(contact=name, ending=Ending.ABANDONED, ended_at=at))
    return facts


def _traced(contact: str) -> MotiveLogged:
    return MotiveLogged(
        contact=contact, log="l", motive="14", outcome=Outcome.DEALT_WITH, service="s", by="c", logged_at=NINE
    )


def test_the_recount_counts_by_hand() -> None:
    assert retell(_calls()).figures() == {
        "received": 3,
        "answered": 1,
        "abandoned": 1,
        "identified": 0,
        "contacts": 3,
        "felt_wait_s": 10.0,
        "lost": 1,
        "callers": 2,
        "hidden_unreached": 0,
        "q.received": 3,
        "q.base": 2,
        "q.in_level": 1,
        "q.abandoned": 1,
        "q.waiting": 0,
    }


def test_a_contact_that_nobody_qualified_is_named() -> None:
    traced = [*_calls(), *map(_traced, "abc")]
    assert retell(traced).untraced() == []
    assert retell(traced[:-1]).untraced() == ["c"]


def test_a_promise_is_followed_when_kept_put_off_with_a_word_or_shown_late() -> None:
    def forgotten(*since: AnyFact, told_late: tuple[str, ...] = ()) -> list[str]:
        made = CommitmentMade(
            commitment="p",
            contact="a",
            what="",
            channel=Channel.PHONE,
            owner="s",
            by="c",
            due_at=EVENING,
            made_at=NINE,
        )
        told = retell([made, *since])
        return told.forgotten(now=EVENING + timedelta(minutes=1), told_late=told_late)

    kept = CommitmentKept(commitment="p", act="k", how=Reach.SPOKEN, by="c", kept_at=NINE)
    later = EVENING + timedelta(days=1)
    put_off = CommitmentPostponed(
        commitment="p", act="r", due_at=later, due_before=EVENING, reason="Attend", by="c", postponed_at=NINE
    )
    assert forgotten() == ["p"]
    assert forgotten(kept) == forgotten(put_off) == forgotten(told_late=("p",)) == []
    assert forgotten(msgspec.structs.replace(put_off, reason=" ")) == ["p"]


def test_one_figure_off_is_told_with_both_values() -> None:
    empty = Board(read_at=NINE)
    same: Figures = shown_figures(empty)
    assert differences(empty, same) == []
    assert differences(empty, same | {"lost": 1}) == ["lost: 0 shown, 1 counted"]


def test_a_demonstrations_clock_leaps_ahead_and_never_back() -> None:
    clock = AnchoredClock(NINE)
    clock.leap_to(EVENING)
    assert EVENING <= clock.now() < EVENING + timedelta(minutes=5)
    clock.leap_to(NINE)
    assert clock.now() >= EVENING
