"""Of several server processes only one holds a line, and another takes over when it dies."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.clock import AnchoredClock, MachineClock
from app.domain.facts import LineActAsked
from app.store.leases import Lessor, give_back_lease, take_lease
from sync.server.connectors.leased import LeasedLine
from sync.server.feed.tail import Tail
from tests.support.asterisk.wire import Listener
from tests.support.scene import MORNING, Scene
from tests.support.stores import engine

__all__ = ["engine"]

LASTS = timedelta(seconds=0.8)


def _take(engine: sa.Engine, establishment: str, holder: str, *, after: float = 0.0) -> bool:
    now = MORNING + timedelta(seconds=after)
    return take_lease(engine, establishment, "standard", holder=holder, now=now, lasts=timedelta(seconds=6))


@pytest.fixture
def house(engine: sa.Engine) -> str:
    return Scene(engine).establishment


def test_a_lease_is_one_holders_until_it_is_over(engine: sa.Engine, house: str) -> None:
    assert _take(engine, house, "a")
    assert not _take(engine, house, "b", after=5.9)
    assert _take(engine, house, "a", after=5.9)
    assert not _take(engine, house, "b", after=6.0)
    assert _take(engine, house, "b", after=11.9)
    assert not _take(engine, house, "a", after=12.0)


def test_a_lease_given_back_is_free_and_only_its_holder_gives_it(engine: sa.Engine, house: str) -> None:
    assert _take(engine, house, "a")
    give_back_lease(engine, house, "standard", holder="b", now=MORNING)
    assert not _take(engine, house, "b")
    give_back_lease(engine, house, "standard", holder="a", now=MORNING)
    assert _take(engine, house, "b")


def test_two_lines_and_two_houses_are_leased_apart(engine: sa.Engine, house: str) -> None:
    assert _take(engine, house, "a")
    assert _take(engine, Scene(engine).establishment, "b")


def _lessor(engine: sa.Engine, house: str, holder: str, *, ahead: timedelta, at: list[float]) -> Lessor:
    """Of a machine whose clock is so far ahead; both look at the same watch."""
    clock = AnchoredClock(MORNING + ahead)
    lasts = timedelta(seconds=6)
    return Lessor(
        engine=engine, establishment=house, holder=holder, clock=clock, lasts=lasts, watch=lambda: at[0]
    )


def test_a_lease_of_who_died_with_a_clock_hours_ahead_is_over_once_it_was_not_renewed_for_its_time(
    engine: sa.Engine, house: str
) -> None:
    at = [0.0]
    dead = _lessor(engine, house, "a", ahead=timedelta(hours=7), at=at)
    other = _lessor(engine, house, "b", ahead=timedelta(0), at=at)
    assert dead.take("standard")
    for at[0], is_ours in ((0.0, False), (5.9, False), (6.0, True)):
        assert other.take("standard") is is_ours


def test_a_lease_that_is_renewed_by_a_clock_hours_ahead_stays_its_holders(
    engine: sa.Engine, house: str
) -> None:
    at = [0.0]
    holder = _lessor(engine, house, "a", ahead=timedelta(hours=7), at=at)
    other = _lessor(engine, house, "b", ahead=timedelta(0), at=at)
    for at[0] in (0.0, 5.0, 10.0, 15.0):
        assert holder.take("standard")
        assert not other.take("standard")


class CountedLine:
    """A line that only says that it is held."""

    line = "standard"

    def __init__(self, held: list[str], holder: str) -> None:
        self._held = held
        self._holder = holder

    async def run(self) -> None:
        self._held.append(self._holder)
        try:
            await asyncio.Event().wait()
        finally:
            self._held.remove(self._holder)

    async def perform(self, asked: LineActAsked) -> None:
        raise AssertionError(asked)


def _process(engine: sa.Engine, house: str, held: list[str], holder: str) -> LeasedLine:
    lessor = Lessor(engine=engine, establishment=house, holder=holder, clock=MachineClock(), lasts=LASTS)
    tail = Tail(lambda _after: [], head=0)
    return LeasedLine("standard", lambda: CountedLine(held, holder), lessor=lessor, tail=tail)


def test_only_one_process_holds_the_line_and_when_it_dies_the_other_takes_over(
    engine: sa.Engine, house: str
) -> None:
    async def test() -> None:
        held: list[str] = []
        first, second = (_process(engine, house, held, name) for name in ("a", "b"))
        running = asyncio.create_task(first.run())
        await Listener().until(lambda: first.is_held)
        waiting = asyncio.create_task(second.run())
        most = 0
        for _ in range(60):
            most = max(most, len(held))
            await asyncio.sleep(0.02)
        assert (most, held) == (1, ["a"])
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await Listener().until(lambda: second.is_held)
        assert held == ["b"]
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    asyncio.run(test())


def test_a_holder_whose_lease_was_taken_lets_go_of_the_line(engine: sa.Engine, house: str) -> None:
    async def test() -> None:
        held: list[str] = []
        first = _process(engine, house, held, "a")
        running = asyncio.create_task(first.run())
        await Listener().until(lambda: first.is_held)
        far = MachineClock().now() + timedelta(days=1)
        take_lease(engine, house, "standard", holder="b", now=far, lasts=timedelta(days=1))
        await Listener().until(lambda: held == [])
        assert not first.is_held
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(test())
