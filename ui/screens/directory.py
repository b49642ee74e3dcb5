"""The directory: found while talking, who is on duty now, and the sheet of what is chosen (design 13)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.queries.directory import EntryFound, Imported
from ui import wording
from ui.panels.directory_duty import LEAST as DUTY_LEAST
from ui.panels.directory_duty import DirectoryDuty
from ui.panels.directory_results import DirectoryResults
from ui.panels.directory_sheet import DirectorySheet
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.directory import DirectoryBoard
from ui.widgets.card import column, row
from ui.widgets.text import Text

NARROW_BELOW = 1100
"""Of the page, in pixels."""
_AROUND = 16 + 28 + 14 + 14 + 20
"""What the page is high without its two cards."""


class DirectoryScreen(QWidget):
    """Search above, duty below, sheet at the right."""

    transfer_asked = Signal(object)
    announce_asked = Signal(object)
    message_asked = Signal(object)

    def __init__(self, board: DirectoryBoard, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._board = board
        self._now = now
        self.results = DirectoryResults()
        self.duty = DirectoryDuty()
        self.sheet = DirectorySheet()
        self._imported = Text("", Role.SMALL, "tertiary")
        self._connect()
        self._lay_out()

    @property
    def entry(self) -> EntryFound | None:
        """What a transfer, or a call, would go to."""
        return self._board.state.entry

    def transfer(self) -> None:
        """Ask for a transfer to the chosen row, if any."""
        if self.entry is not None:
            self.transfer_asked.emit(self.entry)

    def announce(self) -> None:
        """Ask to speak first to the chosen row, if any."""
        if self.entry is not None:
            self.announce_asked.emit(self.entry)

    def offer(self, *, has_call: bool) -> None:
        """Say what F8 does: it gives the call in hand, or calls when there is none."""
        self.results.offer(has_call=has_call)
        self.sheet.offer(has_call=has_call)

    def focus_search(self) -> None:
        """Put the keyboard in the search."""
        self.results.focus_search()

    def search(self, name: str) -> None:
        """Look for a name, the keyboard in the search."""
        self.results.field.setText(name)
        self._board.type(name)

    def refresh(self) -> None:
        """What is known changed: read again what is seen."""
        if self.isVisible():
            self._board.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small window the sheet gives room to the list, and the list to who is on duty."""
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW_BELOW
        self.sheet.set_narrow(is_narrow=is_narrow)
        self.results.fit(self.height() - _AROUND - DUTY_LEAST, is_narrow=is_narrow)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is true now."""
        super().showEvent(event)
        self._board.follow(is_shown=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing that is not seen."""
        super().hideEvent(event)
        self._board.follow(is_shown=False)

    def _connect(self) -> None:
        board, results = self._board, self.results
        results.typed.connect(board.type)
        results.narrowed.connect(board.narrow)
        results.moved.connect(board.move)
        results.row_chosen.connect(board.choose)
        results.transfer_asked.connect(self.transfer)
        self.sheet.transfer_asked.connect(self.transfer)
        self.sheet.announce_asked.connect(self.announce)
        self.sheet.message_asked.connect(lambda: self.message_asked.emit(self.entry))
        board.state_changed.connect(self._present)

    def _present(self) -> None:
        page = self._board.state
        self.results.present(page)
        if page.duty is not None:
            self.duty.present(page.duty)
        self.sheet.present(page.sheet, self._now())
        self._imported.setText(_imported_words(page.imported, self._now()))

    def _lay_out(self) -> None:
        head = row(spacing=12)
        head.addWidget(Text(say("Annuaire"), Role.TITLE), 1)
        head.addWidget(self._imported)
        left = column(spacing=14, margins=(20, 16, 20, 20))
        left.addLayout(head)
        left.addWidget(self.results)
        left.addWidget(self.duty, 1)
        across = row(spacing=0)
        across.addLayout(left, 1)
        across.addWidget(self.sheet)
        self.setLayout(across)


def _imported_words(imported: Imported, now: datetime) -> str:
    if imported.at is None:
        return say("Aucun annuaire n’est importé")
    is_today = wording.local(imported.at).date() == wording.local(now).date()
    is_morning = is_today and wording.local(imported.at).hour < 12
    at = wording.clock(imported.at)
    when = say("ce matin à {at}").format(at=at) if is_morning else wording.when(imported.at, now)
    words = say("Importé {when}, {count} postes")
    return words.format(when=when, count=wording.thousands(imported.count))
