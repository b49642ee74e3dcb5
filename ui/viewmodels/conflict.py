"""A contact that two people qualified at once: both versions, and what comes of a choice (mock-up 09c)."""

from datetime import datetime
from enum import StrEnum
from functools import partial

import msgspec
import sqlalchemy as sa
from PySide6.QtCore import QObject, Signal

from app.domain.commands import LogMotive
from app.domain.errors import Refusal
from app.domain.sending import Sending
from app.ports import Mint
from app.queries.subjects import StandingSave, read_standing
from ui.tasks import Desk


class Side(StrEnum):
    """Whose version is taken."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class ConflictPage(msgspec.Struct, frozen=True, kw_only=True):
    """Both versions and the side taken of each field; a field that is the same has no side to take."""

    mine: LogMotive
    made_at: datetime
    theirs: StandingSave
    motive: Side = Side.THEIRS
    status: Side = Side.THEIRS
    note: Side = Side.THEIRS

    @property
    def is_same_motive(self) -> bool:
        """Whether both chose the same one."""
        return self.mine.motive == self.theirs.motive

    @property
    def is_same_status(self) -> bool:
        """Whether both say the same, with no promise on either side."""
        is_bare = self.mine.commitment is None and self.theirs.due_at is None
        return is_bare and self.mine.outcome == self.theirs.outcome

    @property
    def is_same_note(self) -> bool:
        """Whether both wrote the same."""
        return self.mine.note == self.theirs.note


class Conflict(QObject):
    """Opened for one refused save; `settled` once a choice is kept, with the refused command's id."""

    opened = Signal()
    state_changed = Signal()
    settled = Signal(str)
    refused = Signal(object)
    gone = Signal(str)

    def __init__(self, desk: Desk, mint: Mint) -> None:
        super().__init__()
        self.state: ConflictPage | None = None
        self._desk, self._mint = desk, mint
        self._command = ""

    def open(self, sending: Sending) -> None:
        """Read what stands now; `gone` when this desk does not hold the contact any more."""
        mine = sending.overtaken
        if mine is None:
            return
        self._command = sending.command
        self._desk.ask(partial(_read, contact=mine.contact), partial(self._show, mine, sending.made_at))

    def choose(self, field: str, side: Side) -> None:
        """Take a side of `motive`, `status` or `note`."""
        if self.state is not None:
            self._set(msgspec.structs.replace(self.state, **{field: side}))

    def choose_all(self, side: Side) -> None:
        """Take one version whole."""
        if self.state is not None:
            self._set(msgspec.structs.replace(self.state, motive=side, status=side, note=side))

    def apply(self) -> None:
        """Keep the choice: the other's version whole needs no new save."""
        page = self.state
        if page is None:
            return
        if _is_theirs(page):
            self._settle("")
        else:
            self._desk.submit(self._save(page), self._settle, self._tell_refused)

    def _show(self, mine: LogMotive, made_at: datetime, theirs: StandingSave | None) -> None:
        if theirs is None:
            self.gone.emit(self._command)
            return
        note = Side.BOTH if mine.note and theirs.note and mine.note != theirs.note else Side.THEIRS
        if mine.note and not theirs.note:
            note = Side.MINE
        self.state = ConflictPage(mine=mine, made_at=made_at, theirs=theirs, note=note)
        self.opened.emit()

    def _set(self, page: ConflictPage) -> None:
        self.state = page
        self.state_changed.emit()

    def _save(self, page: ConflictPage) -> LogMotive:
        """The save that stands from now on; it replaces the other, which was seen."""
        mine, theirs = page.mine, page.theirs
        is_mine = page.status is Side.MINE
        promise = mine.commitment if is_mine else None
        return LogMotive(
            contact=mine.contact,
            motive=mine.motive if page.motive is Side.MINE else theirs.motive,
            outcome=mine.outcome if is_mine or theirs.outcome is None else theirs.outcome,
            service=mine.service if is_mine else theirs.service,
            case=theirs.case or mine.case,
            case_title="" if theirs.case else mine.case_title,
            caller_kind=mine.caller_kind,
            note=chosen_note(page),
            commitment=promise and msgspec.structs.replace(promise, commitment=self._mint.new_id()),
            keeps=mine.keeps if is_mine else (),
            over=theirs.log,
        )

    def _settle(self, _sent: str) -> None:
        self.state = None
        self.settled.emit(self._command)

    def _tell_refused(self, refusal: Refusal) -> None:
        self.refused.emit(refusal)


def chosen_note(page: ConflictPage) -> str:
    """What the note says with this choice; both are kept one under the other, the standing one first."""
    match page.note:
        case Side.MINE:
            return page.mine.note
        case Side.THEIRS:
            return page.theirs.note
        case Side.BOTH:
            return f"{page.theirs.note}\n{page.mine.note}"


def _is_theirs(page: ConflictPage) -> bool:
    """Whether nothing of one's own version is taken."""
    sides = (
        page.motive if not page.is_same_motive else Side.THEIRS,
        page.status if not page.is_same_status else Side.THEIRS,
        page.note if not page.is_same_note else Side.THEIRS,
    )
    return set(sides) == {Side.THEIRS}


def _read(connection: sa.Connection, establishment: str, *, contact: str) -> StandingSave | None:
    return read_standing(connection, establishment, contact)
