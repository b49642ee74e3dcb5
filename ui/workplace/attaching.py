"""Attaching to a caller who is known now the earlier calls of the same number, if a person says so."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from app.queries.earlier_calls import EarlierCalls
from ui.changes import MERGE_MS
from ui.places import CALLS
from ui.translate import counted, say
from ui.viewmodels.call_page import CallInHand
from ui.viewmodels.earlier_calls import EarlierCallers, Undo
from ui.workplace.front import CallInFront
from ui.workplace.notices import Notices
from ui.workplace.seat import Seat


class Attaching(QObject):
    """What the call page proposes once its contact is somebody's; read after the page is painted."""

    def __init__(self, seat: Seat, call: CallInHand, *, front: CallInFront, notices: Notices) -> None:
        super().__init__()
        self._call, self._front, self._notices = call, front, notices
        self._clock = seat.clock
        self._bar = front.screen.earlier
        self.earlier = EarlierCallers(seat.desk, clock=seat.clock)
        self.earlier.setParent(front.screen)
        self.earlier.state_changed.connect(self._show)
        self.earlier.attached.connect(self._tell)
        self.earlier.refused.connect(notices.refuse)
        self._bar.attach_asked.connect(self.earlier.attach)
        self._bar.leaving_asked.connect(self.earlier.leave_alone)
        self._later = QTimer(self, interval=MERGE_MS, singleShot=True)
        self._later.timeout.connect(self._look)
        call.state_changed.connect(self._look_later)
        front.contact_changed.connect(self._look_later)
        front.screen.band.caller_kind_chosen.connect(self._show)

    def attach(self) -> None:
        """What is seen is attached; out of sight it is shown first (Ctrl+Maj+R)."""
        if not self._is_proposed():
            self._notices.warn(say("Aucun appel sans patient de ce numéro n’est à rattacher."))
        elif self._bar.isVisible():
            self.earlier.attach()
        else:
            self._front.visit(CALLS)

    def _look_later(self) -> None:
        contact = self._asked()
        self.earlier.turn_to(contact)
        # Begun once: changes that never stop must not put it off for ever.
        if contact and not self._later.isActive():
            self._later.start()

    def _look(self) -> None:
        self.earlier.look(self._asked())

    def _asked(self) -> str:
        card = self._call.state.card
        is_known = card is not None and card.is_linked and card.opened is not None
        return card.call.contact if card is not None and is_known else ""

    def _is_proposed(self) -> bool:
        """Of the call on the page, and not to whoever speaks for another: that number is theirs (R4, R9)."""
        is_here = bool(self.earlier.state.calls) and not self._front.is_behind
        return is_here and not self._call.caller_kind.is_another

    def _show(self) -> None:
        found = self.earlier.state if self._is_proposed() else EarlierCalls()
        self._bar.present(found, self._clock.now())

    def _tell(self, count: int, undo: Undo) -> None:
        words = counted(count, one=say("Un appel rattaché."), many=say("{count}\u00a0appels rattachés."))
        self._notices.tell(words, partial(self.earlier.undo, undo))
