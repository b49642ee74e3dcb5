"""Where commands enter this process: one after the other, and the feeds know at once."""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from app.dispatch import FAILED, Asked, Settled, run_commands
from app.domain.commands import CommandEnvelope
from app.logs import fault, log
from app.ports import Clock
from sync.server.feed import origin
from sync.server.feed.counts import Counts
from sync.server.feed.tail import Tail

GROUP = 100
"""So many commands share a transaction: few enough that a ringing telephone doesn't wait for them."""
TELL_EVERY_S = 0.02
"""Within a batch the feeds are told this often, and at its end."""


class Intake:
    """Runs commands from any thread; they are committed when it returns.

    The journal keeps where the request in hand comes from.
    """

    def __init__(
        self, engine: sa.Engine, establishment: str, tail: Tail, *, clock: Clock, counts: Counts
    ) -> None:
        self._engine = engine
        self._establishment = establishment
        self._tail = tail
        self._clock = clock
        self._counts = counts
        self._one_by_one = threading.Lock()
        self._told_at = 0.0

    def run(self, envelope: CommandEnvelope, *, desk: str) -> Settled:
        """Run one command and tell the feeds."""
        (settled,) = self.run_all([envelope], desk=desk)
        return settled

    def run_all(self, asked: Sequence[Asked], *, desk: str) -> list[Settled]:
        """Run commands in order, a group in one transaction; the feeds are told now and then, and last."""
        settled: list[Settled] = []
        try:
            for group in _groups(asked):
                if settled:
                    self._tell_sometimes()
                settled += self._run_group(group, desk)
            return settled
        finally:
            self.tell()

    async def emit(self, envelopes: Sequence[CommandEnvelope]) -> None:
        """Run what an outside line says, in order; committed when this returns."""
        if envelopes:
            await asyncio.to_thread(self.run_all, envelopes, desk=envelopes[0].author)

    def _run_group(self, group: Sequence[Asked], desk: str) -> list[Settled]:
        with self._one_by_one, self._counts.command_seconds.time():
            settled = run_commands(
                self._engine,
                self._establishment,
                group,
                desk=desk,
                clock=self._clock,
                address=origin.address(),
            )
        for one in settled:
            self._counts.commands.labels(_state(one)).inc()
        return settled

    def tell(self) -> None:
        """Let the feeds have what was committed."""
        self._told_at = time.monotonic()
        try:
            self._tail.pull()
        except Exception as error:  # noqa: BLE001 - the driver's own, or SQLAlchemy's
            # What was committed stays so; the tail looks again at its next beat.
            log("feed").error("the journal can't be read", **fault(error))

    def _tell_sometimes(self) -> None:
        if time.monotonic() - self._told_at > TELL_EVERY_S:
            self.tell()


def _groups(asked: Sequence[Asked]) -> Iterator[Sequence[Asked]]:
    return (asked[first : first + GROUP] for first in range(0, len(asked), GROUP))


def _state(settled: Settled) -> str:
    if settled.is_held:
        return "held"
    if settled.refusal == FAILED:
        return "failed"
    return "done" if settled.is_done else "refused"
