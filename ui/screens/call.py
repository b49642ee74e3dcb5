"""The call page: who it may be, what was said and promised, and the qualification beside it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.queries.caller_card import CallerCard
from ui.panels.caller_search import CallerSearch
from ui.panels.candidates import Candidates
from ui.panels.chooser import Chooser
from ui.panels.glance import Glance
from ui.panels.identity_band import IdentityBand
from ui.panels.timeline import TimelinePanel
from ui.panels.warning_bar import WarningBar
from ui.viewmodels.call_page import CallPage
from ui.widgets.card import column, row, surface
from ui.widgets.verify_card import VerifyCard

SIDE_WIDE = 392
SIDE_NARROW = 360
WIDE_FROM = 1240


class CallScreen(QWidget):
    """Three faces in one place: an open card, the candidates of a number, or the search."""

    def __init__(self, *, side_panel: QWidget, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.band = IdentityBand()
        self.chooser = Chooser()
        self.warning = WarningBar()
        self.glance = Glance()
        self.timeline = TimelinePanel()
        self.candidates = Candidates()
        self.search = CallerSearch(now=now)
        self.verify = VerifyCard(self)
        self._faces = QStackedWidget()
        self._lines = column(spacing=12, margins=(20, 14, 20, 20))
        self._card_face = self._make_card_face()
        for face in (self._card_face, self.candidates, self.search):
            self._faces.addWidget(face)
        self.side = _side(side_panel)
        left = column(spacing=0)
        left.addWidget(self.band)
        left.addWidget(self._faces, 1)
        across = row(spacing=0)
        across.addLayout(left, 1)
        across.addWidget(self.side)
        self.setLayout(across)

    def present(self, page: CallPage, now: datetime) -> None:
        """Show the call in hand."""
        card = page.card
        if card is None:
            return
        self.band.present(card)
        if card.opened is not None:
            self._render_card(page, card, now)
        elif card.candidates:
            self.candidates.present(card.candidates, now)
            self._faces.setCurrentWidget(self.candidates)
        else:
            self._faces.setCurrentWidget(self.search)

    def show_search(self) -> None:
        """Turn to the search, the keyboard in its first field (a person asked for it)."""
        self._faces.setCurrentWidget(self.search)
        self.search.focus_search()

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

    def _render_card(self, page: CallPage, card: CallerCard, now: datetime) -> None:
        self.chooser.present(card)
        self.warning.present(card, now)
        if card.glance is not None:
            self.glance.present(card.glance, now)
        if page.timeline is not None:
            self.timeline.present(page.timeline, now)
        self._faces.setCurrentWidget(self._card_face)

    def _make_card_face(self) -> QWidget:
        face = QWidget()
        face.setObjectName("page")
        lines = self._lines
        lines.addWidget(self.chooser)
        lines.addWidget(self.warning)
        lines.addWidget(self.glance)
        lines.addWidget(self.timeline, 1)
        face.setLayout(lines)
        return face


def _side(panel: QWidget) -> QFrame:
    side = surface("side")
    around = column()
    around.addWidget(panel)
    side.setLayout(around)
    return side
