"""The messages « Merci de rappeler » of a desk, and what their recipient says of them (rules R29)."""

from enum import StrEnum
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.commands import MarkMessageDone, MarkMessageRead
from app.domain.errors import Refusal
from app.domain.words import NoteState
from app.ports import Clock
from app.queries.messages import MessageBoard, MessageLine, read_messages
from ui.tasks import Desk
from ui.viewmodels.pace import Pace

REFRESH_MS = 30_000


class Box(StrEnum):
    """Which messages are listed."""

    SENT = "sent"
    RECEIVED = "received"
    SERVICE = "service"


class MessagePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the screen shows."""

    board: MessageBoard = MessageBoard()
    box: Box = Box.SENT

    def lines(self, box: Box) -> tuple[MessageLine, ...]:
        """All of a box, newest first."""
        return {
            Box.SENT: self.board.sent,
            Box.RECEIVED: self.board.received,
            Box.SERVICE: self.board.of_service,
        }[box]

    def to_follow(self) -> list[MessageLine]:
        """Those of the box shown that are not done."""
        return [line for line in self.lines(self.box) if not line.is_done]

    def done(self) -> list[MessageLine]:
        """Those of the box shown that were done today."""
        return [line for line in self.lines(self.box) if line.is_done]

    def waiting(self) -> int:
        """How many of those sent from here are not done."""
        return sum(not line.is_done for line in self.board.sent)


class MessageList(QObject):
    """Only a recipient says « Lu » and « Fait »."""

    state_changed = Signal()
    refused = Signal(object)

    def __init__(
        self, desk: Desk, *, author: str, extension: str, services: tuple[str, ...], clock: Clock
    ) -> None:
        super().__init__()
        self.state = MessagePage()
        self._desk, self._clock = desk, clock
        self._question = partial(_read, author=author, extension=extension, services=services, clock=clock)
        self._pace = Pace(self, self._ask, beat_ms=REFRESH_MS)

    def begin(self) -> None:
        """Read them, and keep them true."""
        self._pace.start()

    def look(self) -> None:
        """What is known changed."""
        self._pace.ask()

    def open_box(self, box: Box) -> None:
        """List others."""
        self.state = msgspec.structs.replace(self.state, box=box)
        self.state_changed.emit()

    def advance(self, message: str) -> None:
        """The next thing its recipient says: « Lu », then « Fait »."""
        line = self._received(message)
        if line is not None and line.state is NoteState.SENT:
            self._submit(MarkMessageRead(message=message))
        elif line is not None:
            self.finish(message)

    def finish(self, message: str) -> None:
        """« Fait »."""
        line = self._received(message)
        if line is not None and not line.is_done:
            self._submit(MarkMessageDone(message=message))

    def _received(self, message: str) -> MessageLine | None:
        if self.state.box is Box.SENT:
            return None
        return next((line for line in self.state.lines(self.state.box) if line.message == message), None)

    def _submit(self, command: MarkMessageRead | MarkMessageDone) -> None:
        self._desk.submit(command, self._tell_kept, self._tell_refused)

    def _tell_kept(self, _sent: str) -> None:
        self._pace.ask_now()

    def _tell_refused(self, refusal: Refusal) -> None:
        self._pace.ask_now()
        self.refused.emit(refusal)

    def _ask(self) -> None:
        self._desk.ask(self._question, self._keep)

    def _keep(self, board: MessageBoard) -> None:
        self.state = msgspec.structs.replace(self.state, board=board)
        self.state_changed.emit()


def _read(
    connection: sa.Connection,
    establishment: str,
    *,
    author: str,
    extension: str,
    services: tuple[str, ...],
    clock: Clock,
) -> MessageBoard:
    return read_messages(
        connection,
        establishment,
        author=author,
        extension=extension,
        services=services,
        now=clock.now(),
    )
