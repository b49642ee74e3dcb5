"""Paints rows of cells: fonts, pens and cut texts are made once (design 13)."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.discretion import discretion
from ui.theme import Role, theme
from ui.widgets.key_cap import HEIGHT as KEY
from ui.widgets.key_cap import draw_key, key_width
from ui.widgets.row_list.cells import OWN, Cell, ListRow, Mark
from ui.widgets.tag import TAG_INKS, draw_tag, tag_width

EDGE = 16
BOX = 16
DISC = 28
TAG = 22
GAP = 8
_MOST_CUT = 2000
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class RowDelegate(QStyledItemDelegate):
    """One painter for every row; `room` is what a row's button takes at the right.

    `has_ring` while the keyboard is what moves the bar.
    """

    def __init__(self, *, gap: int, row_role: int) -> None:
        super().__init__()
        self.room: dict[int, int] = {}
        self.has_ring = False
        self._gap, self._row_role = gap, row_role
        self._cut: dict[tuple[str, int, str], str] = {}
        self._fonts: dict[str, tuple[QFont, QFontMetricsF]] = {}
        theme.changed.connect(self._dress)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the row says."""
        return QSize(0, self._row(index).height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        row = self._row(index)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, row)
        is_last = index.row() == index.model().rowCount() - 1
        # The last one closes the list where there is room for another; else the card's edge does.
        if not is_last or rect.bottom() + rect.height() < option.widget.height():
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border.subtle"))
        room = self.room.get(index.row(), 0)
        # A bar to scroll with takes of the margin, not of what stands under the card's head.
        right = rect.right() + 1 if room else option.widget.width()
        for cell, box in self._boxes(row, rect, right, room):
            self._draw_cell(painter, cell, box)
        painter.restore()

    def box_of(self, rect: QRect) -> QRect:
        """Where the box to tick stands in a row."""
        return QRect(rect.left() + EDGE, rect.top() + (rect.height() - BOX) // 2, BOX, BOX)

    def _row(self, index: QModelIndex | QPersistentModelIndex) -> ListRow:
        row: ListRow = index.data(self._row_role)
        return row

    def _dress(self) -> None:
        self._cut.clear()
        self._fonts.clear()

    def _boxes(self, row: ListRow, rect: QRect, right: int, taken: int) -> list[tuple[Cell, QRectF]]:
        left = rect.left() + EDGE + (BOX + self._gap if row.is_ticked is not None else 0)
        right -= EDGE + (taken + self._gap if taken else 0)
        widths = [self._wanted(cell) for cell in row.cells]
        rest = right - left - sum(widths) - self._gap * (len(widths) - 1)
        boxes: list[tuple[Cell, QRectF]] = []
        x = float(left)
        for cell, width in zip(row.cells, widths, strict=True):
            room = width or max(0.0, rest)
            boxes.append((cell, QRectF(x, rect.top(), room, rect.height())))
            x += room + self._gap
        return boxes

    def _wanted(self, cell: Cell) -> int:
        if cell.width == OWN:
            return self._width(cell)
        has_more = cell.mark is not None or cell.aside or cell.words_icon or cell.below_icon
        # Without a gap, the widths are what keeps the columns apart.
        if not self._gap or has_more or not (cell.is_right and cell.width):
            return cell.width
        below = round(self._measure(cell.below, cell.below_role, 400)) + 1
        return min(cell.width, max(self._width(cell), below))

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: ListRow) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if not row.key:
            painter.fillRect(rect, theme.colour("bg.sunken"))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("bg.selected"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), theme.colour("accent.line"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("bg.hover"))
        if row.key and self.has_ring and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(3, 2, -3, -3), 4, 4)
        if row.is_ticked is not None:
            self._draw_box(painter, QRectF(self.box_of(rect)), is_ticked=row.is_ticked)

    def _draw_box(self, painter: QPainter, box: QRectF, *, is_ticked: bool) -> None:
        painter.setPen(QPen(theme.colour("accent.base" if is_ticked else "border.strong"), 1.5))
        painter.setBrush(theme.colour("accent.base" if is_ticked else "bg.surface"))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        if is_ticked:
            self._draw_icon(painter, "check", 12, "text.onaccent", QPointF(box.left() + 2, box.top() + 2))

    def _draw_cell(self, painter: QPainter, cell: Cell, box: QRectF) -> None:
        if cell.icon:
            self._draw_disc(painter, cell, box)
            return
        if cell.cap:
            _draw_cap(painter, cell.cap, box)
            return
        # A tag is a little higher than its line of words.
        above = TAG if cell.mark is not None else cell.role.line if cell.words else 0
        below = cell.below_role.line if cell.below else 0
        between = 2 if cell.mark is not None and below and not cell.words else 0
        top = box.top() + (box.height() - 1 - above - between - below) / 2
        self._draw_above(painter, cell, QRectF(box.left(), top, box.width(), above))
        if cell.below:
            line = QRectF(box.left(), top + above + between, box.width(), below)
            self._draw_below(painter, cell, line)

    def _draw_disc(self, painter: QPainter, cell: Cell, box: QRectF) -> None:
        ink, ground = TAG_INKS[cell.icon_kind]
        top = box.top() + (box.height() - 1 - DISC) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawEllipse(QRectF(box.left(), top, DISC, DISC))
        self._draw_icon(painter, cell.icon, 15, ink, QPointF(box.left() + 6.5, top + 6.5))

    def _draw_above(self, painter: QPainter, cell: Cell, line: QRectF) -> None:
        if cell.words_icon:
            at = QPointF(line.left(), line.top() + (line.height() - 15) / 2)
            self._draw_icon(painter, cell.words_icon, 15, cell.ink, at)
            line = line.adjusted(15 + GAP, 0, 0, 0)
        said = "" if cell.mark is None else self._said_by(cell.mark, cell, line.width())
        mark = 0.0 if cell.mark is None else tag_width(said, icon=cell.mark.icon)
        aside = self._measure(cell.aside, Role.SMALL, 400) if cell.aside else 0.0
        room = line.width() - (mark + GAP if mark and cell.words else 0)
        # On a narrow list what stands aside is cut first: who it is about is what is read.
        aside = max(0.0, min(aside, room - GAP - self._measure(cell.words, cell.role, cell.weight)))
        room -= aside + GAP if aside else 0
        used = self._say(
            painter, cell.words, (cell.role, cell.weight), cell.ink, line, room, is_right=cell.is_right
        )
        left = line.left() + used + (GAP if used else 0)
        if aside:
            rest = QRectF(left, line.top(), aside + 1, line.height())
            self._say(painter, cell.aside, (Role.SMALL, 400), "text.tertiary", rest, aside + 1)
            left += aside + GAP
        if cell.mark is not None:
            place = line.right() - mark if cell.is_right else left
            draw_tag(
                painter,
                QRectF(place, line.top() + (line.height() - TAG) / 2, mark, TAG),
                said,
                icon=cell.mark.icon,
                kind=cell.mark.kind,
                ratio=painter.device().devicePixelRatioF(),
            )

    def _said_by(self, mark: Mark, cell: Cell, room: float) -> str:
        """A tag gives its words before a name gives any of its own; its icon stays."""
        if not (cell.words and mark.icon):
            return mark.words
        bare = tag_width("", icon=mark.icon)
        left = room - GAP - self._measure(cell.words, cell.role, cell.weight) - bare
        words = self._cut_to(mark.words, (Role.CAPTION, 600), self._font(Role.CAPTION, 600)[1], left)
        return words.removesuffix("…").rstrip() and words

    def _draw_below(self, painter: QPainter, cell: Cell, line: QRectF) -> None:
        if cell.below_icon:
            self._draw_icon(
                painter, cell.below_icon, 12, "text.tertiary", QPointF(line.left(), line.top() + 2)
            )
            line = line.adjusted(16, 0, 0, 0)
        font = (cell.below_role, 400)
        self._say(painter, cell.below, font, cell.below_ink, line, line.width(), is_right=cell.is_right)

    def _draw_icon(self, painter: QPainter, name: str, size: int, ink: str, at: QPointF) -> None:
        painter.drawPixmap(at, theme.pixmap(name, size, ink, painter.device().devicePixelRatioF()))

    def _say(
        self,
        painter: QPainter,
        words: str,
        font: tuple[Role, int],
        ink: str,
        line: QRectF,
        room: float,
        *,
        is_right: bool = False,
    ) -> float:
        """Draw words cut to their room; how wide they are."""
        if not words:
            return 0.0
        made, metrics = self._font(*font)
        text = self._cut_to(words, font, metrics, room)
        painter.setFont(made)
        painter.setPen(theme.colour(ink))
        shown = discretion.shown(words)
        drawn = text if shown is words else self._cut_to(shown, font, metrics, room)
        painter.drawText(line.adjusted(0, 0, 1, 0), int(_RIGHT if is_right else _LEFT), drawn)
        return metrics.horizontalAdvance(text)

    def _width(self, cell: Cell) -> int:
        if cell.mark is not None:
            return round(tag_width(cell.mark.words, icon=cell.mark.icon)) + 1
        if cell.cap:
            return round(key_width(cell.cap))
        return DISC if cell.icon else round(self._measure(cell.words, cell.role, cell.weight)) + 1

    def _measure(self, words: str, role: Role, weight: int) -> float:
        return self._font(role, weight)[1].horizontalAdvance(words)

    def _font(self, role: Role, weight: int) -> tuple[QFont, QFontMetricsF]:
        key = f"{role.name}{weight}"
        if key not in self._fonts:
            font = theme.font(role, weight)
            self._fonts[key] = (font, QFontMetricsF(font))
        return self._fonts[key]

    def _cut_to(self, words: str, font: tuple[Role, int], metrics: QFontMetricsF, room: float) -> str:
        key = (words, round(room), f"{font[0].name}{font[1]}")
        if key not in self._cut:
            if len(self._cut) > _MOST_CUT:
                self._cut.clear()
            self._cut[key] = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, room))
        return self._cut[key]


def _draw_cap(painter: QPainter, cap: str, box: QRectF) -> None:
    place = QRectF(box.left(), box.top() + (box.height() - 1 - KEY) / 2, box.width(), KEY)
    draw_key(painter, place, cap, ink="text.secondary", edge="border.subtle", fill="bg.surface")
