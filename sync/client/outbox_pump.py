"""Hands over what waits in the outbox, in order, until the server has it; the feed settles it."""

import random
import threading
from collections.abc import Callable
from typing import Protocol

from app.logs import fault, log
from sync.client.access import Access, Patience
from sync.client.server import Expired, ServerLine, SignInRefused, Unreachable
from sync.protocol.messages import CommandMessage, CommandState


class PumpSource(Protocol):
    """Where commands come from and answers go; each call returns when it is done."""

    def take(self) -> list[CommandMessage]:
        """The next batch, empty when nothing is to be sent."""
        ...

    def answered(self, states: list[CommandState]) -> None:
        """The server has these."""
        ...


class OutboxPump:
    """One thread's loop; `wake` and `stop` may be called from any other."""

    def __init__(
        self, open_line: Callable[[], ServerLine], access: Access, source: PumpSource, chance: random.Random
    ) -> None:
        self._line = open_line()
        self._access = access
        self._source = source
        self._patience = Patience(chance)
        self._wake = threading.Event()
        self._wake.set()
        self._is_stopping = False

    def wake(self) -> None:
        """There is something to send, or the wire is back."""
        self._wake.set()

    def stop(self) -> None:
        """End the loop at once."""
        self._is_stopping = True
        self._line.cut()
        self._wake.set()

    def run(self) -> None:
        """Send whenever woken, until stopped."""
        while not self._is_stopping:
            self._wake.wait()
            self._wake.clear()
            self._drain()
        self._line.close()

    def _drain(self) -> None:
        try:
            while not self._is_stopping and (batch := self._source.take()):
                self._send(batch)
        except SignInRefused:
            """The author must sign in again; the rows wait."""
        except Exception as error:  # noqa: BLE001 - a bug is told, and the pump goes on
            log("pump").error("the outbox can't be sent", **fault(error))

    def _send(self, batch: list[CommandMessage]) -> None:
        token = self._access.session.token
        try:
            states = self._line.send(batch, token)
            if {state.id for state in states} != {message.id for message in batch}:
                raise Unreachable("an answer without every command")
            self._source.answered(states)
            self._patience.reset()
        except Expired:
            self._renew(token)
        except Unreachable:
            self._rest()

    def _renew(self, token: str) -> None:
        try:
            self._access.renew(self._line, token)
        except Unreachable:
            self._rest()

    def _rest(self) -> None:
        self._wake.wait(self._patience.grow())
        if not self._is_stopping:
            self._wake.clear()
