"""« Patients »: a search without a call, and the record it opens (design 4.8)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.queries.person_record import PersonRecord
from ui.panels.caller_search import CallerSearch
from ui.panels.glance import Glance
from ui.panels.record_head import RecordHead
from ui.panels.record_side import RecordSide
from ui.panels.timeline import TimelinePanel
from ui.panels.warning_bar import Warned, WarningBar
from ui.translate import say
from ui.widgets.card import column, row

NARROW_BELOW = 1100
"""Of the page, in pixels."""


class RecordScreen(QWidget):
    """Two faces: the search, or one person's record."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.search = CallerSearch(now=now, act=say("Ouvrir"))
        self.search.keep_to_search()
        self.head, self.side = RecordHead(), RecordSide()
        self.warning = WarningBar()
        self.glance = Glance()
        self.timeline = TimelinePanel()
        self.warning.case_asked.connect(self.timeline.show_case)
        self._record = self._make_record()
        self._faces = QStackedWidget()
        for face in (self.search, self._record):
            self._faces.addWidget(face)
        around = column()
        around.addWidget(self._faces)
        self.setLayout(around)
        self.leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._record)
        self.leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def present(self, record: PersonRecord | None) -> None:
        """Show a record, or the search as it was left."""
        if record is None:
            self._faces.setCurrentWidget(self.search)
            return
        self.head.present(record)
        self.warning.present(Warned(record.traits, record.repeat, record.glance.promise), record.read_at)
        self.glance.present(record.glance, record.read_at)
        self.timeline.present(record.timeline, record.read_at)
        self.side.present(record)
        if self._faces.currentWidget() is not self._record:
            self._faces.setCurrentWidget(self._record)
            self.timeline.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small window what the side says is read in the glance and in the history."""
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= NARROW_BELOW)

    def _make_record(self) -> QWidget:
        face = QWidget()
        face.setObjectName("page")
        lines = column()
        lines.addWidget(self.head)
        inside = column(spacing=12)
        for part in (self.warning, self.glance):
            inside.addWidget(part)
        inside.addWidget(self.timeline, 1)
        across = row(spacing=16, margins=(20, 14, 20, 20))
        across.addLayout(inside, 1)
        across.addWidget(self.side)
        lines.addLayout(across, 1)
        face.setLayout(lines)
        return face
