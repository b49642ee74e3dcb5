"""Asks the server for what this desk does not hold: persons, by the newest question alone, and figures."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import TypeVar

from app.domain.errors import Refusal
from app.domain.relatives import Compared, RelativeRole
from app.queries.doubles import Doubles, ToDecide
from app.queries.earlier_calls import EarlierCalls
from app.queries.person_search import FoundPersons
from app.queries.reports import QueueReport
from sync.client.access import Access
from sync.client.server import Barred, Expired, ServerLine, SignInRefused, Unreachable

PATIENCE_S = 3.0
REPORT_S = 10.0
LONGEST = 200
"""Characters of a question that the server reads."""

T = TypeVar("T")


class _Asker:
    """One thread, and a connection of its own."""

    def __init__(self, line: ServerLine, access: Access, name: str) -> None:
        self.line = line
        self._access = access
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def submit(self, question: Callable[[str], T]) -> Future[T]:
        """What the server answers, after what was asked before; `needs_server` when it can't be reached."""
        return self._thread.submit(self._asked, question)

    def stop(self) -> None:
        """End what is under way."""
        self.line.cut()
        self._thread.shutdown(cancel_futures=True)
        self.line.close()

    def _asked(self, question: Callable[[str], T]) -> T:
        """Ask with the session's token; again with a new one when that is over."""
        token = self._access.session.token
        try:
            try:
                return question(token)
            except Expired:
                self._access.renew(self.line, token)
                return question(self._access.session.token)
        except (Unreachable, Expired, Barred, SignInRefused) as fault:
            raise Refusal("needs_server") from fault


class Lookup:
    """`ask` and `stop` may be called from any thread.

    What may last, figures and a voicemail, holds nothing up that is asked while somebody speaks.
    """

    def __init__(self, open_line: Callable[[], ServerLine], access: Access) -> None:
        self._soon = _Asker(open_line(), access, "lookup")
        self._later = _Asker(open_line(), access, "reports")
        self._newest: Future[FoundPersons] | None = None

    def ask(self, typed: str, reason: str = "") -> Future[FoundPersons]:
        """Search one line of typing, beyond this desk's services when a reason is given.

        The future is cancelled when another question comes before this one was sent; it holds the
        `Refusal` `needs_server` when the server can't be reached.
        """
        if self._newest is not None:
            self._newest.cancel()
        asked = partial(self._soon.line.search, typed[:LONGEST], reason=reason, patience=PATIENCE_S)
        self._newest = self._soon.submit(asked)
        return self._newest

    def figures(self, first: date, last: date) -> Future[tuple[QueueReport, ...]]:
        """The telephone's figures of these days, both counted in; the server keeps on record who reads them.

        The future holds the `Refusal` `needs_server` when it can't be reached.
        """
        return self._later.submit(partial(self._later.line.figures, first, last, patience=REPORT_S))

    def voicemail(self, contact: str) -> Future[bytes]:
        """What a caller said, a WAV file; the server keeps on record who listens.

        The future holds the `Refusal` `needs_server` when it can't be reached, else `no_voicemail`.
        """
        return self._later.submit(partial(self._heard, contact))

    def doubles(self, person: str, reason: str) -> Future[Doubles | None]:
        """A record beside those that may be of the same human; the server keeps on record who compares.

        The future holds the `Refusal` `needs_server` when it can't be reached.
        """
        asked = partial(self._soon.line.doubles, person, reason=reason, patience=PATIENCE_S)
        return self._soon.submit(asked)

    def compare_relative(
        self, person: str, full_name: str, role: RelativeRole, reason: str
    ) -> Future[Compared | None]:
        """Whether somebody is close to a person, as they say; the server keeps on record who asks.

        The future holds the `Refusal` `needs_server` when it can't be reached.
        """
        told = (person, full_name[:LONGEST], role)
        asked = partial(self._soon.line.compare_relative, *told, reason=reason, patience=PATIENCE_S)
        return self._soon.submit(asked)

    def earlier_calls(self, contact: str) -> Future[EarlierCalls | None]:
        """The calls of nobody that may be of a contact's person; the server keeps on record who asks.

        None of a contact that the server does not have, or not yet as anybody's; the future holds the
        `Refusal` `needs_server` when it can't be reached.
        """
        return self._soon.submit(partial(self._soon.line.earlier_calls, contact, patience=PATIENCE_S))

    def to_decide(self) -> Future[ToDecide]:
        """What waits for whoever decides of identities; the future may hold `needs_server`."""
        return self._soon.submit(partial(self._soon.line.to_decide, patience=PATIENCE_S))

    def stop(self) -> None:
        """End what is under way."""
        self._soon.stop()
        self._later.stop()

    def _heard(self, contact: str, token: str) -> bytes:
        said = self._later.line.voicemail(contact, token, patience=REPORT_S)
        if not said:
            raise Refusal("no_voicemail")
        return said
