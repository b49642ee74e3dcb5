"""What this person did here that the server has not taken, and since when it is away."""

from datetime import datetime
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.commands import AnyCommand, MarkMessageRead, OpenPerson
from app.domain.sending import Sending, SendState
from app.ports import Clock
from app.queries.subjects import Subject, read_subjects
from ui.tasks import Desk
from ui.viewmodels.pace import Pace

REFRESH_MS = 30_000
GRACE_MS = 2_000
"""A wire that comes back at once moves nothing on the page."""
_UNSAID = (OpenPerson, MarkMessageRead)
"""Traces of what was read: nothing that somebody would look for."""


class SendLine(msgspec.Struct, frozen=True, kw_only=True):
    """One command, and whom it is about as far as this desk knows."""

    sending: Sending
    subject: Subject | None = None

    @property
    def is_refused(self) -> bool:
        """Its author is to read why, and to choose."""
        return self.sending.state is SendState.REFUSED


class SendingPage(msgspec.Struct, frozen=True, kw_only=True):
    """Oldest first; `offline_since` is None while the server is heard."""

    lines: tuple[SendLine, ...] = ()
    offline_since: datetime | None = None

    @property
    def waiting(self) -> tuple[SendLine, ...]:
        """What leaves by itself."""
        return tuple(line for line in self.lines if not line.is_refused)

    @property
    def refused(self) -> tuple[SendLine, ...]:
        """What asks for a look."""
        return tuple(line for line in self.lines if line.is_refused)


class SendingList(QObject):
    """Reads the outbox once a second at most; `asked_again` when a person wants another try."""

    state_changed = Signal()

    def __init__(self, desk: Desk, *, clock: Clock) -> None:
        super().__init__()
        self.state = SendingPage()
        self._desk, self._clock = desk, clock
        self._pace = Pace(self, self._ask, beat_ms=REFRESH_MS)
        self._lost_at: datetime | None = None
        self._grace = QTimer(self, interval=GRACE_MS, singleShot=True)
        self._grace.timeout.connect(lambda: self.tell_offline_since(self._lost_at))

    def begin(self) -> None:
        """Read it, and keep it true."""
        self._pace.start()

    def look(self) -> None:
        """Something was done or taken."""
        self._pace.ask()

    def look_now(self) -> None:
        """A person opens the list."""
        self._pace.ask_now()

    def hear_link(self, *, is_offline: bool) -> None:
        """How the wire is."""
        self._pace.ask()
        if not is_offline:
            self._grace.stop()
            self._lost_at = None
            self.tell_offline_since(None)
        elif self._lost_at is None:
            self._lost_at = self._clock.now()
            self._grace.start()

    def try_again(self) -> None:
        """Ask the server once more, now."""
        self._desk.hurry()

    def dismiss(self, *commands: str) -> None:
        """Their author has read why they were refused."""
        for command in commands:
            self._desk.dismiss(command, lambda _: self._pace.ask_now())

    def tell_offline_since(self, at: datetime | None) -> None:
        """Show since when the server is away; None: it is not."""
        self._show(msgspec.structs.replace(self.state, offline_since=at))

    def _ask(self) -> None:
        self._desk.sendings(self._name)

    def _name(self, every: list[Sending]) -> None:
        said = [one for one in every if not isinstance(one.body, _UNSAID)]
        if not said:
            self._tell(said, {})
            return
        self._desk.ask(partial(_read, said=said), partial(self._tell, said))

    def _tell(self, said: list[Sending], subjects: dict[str, Subject]) -> None:
        lines = tuple(SendLine(sending=one, subject=_subject(one.body, subjects)) for one in said)
        self._show(msgspec.structs.replace(self.state, lines=lines))

    def _show(self, state: SendingPage) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit()


def _read(connection: sa.Connection, establishment: str, *, said: list[Sending]) -> dict[str, Subject]:
    ids = {name: _ids(said, name) for name in ("contact", "person", "commitment")}
    return read_subjects(
        connection,
        establishment,
        contacts=ids["contact"],
        persons=ids["person"],
        commitments=ids["commitment"],
    )


def _ids(said: list[Sending], name: str) -> list[str]:
    return sorted(set(filter(None, (_named(one.body, name) for one in said))))


def _named(body: AnyCommand | None, name: str) -> str:
    """The id of this name, if it is one: a save's `commitment` is the promise that is made with it."""
    found = getattr(body, name, None)
    return found if isinstance(found, str) else ""


def _subject(body: AnyCommand | None, subjects: dict[str, Subject]) -> Subject | None:
    """A contact tells the channel, and whom; else the person or the promise that is named."""
    ids = [_named(body, name) for name in ("contact", "commitment", "person")]
    return next((subjects[one] for one in ids if one in subjects), None)
