"""The telephone's figures: the design's example, a brute-force oracle, and days that are not 24 h."""

import statistics
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.indicators import (
    DEFINITIONS,
    Indicator,
    PhoneCall,
    QueueState,
    Share,
    Tally,
    day_end,
    day_start,
    lost_callers,
    queue_state,
    tally,
)

PARIS = ZoneInfo("Europe/Paris")
NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def answered(wait: int, *, talk: int = 60, hold: int = 0, post: int = 0) -> PhoneCall:
    taken = NINE + seconds(wait)
    over = taken + seconds(talk + hold)
    return PhoneCall(
        first_at=NINE,
        queued_at=NINE,
        answered_at=taken,
        ended_at=over,
        hold=seconds(hold),
        post_call=seconds(post),
    )


def left(wait: int) -> PhoneCall:
    return PhoneCall(first_at=NINE, queued_at=NINE, ended_at=NINE + seconds(wait))


def test_the_designs_first_example_gives_its_figures() -> None:
    waits = (8, 15, 22, 19, 65, 5, 20)
    spoken = zip(
        waits,
        (120, 90, 200, 60, 150, 30, 110),
        (0, 20, 0, 0, 40, 0, 0),
        (30, 25, 60, 20, 45, 10, 20),
        strict=True,
    )
    calls = [answered(wait, talk=talk, hold=hold, post=post) for wait, talk, hold, post in spoken]
    day = tally([*calls, *map(left, (3, 40, 12))])
    assert (day.received, day.short, day.base) == (10, 1, 9)
    assert (day.answer_rate, day.service_level, day.abandon_rate) == (Share(7, 9), Share(5, 9), Share(2, 9))
    assert (day.mean_wait.total, day.mean_wait.base) == (seconds(154), 7)
    assert (day.mean_talk.total, day.mean_talk.base) == (seconds(760), 7)
    assert day.mean_post_call.value == seconds(30)
    assert day.mean_handling.total == seconds(1030)
    assert day.felt_wait(0.5) == seconds(19)


def test_without_a_call_there_is_no_figure_rather_than_zero() -> None:
    day = tally([])
    assert day.answer_rate.value is day.mean_talk.value is day.felt_wait(0.5) is None
    assert Share(0, 20).value == 0
    assert Share(3, 19).is_small
    assert not Share(3, 20).is_small


def test_every_figure_has_its_definition() -> None:
    assert set(DEFINITIONS) == set(Indicator)


MOMENTS = st.integers(0, 3 * 86_400).map(lambda at: NINE + seconds(at))
SPANS = st.one_of(st.integers(0, 40), st.integers(0, 30 * 3600)).map(seconds)


@st.composite
def a_call(draw: st.DrawFn) -> PhoneCall:
    first = draw(MOMENTS)
    queued = first + draw(st.integers(0, 90).map(seconds))
    wait, talk = draw(SPANS), draw(SPANS)
    is_answered, is_over = draw(st.booleans()), draw(st.booleans())
    ended = queued + wait + (talk if is_answered else timedelta())
    return PhoneCall(
        queue=draw(st.sampled_from("ab")),
        number=draw(st.sampled_from(("", "+33639980001", "+33639980002", "+33639980003"))),
        first_at=first,
        queued_at=queued,
        answered_at=queued + wait if is_answered else None,
        ended_at=ended if is_over else None,
        hold=talk / 4 if is_answered else timedelta(),
        post_call=draw(st.integers(0, 180).map(seconds)),
        has_voicemail=not is_answered and is_over and draw(st.booleans()),
        has_person=draw(st.booleans()),
        is_outbound=draw(st.booleans()),
    )


DAYS = st.lists(a_call(), max_size=40)


@given(DAYS, st.randoms(use_true_random=False))
def test_one_pass_in_any_order_and_any_parts_equals_counting_again(
    calls: list[PhoneCall], chance: Random
) -> None:
    whole = tally(calls)
    shuffled = list(calls)
    chance.shuffle(shuffled)
    cut = len(calls) // 3
    merged = Tally()
    for part in (shuffled[:cut], shuffled[cut:]):
        merged.merge(tally(part))
    inbound = [call for call in calls if not call.is_outbound]
    base = [call for call in inbound if not call.has_voicemail]
    taken = [call for call in base if call.answered_at]
    waits = [(call.answered_at or NINE) - call.queued_at for call in taken]
    felt = [(call.answered_at or NINE) - call.first_at for call in taken]
    over = [call for call in taken if call.ended_at]
    gone = [
        (call.ended_at or NINE) - call.queued_at for call in base if not call.answered_at and call.ended_at
    ]
    for day in (whole, merged):
        assert day.received == len(base)
        assert day.base == len(base) - sum(wait < seconds(5) for wait in gone)
        assert day.answered == len(taken)
        assert day.in_level == sum(wait <= seconds(20) for wait in waits)
        assert day.abandoned == sum(wait >= seconds(5) for wait in gone)
        assert day.waiting == sum(call.answered_at is None and call.ended_at is None for call in base)
        assert day.answered + day.abandoned + day.waiting == day.base
        assert day.wait == sum(waits, timedelta())
        assert day.mean_talk.total == sum(
            ((call.ended_at or NINE) - (call.answered_at or NINE) - call.hold for call in over), timedelta()
        )
        assert day.identification == Share(sum(call.has_person for call in inbound), len(inbound))
        assert day.felt_wait(0.5) == (statistics.median_low(felt) if felt else None)
        assert day.felt_wait(0.9) == _nearest_rank(felt)


