"""The list of the history: rows fold and unfold, and a demand opens, by mouse and by keys."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ui.discretion import discretion
from ui.panels.timeline.delegate import EDGE, TimelineDelegate
from ui.panels.timeline.model import TimelineModel
from ui.panels.timeline.rows import Row
from ui.translate import say

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TimelineView(QListView):
    """`folded` carries the demand a person folded or unfolded, `case_wanted` the one to open.

    `join_wanted` carries the row to join to something else, and where the menu opens.
    """

    folded = Signal(str)
    case_wanted = Signal(str)
    join_wanted = Signal(object, QPoint)

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
        discretion.follow(self)

    def dress_discreetly(self) -> None:
        """Paint the form that holds now."""
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be pressed."""
        super().mouseMoveEvent(event)
        row = self._rows.row(self.indexAt(event.position().toPoint()))
        can_press = row is not None and (row.kind != "entry" or row.can_join)
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if can_press else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold, unfold, or open the demand by its link."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        row = self._rows.row(self.indexAt(at))
        if row is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if row.kind == "entry":
            if row.can_join and self._is_at_right(self._painter.join_width, at):
                self.join_wanted.emit(row, self.mapToGlobal(at))
            return
        if self._is_on_link(row, at):
            self.case_wanted.emit(row.key)
        else:
            self.folded.emit(row.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right unfolds, left folds, Space either; Enter opens the demand."""
        row = self._rows.row(self.currentIndex())
        if row is not None and row.can_join and event.key() in _ENTERS:
            self.join_wanted.emit(row, self._below_current())
            return
        if row is None or row.kind == "entry":
            super().keyPressEvent(event)
            return
        turns = {Qt.Key.Key_Right: "folded", Qt.Key.Key_Left: "unfolded", Qt.Key.Key_Space: row.kind}
        if event.key() in _ENTERS and row.has_case:
            self.case_wanted.emit(row.key)
        elif turns.get(Qt.Key(event.key())) == row.kind:
            self.folded.emit(row.key)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the right button or the menu key: what the row can be joined to."""
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self._rows.row(self.currentIndex() if is_key else self.indexAt(event.pos()))
        if row is not None:
            self.join_wanted.emit(row, self._below_current() if is_key else event.globalPos())

    def _below_current(self) -> QPoint:
        here = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(QPoint(here.left() + EDGE, here.bottom()))

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
        return row.kind == "unfolded" and self._is_at_right(self._painter.aside_width(row), at)

    def _is_at_right(self, width: float, at: QPoint) -> bool:
        right = self.width() - EDGE
        return right - width <= at.x() <= right
