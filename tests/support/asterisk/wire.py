"""What the journeys hear of a line, and a wire to the exchange that can be cut."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

from app.clock import MachineClock
from app.domain.commands import CommandEnvelope
from app.domain.ids import Id
from sync.server.connectors import LineMemory, OpenCall
from sync.server.connectors.asterisk.call import Dialplan
from sync.server.connectors.asterisk.line import AsteriskLine
from sync.server.connectors.asterisk.session import AsteriskSettings

_PATIENCE = 20.0


class Listener:
    """Collects the commands of one live line, and waits for them, boundedly."""

    def __init__(self) -> None:
        self.told: list[CommandEnvelope] = []
        self.refusals_left = 0
        """How many times the server refuses what it is given, as one that is down would."""
        self._changed = asyncio.Event()

    async def take(self, envelopes: Sequence[CommandEnvelope]) -> None:
        if self.refusals_left:
            self.refusals_left -= 1
            raise ConnectionError
        self.told += envelopes
        self._changed.set()

    async def until(self, is_enough: Callable[[], bool]) -> None:
        """Return as soon as it is true; fail after twenty seconds, with what was told by then."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not is_enough():
                    self._changed.clear()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), 0.05)
        except TimeoutError:
            told = [type(envelope.body).__name__ for envelope in self.told]
            raise AssertionError(f"The line told only {told}.") from None


def settings(port: int, *, username: str, secret: str) -> AsteriskSettings:
    """A line that is as patient as a test."""
    return AsteriskSettings(
        line="standard",
        host="127.0.0.1",
        port=port,
        username=username,
        secret=secret,
        dialplan=Dialplan(direct={"0199001003": "direction"}, outside=frozenset({"outside", "anonymous"})),
        ping_every=timedelta(seconds=0.3),
        give_up_after=timedelta(seconds=1.5),
        retry_first=timedelta(seconds=0.1),
        retry_last=timedelta(seconds=0.4),
        refused_pause=timedelta(seconds=0.4),
        settle_every=timedelta(seconds=0.1),
    )


@asynccontextmanager
async def listening(
    chosen: AsteriskSettings, *, is_up: bool = True, still_open: Mapping[Id, OpenCall] | None = None
) -> AsyncGenerator[tuple[AsteriskLine, Listener]]:
    """A live line with its listener, running until the block ends."""
    listener = Listener()
    memory = LineMemory(calls=still_open or {})
    line = AsteriskLine(chosen, clock=MachineClock(), emit=listener.take, remember=lambda: memory)
    running = asyncio.create_task(line.run())
    try:
        if is_up:
            await listener.until(lambda: line.connections == 1)
        yield line, listener
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


class Wire:
    """A relay to the exchange's port: `cut` it, and `mend` it on the same port."""

    def __init__(self, to: int) -> None:
        self.port = 0
        self._to = to
        self._server: asyncio.Server | None = None
        self._ends: list[asyncio.StreamWriter] = []
        self._relays: set[asyncio.Task[None]] = set()

    async def mend(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Break every connection at once and accept none."""
        if self._server is not None:
            self._server.close()
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()
        await asyncio.gather(*self._relays, return_exceptions=True)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._ends += [writer, far_writer]
        for source, sink in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.create_task(_pour(source, sink))
            self._relays.add(task)
            task.add_done_callback(self._relays.discard)


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    """Carry bytes until either end is gone."""
    with suppress(OSError):
        while received := await source.read(65_536):
            sink.write(received)
            await sink.drain()
    sink.close()


def through(wire: Wire, chosen: AsteriskSettings) -> AsteriskSettings:
    """The same line, reached through the wire."""
    return replace(chosen, port=wire.port)
