"""The call page: who it may be, what was said and promised, and the qualification beside it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.queries.caller_card import CallerCard
from ui.contact_words import with_giver
from ui.panels.caller_search import CallerSearch
from ui.panels.candidates import Candidates
from ui.panels.chooser import Chooser
from ui.panels.earlier_calls import EarlierCallsBar
from ui.panels.glance import Glance
from ui.panels.identity_band import IdentityBand
from ui.panels.timeline import TimelinePanel
from ui.panels.warning_bar import Warned, WarningBar
from ui.translate import say
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Button
from ui.widgets.card import column, row, surface
from ui.widgets.verify_card import VerifyCard

SIDE_WIDE = 392
SIDE_NARROW = 360
WIDE_FROM = 1240
DRAWER_BELOW = 1200
"""A window of less than 1280: the qualification waits at the edge until F4."""


class CallScreen(QWidget):
    """Three faces in one place: an open card, the candidates of a number, or the search."""

    def __init__(self, *, side_panel: QWidget, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.band = IdentityBand()
        self.chooser = Chooser()
        self.warning = WarningBar()
        self.earlier = EarlierCallsBar()
        self.glance = Glance()
        self.timeline = TimelinePanel()
        self.warning.case_asked.connect(self.timeline.show_case)
        self.candidates = Candidates()
        self.search = CallerSearch(now=now)
        self.verify = VerifyCard(self)
        self.faces = QStackedWidget()
        self._face: QWidget = self.search
        self._lines = column(spacing=12, margins=(20, 14, 20, 20))
        self._card_face = self._make_card_face()
        for face in (self._card_face, self.candidates, self.search):
            self.faces.addWidget(face)
        self.side = _side(side_panel)
        left = column(spacing=0)
        left.addWidget(self.band)
        left.addWidget(self.faces, 1)
        self._across = row(spacing=0)
        self._across.addLayout(left, 1)
        self._across.addWidget(self.side)
        self.setLayout(self._across)
        self._subject = ("", "")
        self._is_searching = False
        self._is_side_open = False
        self._side_door = self._make_side_door()
        self._leave_side = _escape(self.side, self._close_side)
        self._leave_found = _escape(self.search, self._leave_search)

    def present(self, page: CallPage, now: datetime) -> None:
        """Show the call in hand."""
        card = page.card
        if card is None:
            return
        subject = (card.call.contact, card.opened.person if card.opened is not None else "")
        self._is_searching = self._is_searching and subject == self._subject
        self._subject = subject
        self.band.present(card)
        self._face = self.search
        if card.opened is not None:
            self._face = self._card_face
            self._render_card(page, card, now)
        elif card.candidates:
            self._face = self.candidates
            self.candidates.present(card.candidates, now)
        self._leave_found.setEnabled(self._is_searching)
        if not self._is_searching:
            self.faces.setCurrentWidget(self._face)

    def show_search(self) -> None:
        """Turn to the search, the keyboard in its first field, until someone is found or Échap."""
        self._is_searching = True
        self._leave_found.setEnabled(True)
        self.faces.setCurrentWidget(self.search)
        self.search.focus_search()

    def open_side(self) -> None:
        """Bring the qualification in, where it waits at the edge (F4)."""
        self._is_side_open = True
        self._place_side()

    def ask_proofs(self) -> None:
        """Ask what was compared (Ctrl+I)."""
        self.verify.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side panel gives room on a small window."""
        super().resizeEvent(event)
        is_dense = self.width() < WIDE_FROM
        self.side.setFixedWidth(SIDE_NARROW if is_dense else SIDE_WIDE)
        self.band.set_dense(is_dense=is_dense)
        self._lines.setSpacing(10 if is_dense else 12)
        self._lines.setContentsMargins(*((16, 12, 16, 12) if is_dense else (20, 14, 20, 20)))
        self._place_side()

    def _place_side(self) -> None:
        """Beside the page; over its right edge, or away, on a small window."""
        is_drawer = self.width() < DRAWER_BELOW
        if is_drawer:
            self._across.removeWidget(self.side)
            self.side.setGeometry(self.width() - SIDE_NARROW, 0, SIDE_NARROW, self.height())
        elif self._across.indexOf(self.side) < 0:
            self._across.addWidget(self.side)
        self.side.setVisible(self._is_side_open or not is_drawer)
        self.side.raise_()
        self._leave_side.setEnabled(is_drawer)
        door = self._side_door
        door.setVisible(is_drawer and not self._is_side_open)
        door.move(self.width() - door.width() - 20, self.height() - door.height() - 20)
        door.raise_()

    def _close_side(self) -> None:
        self._is_side_open = False
        self._place_side()

    def _leave_search(self) -> None:
        self._is_searching = False
        self._leave_found.setEnabled(False)
        self.faces.setCurrentWidget(self._face)

    def _make_side_door(self) -> Button:
        door = Button(say("Qualifier l’appel"), key="F4", kind="primary")
        door.setParent(self)
        door.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        door.clicked.connect(self.open_side)
        door.adjustSize()
        door.hide()
        return door

    def _render_card(self, page: CallPage, card: CallerCard, now: datetime) -> None:
        self.chooser.present(card)
        promise = card.glance.promise if card.glance is not None else None
        self.warning.present(Warned(card.opened, card.repeat, promise), now)
        if card.glance is not None:
            self.glance.present(card.glance, now)
        if page.timeline is not None:
            self.timeline.present(with_giver(page.timeline, card.call), now)

    def _make_card_face(self) -> QWidget:
        face = QWidget()
        face.setObjectName("page")
        lines = self._lines
        lines.addWidget(self.chooser)
        lines.addWidget(self.warning)
        lines.addWidget(self.earlier)
        lines.addWidget(self.glance)
        lines.addWidget(self.timeline, 1)
        face.setLayout(lines)
        return face


def _escape(held: QWidget, act: Callable[[], None]) -> QShortcut:
    key = QShortcut(QKeySequence(Qt.Key.Key_Escape), held)
    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    key.activated.connect(act)
    key.setEnabled(False)
    return key


def _side(panel: QWidget) -> QFrame:
    side = surface("side")
    around = column()
    around.addWidget(panel)
    side.setLayout(around)
    return side
