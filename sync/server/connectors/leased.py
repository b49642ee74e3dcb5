"""Holds a line in one process among several: leased, renewed, taken over when its holder dies."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from app.domain.facts import LineActAsked
from app.logs import fault, log
from app.store.leases import Lessor
from sync.server.feed.tail import Tail


class AskedLine(Protocol):
    """A line that does what desks ask."""

    line: str

    async def perform(self, asked: LineActAsked) -> None:
        """Do it, and tell what came of it."""
        ...


class ActingLine(AskedLine, Protocol):
    """A line that also listens."""

    async def run(self) -> None:
        """Hold the connection until cancelled."""
        ...


class PassedActs:
    """Hands a line that needs no connection what desks ask of it."""

    def __init__(self, line: AskedLine, tail: Tail) -> None:
        self._line = line
        self._tail = tail

    async def run(self) -> None:
        """Until cancelled."""
        await pass_acts(self._line, self._tail)


async def pass_acts(line: AskedLine, tail: Tail) -> None:
    """Hand a line what desks ask of it from now on, whichever process took the command."""
    position = tail.head
    while not tail.is_stopped:
        entries = tail.held_after(position)
        if entries is None:
            entries = await asyncio.to_thread(tail.read, position)
        for entry in entries:
            position = entry.position
            for asked in entry.asked_of(line.line):
                await line.perform(asked)
        if not entries:
            await tail.wait(_LOOK_EVERY_S)
            await asyncio.to_thread(_pull, tail)


def _pull(tail: Tail) -> None:
    try:
        tail.pull()
    except Exception as error:  # noqa: BLE001 - the driver's own, or SQLAlchemy's
        log("feed").error("the journal can't be read", **fault(error))


_LOOK_EVERY_S = 0.5
"""How long a command taken by another process may wait for its line."""


class LeasedLine:
    """Runs a line while this process holds its lease; else waits for its turn."""

    def __init__(self, name: str, make: Callable[[], ActingLine], *, lessor: Lessor, tail: Tail) -> None:
        self.is_held = False
        self._name = name
        self._make = make
        self._lessor = lessor
        self._tail = tail
        self._renewed_at = 0.0
        self._is_unknown = False

    async def run(self) -> None:
        """Hold the line whenever it is ours, until cancelled."""
        try:
            while True:
                if await self._take():
                    await self._hold()
                await asyncio.sleep(self._pause)
        finally:
            await asyncio.shield(asyncio.to_thread(self._lessor.give_back, self._name))

    @property
    def _pause(self) -> float:
        return self._lessor.lasts.total_seconds() / 4

    async def _hold(self) -> None:
        """Run the line, what is asked of it and the renewal; when one ends, all do."""
        line = self._make()
        self.is_held = True
        log("line").info("leased", line=self._name)
        works = [line.run(), pass_acts(line, self._tail), self._renew()]
        running = [asyncio.create_task(work) for work in works]
        try:
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for each in done:
                if (error := each.exception()) is not None:
                    log("line").error("stopped on a mistake of ours", line=self._name, **fault(error))
        finally:
            self.is_held = False
            for each in running:
                each.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _renew(self) -> None:
        """Return when the lease is no longer ours, or may no longer be."""
        patience = self._lessor.lasts.total_seconds() - self._pause
        while True:
            await asyncio.sleep(self._pause)
            is_ours = await self._take()
            is_sure = asyncio.get_running_loop().time() - self._renewed_at < patience
            if not is_ours and not (is_sure and self._is_unknown):
                log("line").warning("lease lost", line=self._name)
                return

    async def _take(self) -> bool:
        """Take or renew; a database that is away tells nothing, and ours lasts until it is over."""
        asked_at = asyncio.get_running_loop().time()
        try:
            is_ours = await asyncio.to_thread(self._lessor.take, self._name)
        except SQLAlchemyError as error:
            log("line").warning("no lease can be had", line=self._name, **fault(error))
            self._is_unknown = True
            return False
        self._is_unknown = False
        if is_ours:
            self._renewed_at = asked_at
        return is_ours
