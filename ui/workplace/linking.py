"""Linking the call in hand to another one of the same caller, with an « Annuler » that is real."""

from functools import partial

from PySide6.QtCore import QObject

from app.domain.commands import UnlinkContact
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.same_caller import SameCaller
from ui.wording import clock
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat


class Linking(QObject):
    """What the search of the call page offers while nobody is known; nothing is read otherwise."""

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
        call.state_changed.connect(self._look)

    def _look(self) -> None:
        card = self._call.state.card
        is_asked = card is not None and card.opened is None and not card.candidates
        self.same.look(card.call.contact if card is not None and is_asked else "")

    def _show(self) -> None:
        self._search.present_links(self.same.state)

    def _tell(self, other: str, undo: UnlinkContact) -> None:
        known = (call for call in self.same.state.others if call.contact == other)
        at = next((clock(call.at) for call in known), "")
        words = say("Relié à l’appel de {at}.").format(at=at)
        self._notices.tell(words, partial(self.same.undo, undo))
