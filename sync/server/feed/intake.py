"""Where commands enter this process: one after the other, and the feeds know at once."""

import asyncio
import threading
import time
from collections.abc import Sequence

import sqlalchemy as sa

from app.dispatch import Settled, refuse_unreadable, run_command
from app.domain.commands import CommandEnvelope
from app.logs import fault, log
from app.ports import Clock
from app.store.journal import Entry
from sync.server.feed.tail import Tail

TELL_EVERY_S = 0.02
"""Within a batch the feeds are told this often, and at its end."""


class Intake:
    """Runs commands from any thread; each is committed when `run` returns."""

    def __init__(self, engine: sa.Engine, establishment: str, tail: Tail, *, clock: Clock) -> None:
        self._engine = engine
        self._establishment = establishment
        self._tail = tail
        self._clock = clock
        self._one_by_one = threading.Lock()
        self._told_at = 0.0

    def run(self, envelope: CommandEnvelope, *, desk: str) -> Settled:
        """Run one command and tell the feeds."""
        settled = self.run_untold(envelope, desk=desk)
        self.tell()
        return settled

    def run_untold(self, envelope: CommandEnvelope, *, desk: str) -> Settled:
        """Run one command of a batch; the feeds are told now and then."""
        with self._one_by_one:
            settled = run_command(self._engine, self._establishment, envelope, desk=desk, clock=self._clock)
        self._tell_sometimes()
        return settled

    def refuse(self, entry: Entry) -> Settled:
        """Leave the entry of a command that is refused before its use case."""
        with self._one_by_one:
            settled = refuse_unreadable(self._engine, self._establishment, entry)
        self._tell_sometimes()
        return settled

    async def emit(self, envelopes: Sequence[CommandEnvelope]) -> None:
        """Run what an outside line says, in order; committed when this returns."""
        await asyncio.to_thread(self._run_all, envelopes)

    def _run_all(self, envelopes: Sequence[CommandEnvelope]) -> None:
        for envelope in envelopes:
            self.run(envelope, desk=envelope.author)

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
