"""What waits for whoever decides of identities: pairs that were signalled, and what is to be sorted."""

from PySide6.QtCore import QObject, Signal

from app.domain.double_commands import SettleTriage
from app.domain.errors import Refusal
from app.queries.doubles import ToDecide, ToSort
from ui.tasks import Desk


class Triage(QObject):
    """`state` is what waits, None until the server told; `is_cut` when it can't be asked."""

    state_changed = Signal()
    settled = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.state: ToDecide | None = None
        self.is_cut = False
        self._desk = desk
        self._is_asked = False

    def look(self) -> None:
        """Ask the server, which holds all of it."""
        self._desk.to_decide(self._show, self._say_cut)

    def forget(self) -> None:
        """Nobody looks any more."""
        self.state, self.is_cut = None, False

    def settle(self, item: ToSort, person: str) -> None:
        """Say whose it is, once; a colleague may have been first."""
        if self._is_asked:
            return
        self._is_asked = True
        command = SettleTriage(item=item.item, person=person)
        self._desk.submit(command, self._told, self._refuse)

    def _told(self, _id: str) -> None:
        self._is_asked = False
        self.settled.emit()
        self.look()

    def _refuse(self, refusal: Refusal) -> None:
        self._is_asked = False
        self.refused.emit(refusal)
        self.look()

    def _show(self, found: ToDecide) -> None:
        self.state, self.is_cut = found, False
        self.state_changed.emit()

    def _say_cut(self, _refusal: Refusal) -> None:
        self.is_cut = True
        self.state_changed.emit()
