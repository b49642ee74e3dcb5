"""An exchange whose calls live on while the servers that listen to it come and go."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Self

from sync.server.connectors.asterisk.ami import Message
from tests.server.connectors.hostile import Exchange, exchange_that
from tests.server.connectors.lines import CALLER, messages

_PATIENCE_S = 40


class Switchboard:
    """Scripted, in a thread of its own: who connects is told of the calls present, then of what happens.

    `connections` counts the logins ever let in, `here` those there are, `most_at_once` what that reached.
    """

    def __init__(self) -> None:
        self.port = 0
        self.connections = self.here = self.most_at_once = 0
        self._present: dict[str, Message] = {}
        self._started = "06:00:00"
        self._listening: set[Exchange] = set()
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    def __enter__(self) -> Self:
        self._thread.start()
        self.until(lambda: self.port != 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_PATIENCE_S)
        self._loop.close()

    def arrive(self, call: str) -> None:
        """Somebody calls and waits in the queue."""
        arrival = messages(call, "arrive", CALLER)
        queued = {"Application": "Queue", "ApplicationData": "accueil,tT"}
        self._do(lambda: self._present.update({call: {**arrival[0], **queued}}), *arrival)

    def tell(self, call: str, act: str, value: str = "") -> None:
        """One more act of a call, for whoever listens."""
        self._do(lambda: None, *messages(call, act, value))

    def end(self, call: str) -> None:
        """The caller hangs up."""
        self._do(lambda: self._present.pop(call), *messages(call, "hang_up", ""))

    def until(self, is_so: Callable[[], bool]) -> None:
        """Return as soon as it is so; fail after a long while."""
        with self._changed:
            assert self._changed.wait_for(is_so, _PATIENCE_S)

    def _do(self, change: Callable[[], object], *said: Mapping[str, str]) -> None:
        def act() -> None:
            change()
            for each in self._listening:
                each.say(*said)

        self._run(act)

    def _run(self, act: Callable[[], object]) -> None:
        """Do it on the exchange's own thread, and return when it is done."""
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (act(), done.set()))
        assert done.wait(_PATIENCE_S)

    async def _serve(self) -> None:
        async with exchange_that(self._welcome) as port:
            self._note(lambda: setattr(self, "port", port))
            await self._stop.wait()

    async def _welcome(self, exchange: Exchange) -> None:
        """Whoever comes hears from the moment the events are on, as at a real exchange."""
        begin = partial(self._listening.add, exchange)
        try:
            await exchange.let_in(partial(self._list, exchange), started=self._started, on_events=begin)
            self._note(self._one_more)
            try:
                with suppress(ConnectionError):
                    await self._stay(exchange)
            finally:
                self._note(self._one_less)
        finally:
            self._listening.discard(exchange)

    def _list(self, _exchange: Exchange) -> Iterable[Message]:
        """The channels present, for whoever asks."""
        return self._present.values()

    async def _stay(self, exchange: Exchange) -> None:
        """Until the line leaves."""
        await exchange.answer_pings()

    def _one_more(self) -> None:
        self.connections += 1
        self.here += 1
        self.most_at_once = max(self.most_at_once, self.here)

    def _one_less(self) -> None:
        self.here -= 1

    def _note(self, change: Callable[[], object]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()
