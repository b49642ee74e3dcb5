"""One voicemail listened to at a time: fetched from the server, played, and stopped by the same gesture."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Refusal
from ui.background import in_background
from ui.sound import NoSound, Speaker
from ui.tasks import Desk

NO_SOUND = "no_sound"


class Listening(QObject):
    """`contact` is the one fetched or heard now, empty when none; `refused` carries a `Refusal`."""

    state_changed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, speaker: Speaker) -> None:
        super().__init__()
        self.contact = ""
        self._desk, self._speaker = desk, speaker

    def toggle(self, contact: str) -> None:
        """Listen to a contact's voicemail, or stop it when it is the one."""
        is_same = contact == self.contact
        self.stop()
        if not is_same:
            self._become(contact)
            self._desk.voicemail(contact, partial(self._play, contact), self._refuse)

    def stop(self) -> None:
        """End what is heard, and forget what was asked."""
        self._speaker.stop()
        self._become("")

    def _play(self, contact: str, wav: bytes) -> None:
        if contact == self.contact:
            ended = partial(self._end, contact)
            in_background(partial(self._speaker.play, wav), ended, partial(self._fail, contact), owner=self)

    def _end(self, contact: str, _played: None = None) -> None:
        if contact == self.contact:
            self._become("")

    def _fail(self, contact: str, fault: BaseException) -> None:
        self._end(contact)
        if not isinstance(fault, NoSound):
            raise fault
        self.refused.emit(Refusal(NO_SOUND))

    def _refuse(self, refusal: Refusal) -> None:
        self._become("")
        self.refused.emit(refusal)

    def _become(self, contact: str) -> None:
        if contact != self.contact:
            self.contact = contact
            self.state_changed.emit()
