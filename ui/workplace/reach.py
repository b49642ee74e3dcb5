"""Reaching somebody of the house: the directory, the transfer or the call, « Merci de rappeler »."""

from contextlib import suppress
from datetime import datetime
from functools import partial

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.commands import LeaveMessage, WithdrawMessage
from app.domain.directory import MASKED
from app.domain.opening import Opening
from app.domain.words import TransferKind
from app.queries.directory import EntryFound
from ui.discretion import called, joined
from ui.panels.message_composer import MessageComposer
from ui.places import DIRECTORY
from ui.refusal_words import unasked_words
from ui.screens.directory import DirectoryScreen
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.directory import DirectoryBoard
from ui.viewmodels.phone import Phone
from ui.wording import clock as clock_words
from ui.workplace.front import CallInFront
from ui.workplace.kept import Kept
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat

_MESSAGE = "message"


class MessageDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was not sent, to whom, and before when if that was chosen."""

    entry: EntryFound
    text: str
    due_at: datetime | None = None


class Reach(QObject):
    """The directory's page and the composer that stands over any page."""

    def __init__(
        self,
        seat: Seat,
        call: CallInHand,
        *,
        phone: Phone,
        front: CallInFront,
        notices: Notices,
        host: QWidget,
    ) -> None:
        super().__init__(host)
        self._seat = seat
        self._call = call
        self._phone = phone
        self._front = front
        self._notices = notices
        self._written_to: EntryFound | None = None
        board = DirectoryBoard(seat.desk, clock=seat.clock)
        self.directory = DirectoryScreen(board, now=seat.clock.now)
        board.setParent(self.directory)
        self.composer = MessageComposer(host, now=seat.clock.now, opening_of=self._opening_of)
        self.directory.transfer_asked.connect(self._give_or_dial)
        self.directory.announce_asked.connect(self._announce)
        self.directory.message_asked.connect(self._write_to)
        self.composer.sent.connect(self._leave_message)
        self.composer.typing.connect(self._keep_message)
        self._kept = Kept(seat.desk)
        self._kept.turn_to(_MESSAGE, self._restore_message)
        call.state_changed.connect(self._offer)
        self._offer()

    def _opening_of(self, service: str) -> Opening:
        return self._seat.house.state.opening_of(service)

    def look_up(self) -> None:
        """F8 opens the directory; there, F8 transfers to the chosen row: three keys in all.

        During an announcement F8 gives the call to whom it was announced.
        """
        if self._phone.state.announced:
            self._phone.complete()
        elif self.directory.isVisible() and self.directory.entry is not None:
            self.directory.transfer()
        else:
            self.visit()

    def announce(self) -> None:
        """Speak first to the chosen row; without one, it is chosen first (Maj+F8)."""
        if self.directory.isVisible() and self.directory.entry is not None:
            self.directory.announce()
        else:
            self.visit()

    def visit(self) -> None:
        """Open the directory, the keyboard in its search (Ctrl+F8)."""
        self._front.visit(DIRECTORY)
        self.directory.focus_search()

    def find(self, name: str) -> None:
        """Open the directory on somebody, ready for F8."""
        self.visit()
        self.directory.search(name)

    def write(self) -> None:
        """To the entry chosen in the directory; without one, it is chosen there first (Ctrl+Maj+M)."""
        if self.directory.isVisible() and self.directory.entry is not None:
            self._write_to(self.directory.entry)
        elif self._written_to is not None and self.composer.text.toPlainText():
            self._write_to(self._written_to)
        else:
            self.visit()
            self._notices.warn(say("Choisissez d’abord à qui écrire, puis Ctrl Maj M."))

    def _keep_message(self, text: str, due: datetime | None) -> None:
        if self._written_to is not None:
            draft = MessageDraft(entry=self._written_to, text=text, due_at=due)
            self._kept.change(msgspec.json.encode(draft) if text else b"")

    def _restore_message(self, body: bytes) -> None:
        """Ctrl+Maj+M opens it again; it comes up by itself over nothing."""
        with suppress(msgspec.DecodeError):
            draft = msgspec.json.decode(body, type=MessageDraft)
            self._written_to = draft.entry
            self.composer.hold(draft.entry, draft.text, draft.due_at)

    def _write_to(self, entry: EntryFound) -> None:
        self._written_to = entry
        self.composer.open_for(entry, about=self._contact_words())

    def _contact_words(self) -> str:
        card = self._call.state.card
        if card is None:
            return ""
        who = called(card.opened.birth_name, card.opened.first_given_name) if card.opened else ""
        return joined(", ", (say("Appel de {at}").format(at=clock_words(card.call.arrived_at)), who))

    def _leave_message(self, text: str, due_at: datetime) -> None:
        entry = self._written_to
        if entry is None:
            return
        message = LeaveMessage(
            message=self._seat.mint.new_id(),
            recipient=entry.entry,
            recipient_name=entry.name,
            contact=(self._call.contact or None) if self.composer.is_linked else None,
            text=text,
            due_at=due_at,
        )
        self._seat.desk.submit(message, partial(self._tell_left, message, entry), self._notices.refuse)

    def _tell_left(self, message: LeaveMessage, entry: EntryFound, act: str) -> None:
        self.composer.close_sent()
        self._kept.forget()
        words = say("Message gardé. Il part dès que le serveur répond.")
        self._notices.tell(words, partial(self._withdraw, message, entry, act))

    def _withdraw(self, message: LeaveMessage, entry: EntryFound, act: str) -> None:
        command = WithdrawMessage(message=message.message, act=act)
        self._seat.desk.submit(command, partial(self._take_back, message, entry), self._notices.refuse)

    def _take_back(self, message: LeaveMessage, entry: EntryFound, _act: str) -> None:
        """What was written is there to be mended (Ctrl+Maj+M), unless another message is begun."""
        self._notices.warn(say("Message repris\u00a0: rien ne part."))
        if not self.composer.text.toPlainText():
            self._written_to = entry
            self.composer.hold(entry, message.text, message.due_at)

    def _offer(self) -> None:
        self.directory.offer(has_call=self._phone.has_call)

    def _give_or_dial(self, entry: EntryFound) -> None:
        if self._phone.has_call:
            self._transfer(entry, TransferKind.BLIND)
        elif number := self._number_of(entry):
            self._phone.dial(number)

    def _announce(self, entry: EntryFound) -> None:
        if self._phone.has_call:
            self._transfer(entry, TransferKind.ATTENDED)

    def _transfer(self, entry: EntryFound, kind: TransferKind) -> None:
        """What was noted of this call goes with it, saved or not."""
        number = self._number_of(entry)
        if number and self._phone.state.obeys:
            written = self._front.form.state.entry
            note = written.note if written.contact == self._call.contact else ""
            self._phone.transfer(number, kind, note=note)
        elif number:
            self._notices.warn(unasked_words(self._phone.state.trouble, number))

    def _number_of(self, entry: EntryFound) -> str:
        mobile = "" if entry.mobile == MASKED else entry.mobile
        number = entry.extension or entry.dect or mobile
        if not number:
            self._notices.warn(say("Aucun numéro n’est à composer ici : voyez la fiche."))
        return number
