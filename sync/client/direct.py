"""Asks the server at once for what a desk may not do alone: nothing is kept, nothing waits for the wire."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import msgspec

from app.domain.commands import AnyCommand, CommandEnvelope
from app.domain.errors import Refusal
from app.ports import Clock, Mint
from sync.client.access import Access
from sync.client.server import Barred, Expired, ServerLine, SignInRefused, Unreachable
from sync.protocol.messages import CommandMessage, CommandState, to_message

PATIENCE_S = 4.0
TOO_LATE_AFTER = timedelta(seconds=5)
"""Nobody expects a phone to move so long after the key."""
TRIES = 2
"""An answer may be lost: the same command is sent again under its id, which the server runs once."""


class DirectLine:
    """One thread and one connection of its own; `ask` and `stop` may be called from any thread."""

    def __init__(
        self, open_line: Callable[[], ServerLine], access: Access, *, clock: Clock, mint: Mint
    ) -> None:
        self._line = open_line()
        self._access = access
        self._clock = clock
        self._mint = mint
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="direct")

    def ask(self, command: AnyCommand) -> Future[str]:
        """Have the server run it now; the future holds its id, or a `Refusal`.

        The refusal is `needs_server` when the server can't be reached, or not soon enough.
        """
        envelope = CommandEnvelope(
            id=self._mint.new_id(),
            made_at=self._clock.now(),
            author=self._access.session.login,
            body=command,
        )
        return self._thread.submit(self._run, envelope)

    def stop(self) -> None:
        """End what is under way; what waited behind it is not asked any more."""
        self._line.cut()
        self._thread.shutdown(cancel_futures=True)
        self._line.close()

    def _run(self, envelope: CommandEnvelope) -> str:
        now = self._clock.now()
        if now - envelope.made_at > TOO_LATE_AFTER:
            raise Refusal("needs_server")
        message = msgspec.structs.replace(to_message(envelope), sent_at=now)
        try:
            state = self._answer(message)
        except (Unreachable, Expired, Barred, SignInRefused) as fault:
            raise Refusal("needs_server") from fault
        if state.state != "done":
            raise Refusal(state.refusal or "needs_server", state.field)
        return state.id

    def _answer(self, message: CommandMessage) -> CommandState:
        for _ in range(TRIES - 1):
            token = self._access.session.token
            try:
                return self._line.ask(message, token, patience=PATIENCE_S)
            except Unreachable:
                continue
            except Expired:
                self._access.renew(self._line, token)
        return self._line.ask(message, self._access.session.token, patience=PATIENCE_S)
