"""The list itself: what is current, what is ticked, and the button of each row."""

from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.domain.motives import plain
from ui.discretion import discretion, joined
from ui.widgets.button import Button
from ui.widgets.card import row as across
from ui.widgets.row_list.cells import Action, ListRow
from ui.widgets.row_list.delegate import EDGE, RowDelegate
from ui.widgets.row_list.find import Find

ROW = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ListRow, ...] = ()

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        is_row = index.isValid() and bool(self.rows[index.row()].key)
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled if is_row else Qt.ItemFlag.NoItemFlags

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return discretion.shown(row.spoken or _spoken(row))
        return (discretion.shown(row.hint) or None) if role == Qt.ItemDataRole.ToolTipRole else None


class RowList(QListView):
    """`moved` tells the current row's key, `opened` Enter or its button, `ticked` its box.

    The arrows move, Space ticks. The first row is current from the start where `is_preselected`.
    """

    moved = Signal(str)
    opened = Signal(str)
    ticked = Signal(str)

    def __init__(self, *, name: str, gap: int = 12, is_preselected: bool = True) -> None:
        super().__init__()
        self._is_preselected = is_preselected
        self._rows = _Rows()
        self._painter = RowDelegate(gap=gap, row_role=ROW)
        self._is_filling = False
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.verticalScrollBar().setSingleStep(24)
        self.setAccessibleName(name)
        self.doubleClicked.connect(self._open)
        self.finder = Find(self, self.setFocus)
        self.finder.sought.connect(self._seek)
        discretion.follow(self)

    def dress_discreetly(self) -> None:
        """Paint the form that holds now."""
        self.viewport().update()

    @property
    def key(self) -> str:
        """The current row's key, or nothing."""
        at = self.currentIndex().row()
        return self._rows.rows[at].key if 0 <= at < len(self._rows.rows) else ""

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """What it shows."""
        return self._rows.rows

    def present(self, rows: tuple[ListRow, ...], *, current: str = "") -> None:
        """Show other rows, the bar on `current`, else where it was, else on the first."""
        if rows == self._rows.rows and current in ("", self.key):
            return
        was, place, down = self.key, self.currentIndex().row(), self.verticalScrollBar().value()
        self._is_filling = True
        self._rows.show_rows(rows)
        self.setCurrentIndex(self._rows.index(self._place_of(current or was, place)))
        self._is_filling = False
        self._dress_actions()
        # Left to its timer, the list would be painted once empty and once laid out.
        self.doItemsLayout()
        self.verticalScrollBar().setValue(down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space ticks."""
        self._painter.has_ring = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.opened.emit(self.key)
        elif event.key() == Qt.Key.Key_Space and self._can_tick(self.currentIndex().row()):
            self.ticked.emit(self.key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ring the row where the keyboard came by itself."""
        super().focusInEvent(event)
        self._painter.has_ring = event.reason() in _BY_KEYS
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks, elsewhere it moves the bar."""
        self._painter.has_ring = False
        index = self.indexAt(event.position().toPoint())
        box = self._painter.box_of(self.visualRect(index)).adjusted(-6, -6, 6, 6)
        if index.isValid() and self._can_tick(index.row()) and box.contains(event.position().toPoint()):
            self.ticked.emit(self._rows.rows[index.row()].key)
            return
        super().mousePressEvent(event)

    def currentChanged(  # noqa: N802
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell it; the filled button goes with the bar."""
        super().currentChanged(current, previous)
        if not self._is_filling:
            self._dress_actions()
            self.moved.emit(self.key)

    def _seek(self, words_raw: str, step: int) -> None:
        """The bar on the next row that holds every word, round the end of the list."""
        wanted, rows = plain(words_raw).split(), self._rows.rows
        here = max(0, self.currentIndex().row())
        way = -1 if step < 0 else 1
        turns = ((here + step + way * far) % len(rows) for far in range(len(rows)))
        fit = (at for at in turns if rows[at].key and _holds(rows[at], wanted))
        at = next(fit, None) if wanted else None
        if at is not None:
            self.setCurrentIndex(self._rows.index(at))

    def _place_of(self, key: str, place: int) -> int:
        """The row of a key, else the nearest after where the bar was, else the last; -1 for none."""
        keyed = [at for at, row in enumerate(self._rows.rows) if row.key]
        same = [at for at in keyed if self._rows.rows[at].key == key]
        is_free = place < 0 and not self._is_preselected
        near = [] if is_free else [at for at in keyed if at >= place] or keyed[-1:]
        return next(iter((*same, *near)), -1)

    def _can_tick(self, at: int) -> bool:
        return 0 <= at < len(self._rows.rows) and self._rows.rows[at].is_ticked is not None

    def _open(self, index: QModelIndex) -> None:
        if self._rows.rows[index.row()].key:
            self.opened.emit(self._rows.rows[index.row()].key)

    def _dress_actions(self) -> None:
        self._painter.room.clear()
        for at, row in enumerate(self._rows.rows):
            if row.action is not None:
                self._place_action(at, row.key, row.action)

    def _place_action(self, at: int, key: str, action: Action) -> None:
        is_current = at == self.currentIndex().row()
        button = Button(
            action.words,
            icon=action.icon,
            key=action.key if is_current else "",
            kind="primary" if is_current else "plain",
            size="small",
        )
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self.opened.emit, key))
        holder = QWidget()
        line = across(spacing=0, margins=(0, 0, EDGE, 0))
        line.addStretch(1)
        line.addWidget(button)
        holder.setLayout(line)
        self._painter.room[at] = button.sizeHint().width()
        self.setIndexWidget(self._rows.index(at), holder)


def _holds(row: ListRow, wanted: list[str]) -> bool:
    told = plain(row.spoken or _spoken(row))
    return all(word in told for word in wanted)


def _spoken(row: ListRow) -> str:
    words = (
        part
        for cell in row.cells
        for part in (cell.words, cell.aside, cell.mark.words if cell.mark else "", cell.below)
    )
    return joined(", ", (*words, row.hint))
