"""Asks the server for persons whom this desk does not hold: only the newest question waits for the wire."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from app.domain.errors import Refusal
from app.queries.person_search import FoundPersons
from sync.client.access import Access
from sync.client.server import Barred, Expired, ServerLine, SignInRefused, Unreachable

PATIENCE_S = 3.0
LONGEST = 200
"""Characters of a question that the server reads."""


class Lookup:
    """One thread and one connection of its own; `ask` and `stop` may be called from any thread."""

    def __init__(self, open_line: Callable[[], ServerLine], access: Access) -> None:
        self._line = open_line()
        self._access = access
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lookup")
        self._newest: Future[FoundPersons] | None = None

    def ask(self, typed: str, reason: str = "") -> Future[FoundPersons]:
        """Search one line of typing, beyond this desk's services when a reason is given.

        The future is cancelled when another question comes before this one was sent; it holds the
        `Refusal` `needs_server` when the server can't be reached.
        """
        if self._newest is not None:
            self._newest.cancel()
        self._newest = self._thread.submit(self._search, typed[:LONGEST], reason)
        return self._newest

    def stop(self) -> None:
        """End what is under way."""
        self._line.cut()
        self._thread.shutdown(cancel_futures=True)
        self._line.close()

    def _search(self, typed: str, reason: str) -> FoundPersons:
        token = self._access.session.token
        try:
            try:
                return self._line.search(typed, token, reason=reason, patience=PATIENCE_S)
            except Expired:
                self._access.renew(self._line, token)
                renewed = self._access.session.token
                return self._line.search(typed, renewed, reason=reason, patience=PATIENCE_S)
        except (Unreachable, Expired, Barred, SignInRefused) as fault:
            raise Refusal("needs_server") from fault
