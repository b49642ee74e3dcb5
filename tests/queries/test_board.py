"""The board is its calls counted again: by queue, across midnight, after a restart, on both databases."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from app.domain.indicators import QueueState, Share
from app.domain.periods import Period
from app.queries.board import Board, Chosen, QueueTile, board
from app.store import tables
from tests.queries.conftest import HOUSE, NOW

PARIS = ZoneInfo("Europe/Paris")
FIRST = "0192f0aa-0000-7000-8000-0000000001"
FAR = datetime(2031, 3, 30, 12, 0, tzinfo=PARIS)
"""A day of summer time of which the fictitious hospital knows nothing."""


def add(reading: sa.Connection, number: int, at: datetime, **values: object) -> None:
    row: dict[str, object] = {
        "establishment": HOUSE,
        "id": f"{FIRST}{number:02}",
        "channel": "phone",
        "direction": "inbound",
        "queue": "imagerie",
        "service": "imagerie",
        "state": "queued",
        "at": at,
    }
    reading.execute(sa.insert(tables.contact).values(row | values))


def over(at: datetime, *, wait: int, talk: int | None = None) -> dict[str, Any]:
    taken = None if talk is None else at + timedelta(seconds=wait)
    ended = at + timedelta(seconds=wait + (talk or 0))
    return {"at": at, "answered_at": taken, "ended_at": ended, "state": "ended"}


def tile(shown: Board, queue: str = "imagerie") -> QueueTile:
    return next(one for one in shown.tiles if one.queue == queue)


def test_those_who_wait_are_counted_by_queue_and_the_first_of_them_dated(reading: sa.Connection) -> None:
    for number, seconds in enumerate((10, 48, 30)):
        add(reading, number, FAR - timedelta(seconds=seconds))
    add(reading, 4, FAR - timedelta(seconds=70), queue="standard")
    shown = board(reading, HOUSE, now=FAR)
    assert (tile(shown).waiting, tile(shown).longest_since) == (3, FAR - timedelta(seconds=48))
    assert (tile(shown).state, tile(shown, "standard").state) == (
        QueueState.ON_TARGET,
        QueueState.BELOW_TARGET,
    )
    assert tile(shown, "archives").waiting == 0


def test_queues_that_were_called_today_come_first_and_both_parts_by_name(reading: sa.Connection) -> None:
    quiet = [one.queue for one in board(reading, HOUSE, now=FAR).tiles]
    add(reading, 1, FAR - timedelta(seconds=10), queue="standard")
    add(reading, 2, **over(FAR - timedelta(minutes=7), wait=10, talk=60))
    called = {"imagerie", "standard"}
    there = [one for one in quiet if one in called] + [one for one in quiet if one not in called]
    assert [one.queue for one in board(reading, HOUSE, now=FAR).tiles] == there != quiet


def test_rates_and_the_last_hour_come_from_the_same_calls(reading: sa.Connection) -> None:
    for number in range(4):
        add(reading, number, **over(FAR - timedelta(minutes=7), wait=10, talk=60))
    add(reading, 5, **over(FAR - timedelta(minutes=2), wait=40))
    add(reading, 6, **over(FAR - timedelta(hours=3), wait=3))
    shown = board(reading, HOUSE, now=FAR)
    assert tile(shown).service_level == Share(4, 5)
    assert tile(shown).abandon_rate == Share(1, 5)
    assert [(slot.answered, slot.abandoned) for slot in shown.hour[-3:]] == [(4, 0), (0, 1), (0, 0)]
    assert len(shown.hour) == 12
    assert shown.hour[-1].at == FAR
    assert (shown.day.answered, shown.day.abandoned) == (4, 1)


def test_a_queue_is_critical_only_at_the_second_refresh(reading: sa.Connection) -> None:
    add(reading, 1, FAR - timedelta(seconds=121))
    assert tile(board(reading, HOUSE, now=FAR)).state is QueueState.BELOW_TARGET
    assert tile(board(reading, HOUSE, now=FAR + timedelta(seconds=2))).state is QueueState.CRITICAL


def test_a_call_that_waits_since_before_midnight_waits_and_is_of_the_day_before(
    reading: sa.Connection,
) -> None:
    midnight = datetime(2031, 3, 30, tzinfo=PARIS)
    add(reading, 1, midnight - timedelta(seconds=30))
    add(reading, 2, **over(midnight - timedelta(minutes=9), wait=10, talk=20))
    shown = board(reading, HOUSE, now=midnight + timedelta(seconds=10))
    assert (tile(shown).waiting, tile(shown).received, shown.day.answered) == (1, 0, 0)
    assert [slot.answered for slot in shown.hour[-3:]] == [1, 0, 0]


@pytest.mark.parametrize(("day", "hours"), [((2031, 3, 30), 23), ((2031, 10, 26), 25), ((2031, 11, 24), 24)])
def test_a_day_of_summer_time_counts_its_own_hours(
    reading: sa.Connection, day: tuple[int, int, int], hours: int
) -> None:
    start = datetime(*day, tzinfo=PARIS).astimezone(UTC)
    add(reading, 0, **over(start - timedelta(seconds=1), wait=10, talk=20))
    for number in range(hours):
        add(reading, number + 1, **over(start + timedelta(hours=number), wait=10, talk=20))
    evening = start + timedelta(hours=hours) - timedelta(seconds=1)
    assert board(reading, HOUSE, now=evening).day.answered == hours


def test_the_board_of_some_services_shows_their_queues_alone(reading: sa.Connection) -> None:
    add(reading, 1, FAR - timedelta(seconds=5))
    shown = board(reading, HOUSE, now=FAR, services=frozenset(["imagerie"]))
    assert [one.queue for one in shown.tiles] == ["imagerie"]
    assert shown.seats.total == tile(shown).seats


def test_seats_are_told_by_their_calls_and_never_by_a_name(reading: sa.Connection) -> None:
    taken = {"answered_at": FAR, "agent": "e.perrin", "extension": "4301"}
    add(reading, 1, FAR - timedelta(seconds=20), state="held", **taken)
    before = board(reading, HOUSE, now=FAR - timedelta(hours=1)).seats
    shown = board(reading, HOUSE, now=FAR)
    assert (shown.seats.held, shown.seats.unknown) == (1, before.unknown - 1)
    assert (tile(shown).free, tile(shown).seats) == (0, 1)
    assert "perrin" not in repr(shown).lower()


def test_of_whom_the_exchange_never_spoke_nothing_is_said(reading: sa.Connection) -> None:
    shown = board(reading, HOUSE, now=FAR)
    assert (shown.seats.free, shown.seats.unknown) == (0, shown.seats.total) != (0, 0)
    assert {one.free for one in shown.tiles if one.seats} == {None}


def test_what_the_exchange_says_of_an_agent_counts_when_no_call_says_more(reading: sa.Connection) -> None:
    def say_state(queue: str, extension: str, state: str) -> None:
        row = {"establishment": HOUSE, "queue": queue, "extension": extension, "state": state, "since": FAR}
        reading.execute(sa.insert(tables.agent_state).values(row))

    before = board(reading, HOUSE, now=FAR).seats
    say_state("imagerie", "4301", "training")
    say_state("imagerie", "4401", "wrap_up")
    say_state("imagerie", "4501", "offline")
    say_state("standard", "4001", "available")
    shown = board(reading, HOUSE, now=FAR)
    assert (shown.seats.unavailable, shown.seats.wrap_up, shown.seats.total) == (1, 1, before.total - 1)
    assert (tile(shown).free, tile(shown).seats) == (0, 2)
    assert (tile(shown, "standard").free, tile(shown, "standard").seats) == (1, 1)
    add(reading, 1, FAR - timedelta(seconds=9), state="in_call", extension="4401", answered_at=FAR)
    assert board(reading, HOUSE, now=FAR).seats.in_call == 1


def test_read_again_by_another_connection_the_board_is_the_same(hospital: sa.Engine) -> None:
    with hospital.connect() as one:
        first = board(one, HOUSE, now=NOW)
    with hospital.connect() as other:
        assert board(other, HOUSE, now=NOW) == first


def test_a_part_of_the_day_and_some_queues_are_chosen_and_what_is_now_stays(reading: sa.Connection) -> None:
    for number, (hours, queue) in enumerate(
        [(3, "imagerie"), (1, "imagerie"), (0, "imagerie"), (1, "standard")]
    ):
        add(reading, number, queue=queue, **over(FAR - timedelta(hours=hours, minutes=1), wait=9, talk=9))
    add(reading, 9, FAR - timedelta(seconds=5))

    def counts(period: Period, *queues: str) -> tuple[int, int]:
        shown = board(reading, HOUSE, now=FAR, chosen=Chosen(period=period, queues=frozenset(queues)))
        assert (tile(shown).waiting, len(shown.hour), len(shown.choices)) == (1, 12, 9)
        return shown.day.answered, tile(shown).received

    assert counts(Period.TODAY) == (4, 4)
    assert counts(Period.TODAY, "imagerie") == (3, 4)
    assert counts(Period.LAST_HOUR, "imagerie") == (1, 2)
    assert counts(Period.MORNING, "imagerie", "standard") == (4, 4)
    assert counts(Period.AFTERNOON) == (0, 0)


def test_with_some_queues_chosen_only_those_who_answer_them_are_seats(reading: sa.Connection) -> None:
    add(reading, 1, FAR, queue="standard", state="in_call", extension="4301", answered_at=FAR)
    shown = board(reading, HOUSE, now=FAR, chosen=Chosen(queues=frozenset(["imagerie"])))
    assert [one.queue for one in shown.tiles] == ["imagerie"]
    assert (shown.seats.in_call, shown.seats.total) == (1, 1)
