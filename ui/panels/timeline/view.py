"""The list of the history: rows fold and unfold, and a demand opens, by mouse and by keys."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ui.panels.timeline.delegate import EDGE, TimelineDelegate
from ui.panels.timeline.model import TimelineModel
from ui.panels.timeline.rows import Row
from ui.translate import say


class TimelineView(QListView):
    """`folded` carries the demand a person folded or unfolded, `case_wanted` the one to open."""

    folded = Signal(str)
    case_wanted = Signal(str)

    def __init__(self, model: TimelineModel) -> None:
        super().__init__()
        self._rows = model
        self._painter = TimelineDelegate()
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(say("Historique"))
        self.verticalScrollBar().setSingleStep(24)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be pressed."""
        super().mouseMoveEvent(event)
        row = self._rows.row(self.indexAt(event.position().toPoint()))
        can_press = row is not None and row.kind != "entry"
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if can_press else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold, unfold, or open the demand by its link."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        row = self._rows.row(self.indexAt(at))
        if row is None or row.kind == "entry" or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._is_on_link(row, at):
            self.case_wanted.emit(row.key)
        else:
            self.folded.emit(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right unfolds, left folds, Space either; Enter opens the demand."""
        row = self._rows.row(self.currentIndex())
        if row is None or row.kind == "entry":
            super().keyPressEvent(event)
            return
        turns = {Qt.Key.Key_Right: "folded", Qt.Key.Key_Left: "unfolded", Qt.Key.Key_Space: row.kind}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row.has_case:
            self.case_wanted.emit(row.key)
        elif turns.get(Qt.Key(event.key())) == row.kind:
            self.folded.emit(row.key)
        else:
            super().keyPressEvent(event)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows, as far down as before."""
        bar = self.verticalScrollBar()
        place = bar.value()
        if self._rows.show_rows(rows):
            # Left to its timer, the list would be painted once empty and once laid out.
            self.doItemsLayout()
            bar.setValue(place)

    def go_to(self, key: str) -> None:
        """Put the current row on a demand."""
        for place in range(self._rows.rowCount()):
            index: QModelIndex = self._rows.index(place)
            row = self._rows.row(index)
            if row is not None and row.key == key and row.kind != "entry":
                self.setCurrentIndex(index)
                return

    def _is_on_link(self, row: Row, at: QPoint) -> bool:
        right = self.width() - EDGE
        return row.kind == "unfolded" and right - self._painter.aside_width(row) <= at.x() <= right
