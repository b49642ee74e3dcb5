"""The only door from what is shown to what is known: reads and commands off the GUI thread."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from functools import partial
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.domain.commands import AnyCommand
from app.domain.errors import Refusal
from app.domain.relatives import Compared, RelativeRole
from app.domain.sending import Sending
from app.logs import fault, log
from app.queries.doubles import Doubles, ToDecide
from app.queries.earlier_calls import EarlierCalls
from app.queries.person_search import FoundPersons
from app.queries.reports import QueueReport
from ui.background import Returns

T = TypeVar("T")


class Wire(Protocol):
    """What the console's wire offers; its threads do the work and fulfil the futures."""

    def ask(self, query: Callable[[sa.Connection, str], T]) -> Future[T]:
        """Run a query on the replica: it is given a connection and the establishment."""
        ...

    def submit(self, command: AnyCommand) -> Future[str]:
        """Keep a command for good and show it at once; the future holds its id or a Refusal."""
        ...

    def look_beyond(self, typed: str, reason: str) -> Future[FoundPersons]:
        """Have the server search a line of typing; beyond the services of this desk with a reason."""
        ...

    def figures(self, first: date, last: date) -> Future[tuple[QueueReport, ...]]:
        """Have the server count the telephone's days, both counted in."""
        ...

    def voicemail(self, contact: str) -> Future[bytes]:
        """Have the server hand over what a caller said."""
        ...

    def doubles(self, person: str, reason: str) -> Future[Doubles | None]:
        """Have the server lay a record beside those that may be of the same human."""
        ...

    def compare_relative(
        self, person: str, full_name: str, role: RelativeRole, reason: str
    ) -> Future[Compared | None]:
        """Have the server say whether somebody is close to a person, as they say."""
        ...

    def earlier_calls(self, contact: str) -> Future[EarlierCalls | None]:
        """Have the server tell what calls may be of a contact's person."""
        ...

    def to_decide(self) -> Future[ToDecide]:
        """Have the server tell what waits for whoever decides of identities."""
        ...

    def save_draft(self, contact: str, body: bytes) -> Future[None]:
        """Keep what is typed for a contact until it is saved."""
        ...

    def draft(self, contact: str) -> Future[bytes | None]:
        """What was typed for a contact and not saved."""
        ...

    def sendings(self) -> Future[list[Sending]]:
        """What was done here that the server has not taken yet, or has refused."""
        ...

    def dismiss(self, command_id: str) -> Future[None]:
        """A refusal was read."""
        ...

    def hurry(self) -> None:
        """Try the server again now."""
        ...


