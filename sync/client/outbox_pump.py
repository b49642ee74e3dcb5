"""Hands over what waits in the outbox, in order, until the server has it; the feed settles it."""

import random
import threading
from collections.abc import Callable
from typing import Protocol

from app.logs import fault, log
from sync.client.access import Access, Patience
from sync.client.server import Barred, Expired, ServerLine, SignInRefused, Unreachable
from sync.protocol.messages import CommandMessage, CommandState


class PumpSource(Protocol):
    """Where commands come from and answers go; each call returns when it is done."""

    def take(self) -> list[CommandMessage]:
        """The next batch, empty when nothing is to be sent."""
        ...

    def answered(self, states: list[CommandState]) -> None:
        """The server has these."""
        ...

    def credential(self) -> str:
        """What lets this desk hand over; empty when it has to be enrolled."""
        ...

    def keep_credential(self, credential: str) -> None:
        """This desk was enrolled, or is no longer."""
        ...


class OutboxPump:
    """One thread's loop, which people signing in and out don't end; the rest is for any other thread."""

    def __init__(
        self, open_line: Callable[[], ServerLine], source: PumpSource, chance: random.Random
    ) -> None:
        self._line = open_line()
        self._source = source
        self._patience = Patience(chance)
        self._access: Access | None = None
        self._wake = threading.Event()
        self._is_stopping = False

    def seat(self, access: Access | None) -> None:
        """Somebody signed in, and can have this desk enrolled; or nobody is here any more."""
        self._access = access
        self._wake.set()

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
            while not self._is_stopping and self._go_on_anyway():
                pass
        except (SignInRefused, Barred):
            """This desk was revoked, or waits for somebody who may enrol it; the rows wait."""

    def _go_on_anyway(self) -> bool:
        """What fails for another reason than the wire, as on a full disk, is tried again a little later."""
        try:
            return self._go_on()
        except (SignInRefused, Barred):
            raise
        except Exception as error:  # noqa: BLE001 - a bug is told, and the pump goes on
            log("pump").error("the outbox can't be sent", **fault(error))
            self._rest()
            return True

    def _go_on(self) -> bool:
        """Hand one batch over; False when there is nothing to do, or nobody to do it for."""
        try:
            credential = self._source.credential() or self._enrol()
            batch = self._source.take() if credential else []
            if batch:
                self._send(batch, credential)
        except Expired:
            # The server does not know this desk, being older than it: it is enrolled again.
            self._source.keep_credential("")
            self._rest()
        except Unreachable:
            self._rest()
        else:
            return bool(batch)
        return True

    def _send(self, batch: list[CommandMessage], credential: str) -> None:
        states = self._line.send(batch, credential)
        if {state.id for state in states} != {message.id for message in batch}:
            raise Unreachable("an answer without every command")
        self._source.answered(states)
        self._patience.reset()

    def _enrol(self) -> str:
        access = self._access
        if access is None:
            return ""
        token = access.session.token
        try:
            credential = self._line.enrol(token)
        except Expired:
            access.renew(self._line, token)
            credential = self._line.enrol(access.session.token)
        self._source.keep_credential(credential)
        return credential

    def _rest(self) -> None:
        self._wake.wait(self._patience.grow())
        if not self._is_stopping:
            self._wake.clear()
