"""What was promised to this caller, and whether this very call keeps it (rules R35, design 7)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.queries.glance import PromiseInView
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.motive_form_state import Following, MotiveFormState
from ui.widgets.button import Link
from ui.widgets.card import row
from ui.widgets.key_cap import KeyCap
from ui.wording import short_when


class Promised(QWidget):
    """One line at the right of the outcome; `turned` carries the promise to say otherwise of."""

    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._promises: tuple[tuple[PromiseInView, Following], ...] = ()
        self._at: datetime | None = None
        self.link = Link("")
        self.link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        line = row(spacing=6)
        line.addWidget(self.link)
        line.addWidget(KeyCap("Alt P"))
        self.setLayout(line)
        # As high as the label it stands beside: nothing below moves.
        self.setFixedHeight(Role.SMALL.line)
        self.link.clicked.connect(self._press)
        self.hide()

    def present(self, state: MotiveFormState) -> None:
        """Say the promise that is due first, and what this call makes of it."""
        self._promises, self._at = state.promises, state.at
        self.setVisible(bool(self._promises))
        if self._promises:
            self.link.setText(self._words(*self._promises[0]))

    def _press(self) -> None:
        """One promise turns at once; of several, the one that is chosen."""
        if len(self._promises) == 1:
            self.turned.emit(self._promises[0][0].commitment)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for promise, following in self._promises:
            menu.addAction(self._words(promise, following), self._turning(promise))
        menu.popup(self.link.mapToGlobal(self.link.rect().bottomLeft()))

    def _turning(self, promise: PromiseInView) -> Callable[[], None]:
        return lambda: self.turned.emit(promise.commitment)

    def _words(self, promise: PromiseInView, following: Following) -> str:
        words = {
            Following.OPEN: say("Promis {due}\u00a0: ouvert"),
            Following.KEPT: say("Promis {due}\u00a0: tenu"),
            Following.POSTPONED: say("Promis {due}\u00a0: reporté"),
        }
        return words[following].format(due=short_when(promise.due_at, self._at or promise.due_at))
