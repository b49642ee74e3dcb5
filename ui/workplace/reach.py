"""Reaching somebody of the house: the directory, the transfer, « Merci de rappeler »."""

from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.commands import LeaveMessage
from app.queries.directory import EntryFound
from ui.panels.message_composer import MessageComposer
from ui.places import DIRECTORY
from ui.screens.directory import DirectoryScreen
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.directory import DirectoryBoard
from ui.wording import clock as clock_words
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat


class Reach(QObject):
    """The directory's page and the composer that stands over any page."""

    def __init__(
        self, seat: Seat, call: CallInHand, *, front: CallInFront, notices: Notices, host: QWidget
    ) -> None:
        super().__init__()
        self._seat = seat
        self._call = call
        self._front = front
        self._notices = notices
        self._written_to: EntryFound | None = None
        self.directory = DirectoryScreen(DirectoryBoard(seat.desk, clock=seat.clock), now=seat.clock.now)
        self.composer = MessageComposer(host, now=seat.clock.now)
        self.directory.transfer_asked.connect(self._tell_transfer)
        self.directory.message_asked.connect(self._write_to)
        self.composer.sent.connect(self._leave_message)

    def look_up(self) -> None:
        """F8 opens the directory; there, F8 transfers to the chosen row: three keys in all."""
        if self.directory.isVisible() and self.directory.entry is not None:
            self.directory.transfer()
        else:
            self.visit()

    def visit(self) -> None:
        """Open the directory, the keyboard in its search (Ctrl+F8)."""
        self._front.visit(DIRECTORY)
        self.directory.focus_search()

    def write(self) -> None:
        """To the entry chosen in the directory; without one, it is chosen there first (Ctrl+Maj+M)."""
        if self.directory.isVisible() and self.directory.entry is not None:
            self._write_to(self.directory.entry)
        else:
            self.visit()
            self._notices.warn(say("Choisissez d’abord à qui écrire, puis Ctrl Maj M."))

    def _write_to(self, entry: EntryFound) -> None:
        self._written_to = entry
        self.composer.open_for(entry, about=self._contact_words())

    def _contact_words(self) -> str:
        card = self._call.state.card
        if card is None:
            return ""
        who = f", {card.opened.birth_name} {card.opened.first_given_name}" if card.opened else ""
        return say("Appel de {at}").format(at=clock_words(card.call.arrived_at)) + who

    def _leave_message(self, text: str, due_at: datetime) -> None:
        entry = self._written_to
        if entry is None:
            return
        message = LeaveMessage(
            message=self._seat.mint.new_id(),
            recipient=entry.entry,
            recipient_name=entry.name,
            contact=self._call.contact or None,
            text=text,
            due_at=due_at,
        )
        self._seat.desk.submit(message, self._tell_left, self._notices.refuse)

    def _tell_left(self, _command: str) -> None:
        self.composer.close_sent()
        self._notices.warn(say("Message gardé. Il part dès que le serveur répond."))

    def _tell_transfer(self, entry: EntryFound) -> None:
        words = say("Le transfert se fait encore au poste téléphonique : composez le {number}.")
        self._notices.warn(words.format(number=entry.extension or entry.dect))