class Desk(Protocol):
    """What view-models are given."""

    def ask(self, query: Callable[[sa.Connection, str], T], then: Callable[[T], None]) -> None:
        """Read, then call `then` on the GUI thread."""
        ...

    def submit(
        self,
        command: AnyCommand,
        then: Callable[[str], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Hand a command over; `then` gets its id once it is kept, `refused` the rule's no."""
        ...

    def look_beyond(
        self,
        typed: str,
        reason: str,
        then: Callable[[FoundPersons], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Have the server search; nothing is told of a question that another one overtook."""
        ...

    def figures(
        self,
        first: date,
        last: date,
        then: Callable[[tuple[QueueReport, ...]], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Have the server count the telephone's days, both counted in."""
        ...

    def voicemail(
        self, contact: str, then: Callable[[bytes], None], refused: Callable[[Refusal], None]
    ) -> None:
        """Have the server hand over what a caller said, a WAV file."""
        ...

    def doubles(
        self,
        person: str,
        reason: str,
        then: Callable[[Doubles | None], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Have the server lay a record beside those that may be of the same human."""
        ...

    def compare_relative(
        self,
        told: tuple[str, str, RelativeRole],
        reason: str,
        then: Callable[[Compared | None], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Have the server say whether somebody is close: `told` is the person, the name and the role."""
        ...

    def earlier_calls(
        self, contact: str, then: Callable[[EarlierCalls | None], None], refused: Callable[[Refusal], None]
    ) -> None:
        """Have the server tell what calls may be of a contact's person; None of one that it lacks."""
        ...

    def to_decide(self, then: Callable[[ToDecide], None], refused: Callable[[Refusal], None]) -> None:
        """Have the server tell what waits for whoever decides of identities."""
        ...

    def keep_draft(self, contact: str, body: bytes, then: Callable[[None], None]) -> None:
        """Keep what is typed; `then` once it is on the disk."""
        ...

    def draft_of(self, contact: str, then: Callable[[bytes | None], None]) -> None:
        """What was typed for a contact before, if anything."""
        ...

    def sendings(self, then: Callable[[list[Sending]], None]) -> None:
        """What was done here that the server has not taken yet, or has refused, oldest first."""
        ...

    def dismiss(self, command_id: str, then: Callable[[None], None]) -> None:
        """A refusal was read."""
        ...

    def hurry(self) -> None:
        """Try the server again now."""
        ...


def _is_gone(then: Callable[..., None] | None) -> bool:
    """Whether what was to be told ended with its window: nothing more is done for it."""
    told = then.func if isinstance(then, partial) else then
    owner = getattr(told, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


class Tasks(QObject):
    """The desk's door: what comes of a question or a command is told on the GUI thread."""

    failed = Signal(object)

    def __init__(self, wire: Wire, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wire = wire
        self._is_closed = False
        self._returns = Returns(self)

    def close(self) -> None:
        """Ask nothing more: what is still queued for a window that is gone falls silent."""
        self._is_closed = True

    def ask(self, query: Callable[[sa.Connection, str], T], then: Callable[[T], None]) -> None:
        """Read, then call `then` on the GUI thread."""
        if not self._is_closed:
            self._follow(self._wire.ask(query), then, None)

    def submit(
        self,
        command: AnyCommand,
        then: Callable[[str], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Hand a command over; `then` gets its id once it is kept, `refused` the rule's no.

        Once closed nothing is: who sat here has left, and only what a window does by itself comes so late.
        """
        if not self._is_closed:
            self._follow(self._wire.submit(command), then, refused)

    def look_beyond(
        self,
        typed: str,
        reason: str,
        then: Callable[[FoundPersons], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Have the server search; nothing is told of a question that another one overtook."""
        self._follow(self._wire.look_beyond(typed, reason), then, refused)

    def figures(
        self,
        first: date,
        last: date,
        then: Callable[[tuple[QueueReport, ...]], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Have the server count the telephone's days, both counted in."""
        self._follow(self._wire.figures(first, last), then, refused)

    def voicemail(
        self, contact: str, then: Callable[[bytes], None], refused: Callable[[Refusal], None]
    ) -> None:
        """Have the server hand over what a caller said, a WAV file."""
        self._follow(self._wire.voicemail(contact), then, refused)

    def doubles(
        self,
        person: str,
        reason: str,
        then: Callable[[Doubles | None], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Have the server lay a record beside those that may be of the same human."""
        self._follow(self._wire.doubles(person, reason), then, refused)

    def compare_relative(
        self,
        told: tuple[str, str, RelativeRole],
        reason: str,
        then: Callable[[Compared | None], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Have the server say whether somebody is close: `told` is the person, the name and the role."""
        self._follow(self._wire.compare_relative(*told, reason), then, refused)

    def earlier_calls(
        self, contact: str, then: Callable[[EarlierCalls | None], None], refused: Callable[[Refusal], None]
    ) -> None:
        """Have the server tell what calls may be of a contact's person; None of one that it lacks."""
        self._follow(self._wire.earlier_calls(contact), then, refused)

    def to_decide(self, then: Callable[[ToDecide], None], refused: Callable[[Refusal], None]) -> None:
        """Have the server tell what waits for whoever decides of identities."""
        self._follow(self._wire.to_decide(), then, refused)

    def keep_draft(self, contact: str, body: bytes, then: Callable[[None], None]) -> None:
        """Keep what is typed; `then` once it is on the disk."""
        self._follow(self._wire.save_draft(contact, body), then, None)

    def draft_of(self, contact: str, then: Callable[[bytes | None], None]) -> None:
        """What was typed for a contact before, if anything."""
        self._follow(self._wire.draft(contact), then, None)

    def sendings(self, then: Callable[[list[Sending]], None]) -> None:
        """What was done here that the server has not taken yet, or has refused, oldest first."""
        if not self._is_closed:
            self._follow(self._wire.sendings(), then, None)

    def dismiss(self, command_id: str, then: Callable[[None], None]) -> None:
        """A refusal was read."""
        self._follow(self._wire.dismiss(command_id), then, None)

    def hurry(self) -> None:
        """Try the server again now."""
        self._wire.hurry()

    def _follow(
        self,
        future: Future[Any],
        then: Callable[[Any], None] | None,
        refused: Callable[[Refusal], None] | None,
    ) -> None:
        self._returns.follow(future, lambda done: self._deliver(done, then, refused))

    def _deliver(
        self,
        done: Future[Any],
        then: Callable[[Any], None] | None,
        refused: Callable[[Refusal], None] | None,
    ) -> None:
        if self._is_closed or done.cancelled() or _is_gone(then):
            return
        error = done.exception()
        if error is None:
            if then is not None:
                then(done.result())
        elif isinstance(error, Refusal) and refused is not None:
            refused(error)
        else:
            log("desk").error("what was asked of this desk failed", **fault(error))
            self.failed.emit(error)
