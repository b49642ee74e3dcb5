"""Does what is due, in one server process among several: leased, in small batches, told to operators."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from app.logs import fault, log
from app.store.leases import DUE_WORK, Lessor
from sync.server.feed.counts import Counts

LOOK_EVERY_S = 20.0

Work: TypeAlias = Callable[[], Iterator[int]]
"""Does what is due in batches of a second or so, and tells how much after each; it may be left after any.

What it does is done once however often it runs: its commands have ids made of what they are about.
"""


class DueWork:
    """Looks now and then at what is due, while this process holds the lease of it."""

    def __init__(
        self,
        works: Mapping[str, Work],
        *,
        lessor: Lessor,
        counts: Counts,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._works = works
        self._lessor = lessor
        self._counts = counts
        self._look_every_s = look_every_s
        self._working = threading.Lock()
        self._is_over = False

    async def run(self) -> None:
        """Until cancelled; the batch under way ends first, then another process may go on."""
        try:
            while True:
                await asyncio.sleep(self._look_every_s)
                await asyncio.to_thread(self.run_due)
        finally:
            self._is_over = True
            await asyncio.shield(asyncio.to_thread(self._give_back))

    def run_due(self) -> None:
        """All that is due now; a work that fails is logged, counted, and tried again at the next look."""
        with self._working:
            for name, work in self._works.items():
                try:
                    self._do(name, work)
                except Exception as error:  # noqa: BLE001 - whatever the database says, the others are due
                    self._counts.due_work.labels(name, "failed").inc()
                    log("jobs").error("due work failed", work=name, **fault(error))

    def _do(self, name: str, work: Work) -> None:
        batches = work()
        while self._is_ours() and (done := next(batches, None)) is not None:
            self._counts.due_work.labels(name, "done").inc(done)

    def _is_ours(self) -> bool:
        return not self._is_over and self._lessor.take(DUE_WORK)

    def _give_back(self) -> None:
        with self._working:
            self._lessor.give_back(DUE_WORK)