def _nearest_rank(felt: list[timedelta]) -> timedelta | None:
    """The smallest wait that nine in ten did not pass, by trying each."""
    fit = [one for one in felt if Fraction(sum(other <= one for other in felt), len(felt)) >= Fraction(9, 10)]
    return min(fit) if fit else None


@given(DAYS)
def test_lost_callers_equal_a_search_call_by_call(calls: list[PhoneCall]) -> None:
    lost, callers = set[str](), set[str]()
    for call in calls:
        short = call.answered_at is None and call.ended_at and call.ended_at - call.queued_at < seconds(5)
        if call.is_outbound or call.has_voicemail or short or not call.number:
            continue
        callers.add(call.number)
        if call.answered_at is not None or call.ended_at is None:
            continue
        limit = call.ended_at + timedelta(hours=24)
        same = [other for other in calls if other.number == call.number and other.answered_at]
        if not [other for other in same if call.ended_at <= (other.answered_at or NINE) <= limit]:
            lost.add(call.number)
    assert lost_callers(calls).share == Share(len(lost), len(callers))


def test_a_caller_recalled_after_a_day_stays_lost_and_one_recalled_sooner_does_not() -> None:
    def recalled(hours: float) -> list[PhoneCall]:
        back = NINE + timedelta(hours=hours)
        gone = PhoneCall(number="+33639980001", first_at=NINE, queued_at=NINE, ended_at=NINE + seconds(30))
        ours = PhoneCall(
            number="+33639980001", first_at=back, queued_at=back, answered_at=back, is_outbound=True
        )
        return [gone, ours]

    assert lost_callers(recalled(23)).share == Share(0, 1)
    assert lost_callers(recalled(25)).share == Share(1, 1)
    assert lost_callers([left(30)]).hidden == 1


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 11, 24), 24)])
def test_a_day_goes_from_midnight_to_midnight_whatever_its_length(
    day: tuple[int, int, int], hours: int
) -> None:
    noon = datetime(*day, 12, tzinfo=PARIS)
    start, end = day_start(noon, zone=PARIS).astimezone(UTC), day_end(noon, zone=PARIS).astimezone(UTC)
    assert end - start == timedelta(hours=hours)
    assert day_start(start, zone=PARIS) == start
    assert day_end(start, zone=PARIS) == end
    assert day_start(start - seconds(1), zone=PARIS) < start
    assert day_start(end, zone=PARIS) == end


def test_a_call_is_seen_as_it_was_known_at_a_moment() -> None:
    call = answered(30)
    assert call.as_of(NINE - seconds(1)) is None
    waiting = call.as_of(NINE + seconds(29))
    assert waiting is not None
    assert waiting.is_waiting
    spoken = call.as_of(NINE + seconds(30))
    assert spoken is not None
    assert (spoken.answered_at, spoken.ended_at) == (call.answered_at, None)


@pytest.mark.parametrize(
    ("calls", "longest", "state"),
    [
        ([], 0, QueueState.ON_TARGET),
        ([], 60, QueueState.BELOW_TARGET),
        ([], 120, QueueState.CRITICAL),
        ([answered(30)] * 4, 0, QueueState.ON_TARGET),
        ([answered(30)] * 5, 0, QueueState.CRITICAL),
        ([answered(10)] * 4 + [answered(30)], 59, QueueState.ON_TARGET),
        ([answered(10)] * 7 + [answered(30)] * 3, 0, QueueState.BELOW_TARGET),
        ([answered(10)] * 9 + [left(30)], 0, QueueState.CRITICAL),
    ],
)
def test_a_queues_state_follows_its_thresholds(
    calls: list[PhoneCall], longest: int, state: QueueState
) -> None:
    assert queue_state(tally(calls), seconds(longest)) is state
