"""What is due is done by one process, goes on after another died, and stops between two batches."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import DialNumber
from app.store.leases import DUE_WORK, Lessor
from sync.server.feed.counts import Counts
from sync.server.jobs.due_work import DueWork, Work
from tests.support.scene import MARTINES_NUMBER, Scene

LASTS = timedelta(minutes=1)


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    """A small hospital."""
    return Scene(engine)


class Pile:
    """So many batches that each do three things."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def __call__(self) -> Iterator[int]:
        while self.left:
            self.left -= 1
            yield 3


def _lessor(scene: Scene, holder: str) -> Lessor:
    return Lessor(
        engine=scene.engine,
        establishment=scene.establishment,
        holder=holder,
        clock=scene.clock,
        lasts=LASTS,
    )


def _work(scene: Scene, holder: str, work: Work, counts: Counts | None = None) -> DueWork:
    works = {"pile": work}
    lessor = _lessor(scene, holder)
    return DueWork(works, lessor=lessor, counts=counts or Counts(), look_every_s=0.01)


def _counted(counts: Counts, state: str) -> str:
    lines = counts.text().decode().splitlines()
    name = f'filrouge_due_work_total{{state="{state}",work="pile"}} '
    return next((line.removeprefix(name) for line in lines if line.startswith(name)), "")


def test_a_look_does_all_that_is_due_and_counts_it(scene: Scene) -> None:
    pile, counts = Pile(4), Counts()
    _work(scene, "a", pile, counts).run_due()
    assert (pile.left, _counted(counts, "done")) == (0, "12.0")


def test_one_process_works_while_it_lives_and_another_goes_on_after_it(scene: Scene) -> None:
    first, second = Pile(1), Pile(1)
    one, other = _work(scene, "a", first), _work(scene, "b", second)
    one.run_due()
    other.run_due()
    assert (first.left, second.left) == (0, 1)
    scene.clock.move(LASTS)
    other.run_due()
    assert second.left == 0


def test_a_work_that_fails_is_counted_and_the_next_one_is_done(scene: Scene) -> None:
    def fails() -> Iterator[int]:
        yield 1 // 0

    pile, counts = Pile(1), Counts()
    works = {"pile": fails, "other": pile}
    DueWork(works, lessor=_lessor(scene, "a"), counts=counts).run_due()
    assert (pile.left, _counted(counts, "failed")) == (0, "1.0")


def test_a_work_without_end_stops_with_the_server_and_lets_another_go_on(scene: Scene) -> None:
    begun = threading.Event()

    def endless() -> Iterator[int]:
        while True:
            begun.set()
            yield 1

    async def live_and_end() -> None:
        running = asyncio.create_task(_work(scene, "a", endless).run())
        await asyncio.to_thread(begun.wait, 20)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(live_and_end())
    assert begun.is_set()
    assert _lessor(scene, "b").take(DUE_WORK)


def test_the_lease_of_due_work_is_taken_for_no_line(scene: Scene) -> None:
    dial = DialNumber(number_raw=MARTINES_NUMBER)
    lessor = _lessor(scene, "a")
    assert lessor.take(DUE_WORK)
    assert scene.run(dial).refusal == "no_line"
    assert lessor.take("standard")
    assert scene.run(dial).refusal == ""
