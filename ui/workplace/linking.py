"""Linking the call in hand to another one of the same caller, with an « Annuler » that is real."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.domain.commands import UnlinkContact
from ui.changes import MERGE_MS
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.same_caller import SameCaller
from ui.wording import clock
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat


class Linking(QObject):
    """What the search of the call page offers while nobody is known; nothing is read otherwise.

    It is read once the page is painted: a call that rings does not wait for it.
    """

    def __init__(self, seat: Seat, call: CallInHand, *, front: CallInFront, notices: Notices) -> None:
        super().__init__()
        self._call, self._notices = call, notices
        self._search = front.screen.search
        self.same = SameCaller(seat.desk, clock=seat.clock)
        self.same.setParent(front.screen)
        self.same.state_changed.connect(self._show)
        self.same.linked.connect(self._tell)
        self.same.refused.connect(notices.refuse)
        self._search.link_wanted.connect(self.same.link)
        self._search.part_wanted.connect(self.same.unlink)
        self._later = QTimer(self, interval=MERGE_MS, singleShot=True)
        self._later.timeout.connect(self._look)
        call.state_changed.connect(self._look_later)

    def _look_later(self) -> None:
        contact = self._asked()
        self.same.turn_to(contact)
        # Begun once: changes that never stop must not put it off for ever.
        if contact and not self._later.isActive():
            self._later.start()

    def _look(self) -> None:
        self.same.look(self._asked())

    def _asked(self) -> str:
        card = self._call.state.card
        is_asked = card is not None and card.opened is None and not card.candidates
        return card.call.contact if card is not None and is_asked else ""

    def _show(self) -> None:
        self._search.present_links(self.same.state)

    def _tell(self, other: str, undo: UnlinkContact) -> None:
        known = (call for call in self.same.state.others if call.contact == other)
        at = next((clock(call.at) for call in known), "")
        words = say("Relié à l’appel de {at}.").format(at=at)
        self._notices.tell(words, partial(self.same.undo, undo))
