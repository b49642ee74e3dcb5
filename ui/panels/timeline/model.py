"""The rows for the view, two hundred at a time, each with the sentence a screen reader says."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.discretion import discretion, joined
from ui.panels.timeline.rows import Row

WINDOW = 200
ROW = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


class TimelineModel(QAbstractListModel):
    """A window on the rows, which grows as the view scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._shown = 0

    def show_rows(self, rows: tuple[Row, ...]) -> bool:
        """Show other rows; False when they are the same, and nothing moves."""
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self._shown = min(max(WINDOW, self._shown), len(rows))
        self.endResetModel()
        return True

    def row(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        """The row of an index."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def is_unfolded(self, case: str) -> bool:
        """Whether the contacts of a demand are listed."""
        return any(row.kind == "unfolded" and row.key == case for row in self._rows)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many rows the window holds."""
        return 0 if parent.isValid() else self._shown

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: N802
        """Whether there are rows beyond the window."""
        return not parent.isValid() and self._shown < len(self._rows)

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """Open the window further."""
        if not self.canFetchMore(parent):
            return
        end = min(self._shown + WINDOW, len(self._rows))
        self.beginInsertRows(_ROOT, self._shown, end - 1)
        self._shown = end
        self.endInsertRows()

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The row, its title, or its sentence."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return discretion.shown(row.spoken)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return row.act
        is_tip = role == Qt.ItemDataRole.ToolTipRole
        return discretion.shown(joined(" ", (row.text, row.tail))) if is_tip else None
