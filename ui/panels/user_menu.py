"""What who sits here may do of the desk itself: choose the key that answers, lock it, give it up."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ui.translate import counted, say


class UserMenu(QMenu):
    """« Verrouiller », « Changer d’utilisateur », and what still waits to be sent, which neither loses.

    `choices` are menus of this desk's own, where it has any.
    """

    leaving = Signal()
    locking = Signal()

    def __init__(self, parent: QWidget, *, waiting: int, choices: Sequence[QMenu] = ()) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Mon compte"))
        self.aboutToHide.connect(self.deleteLater)
        if waiting:
            self.addAction(_waiting_words(waiting)).setEnabled(False)
            self.addSeparator()
        for choice in choices:
            choice.setParent(self, choice.windowFlags())
            self.addMenu(choice)
        if choices:
            self.addSeparator()
        self.addAction(say("Verrouiller la session"), self.locking.emit)
        self.addAction(say("Changer d’utilisateur"), self.leaving.emit)

    def popup_above(self, place: QWidget) -> None:
        """Open over what was pressed, at the foot of the window."""
        corner = place.mapToGlobal(place.rect().topLeft())
        corner.setY(corner.y() - self.sizeHint().height())
        self.popup(corner)


def _waiting_words(waiting: int) -> str:
    return counted(
        waiting,
        one=say("{count}\u00a0saisie partira d’elle-même"),
        many=say("{count}\u00a0saisies partiront d’elles-mêmes"),
    )
