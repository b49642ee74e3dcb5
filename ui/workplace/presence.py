"""The console on the desktop: its entry in the tray, and the task bar's attention while it rings behind."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.domain.words import CallState
from ui.main_window import MainWindow
from ui.translate import say
from ui.viewmodels.call_page import CallInHand
from ui.widgets.mark import product_icon
from ui.workplace.mini import Mini
from ui.workplace.telephone import Telephone

TOLD_MS = 6000


class Presence(QObject):
    """Says that it rings, and neither who calls nor why; it never takes the keyboard (design 5.2, 18).

    `pointed` once the desktop was asked to point at the window. Without a tray, the rest stays.
    """

    pointed = Signal()

    def __init__(
        self,
        call: CallInHand,
        *,
        telephone: Telephone,
        mini: Mini,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._call, self._telephone, self._mini, self._window = call, telephone, mini, window
        icon = product_icon()
        window.setWindowIcon(icon)
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill)
        self.tray = QSystemTrayIcon(icon, self)
        self.tray.setToolTip(say("Console d’accueil"))
        self.tray.setContextMenu(self.menu)
        self.tray.activated.connect(self._open_by)
        self.tray.messageClicked.connect(window.bring_back)
        call.rang.connect(self._tell)
        window.closed.connect(self._end)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.tray.show()

    def _fill(self) -> None:
        """What it offers, as things stand now."""
        for old in self.menu.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.deleteLater()
        self.menu.clear()
        self.menu.addAction(say("Ouvrir la console"), self._window.bring_back)
        if self._window.stand_in is None:
            self._offer_acts()
        self.menu.addSeparator()
        self.menu.addAction(say("Quitter"), self._window.close)

    def _offer_acts(self) -> None:
        states = self._telephone.state_menu(self.menu)
        states.setTitle(say("Mon état"))
        self.menu.addMenu(states)
        mini = self.menu.addAction(say("Mini fenêtre"), self._mini.toggle)
        mini.setEnabled(self._call.state.card is not None)

    def _open_by(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self._window.bring_back()

    def _tell(self, _contact: str) -> None:
        card = self._call.state.card
        if card is None or card.call.state is not CallState.RINGING or not self._window.is_behind():
            return
        self._window.point()
        self.pointed.emit()
        if self.tray.isVisible():
            self.tray.showMessage(say("Console d’accueil"), say("Appel entrant"), self.tray.icon(), TOLD_MS)

    def _end(self) -> None:
        self._call.rang.disconnect(self._tell)
        self.tray.hide()
