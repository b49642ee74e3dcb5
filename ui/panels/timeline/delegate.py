"""Paints the rows of the history: fonts, pens and cut texts are made once (design 13)."""

from typing import Final

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.discretion import discretion
from ui.panels.timeline.model import ROW
from ui.panels.timeline.rows import Row
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.tag import draw_tag, tag_width

EDGE: Final = 16
GAP: Final = 8
DISC: Final = 28
TEXT_LEFT: Final = 56
TITLE_LEFT: Final = 40
FOLDED: Final = 40
UNFOLDED: Final = 36
TAG: Final = 22
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MOST_CUT = 2000


class TimelineDelegate(QStyledItemDelegate):
    """One painter for demands and contacts; the rail that ties contacts is drawn row by row."""

    def __init__(self) -> None:
        super().__init__()
        self._cut: dict[tuple[str, int, str], str] = {}
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its lines."""
        return QSize(0, height_of(index.data(ROW)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        row: Row = index.data(ROW)
        rect: QRect = option.rect
        right = option.widget.width() - EDGE
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, row)
        if row.kind == "entry":
            self._draw_entry(painter, rect, row, right)
        else:
            self._draw_group(painter, rect, row, right)
        painter.restore()

    def aside_width(self, row: Row) -> float:
        """How wide what stands at the right is."""
        return self._metrics["link" if row.kind == "unfolded" else "small"].horizontalAdvance(row.aside)

    @property
    def join_width(self) -> float:
        """How wide « Relier » is."""
        return self._metrics["link"].horizontalAdvance(say("Relier"))

    def _dress(self) -> None:
        self._cut.clear()
        self._fonts: dict[str, QFont] = {
            "strong": theme.font(Role.BODY, 600),
            "medium": theme.font(Role.BODY, 500),
            "small": theme.font(Role.SMALL),
            "link": theme.font(Role.SMALL, 500),
        }
        self._metrics = {name: QFontMetricsF(font) for name, font in self._fonts.items()}
        tokens = ("text.primary", "text.secondary", "text.tertiary", "accent.text")
        self._pens = {token: QPen(theme.colour(token)) for token in tokens}
        self._rule = QPen(theme.colour("border.subtle"), 1)
        self._ring = QPen(theme.colour("focus.ring"), 2)
        self._disc, self._live = theme.colour("bg.sunken"), theme.colour("success.soft")
        self._hover: QColor = theme.colour("bg.hover")

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        state: QStyle.StateFlag = option.state
        if row.kind != "entry" and state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self._hover)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._ring)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(3, 2, -3, -2), 4, 4)

    def _draw_group(self, painter: QPainter, rect: QRect, row: Row, right: int) -> None:
        is_unfolded = row.kind == "unfolded"
        if not row.is_edge:
            painter.setPen(self._rule)
            painter.drawLine(QLineF(rect.left(), rect.top() + 0.5, right + EDGE, rect.top() + 0.5))
        top = rect.top() + (8 if row.is_edge else 9)
        line = QRectF(0, top if is_unfolded else rect.top() + 10, right, TAG)
        self._icon(painter, EDGE, line, "chevron-down" if is_unfolded else "chevron-right", size=16)
        left = TITLE_LEFT + self._words(
            painter, row.title, "strong" if is_unfolded else "medium", TITLE_LEFT, line
        )
        left = self._tag(painter, row, left + GAP, line)
        self._aside(painter, row, line)
        room = right - self.aside_width(row) - GAP - left
        self._words(painter, row.text, "small", left, line, ink="text.tertiary", room=room)

    def _draw_entry(self, painter: QPainter, rect: QRect, row: Row, right: int) -> None:
        if not row.is_edge:
            painter.setPen(self._rule)
            painter.drawLine(QLineF(30, rect.top() + DISC, 30, rect.bottom() + 1))
        self._draw_disc(painter, rect.top(), row)
        line = QRectF(0, rect.top() + 3, right, Role.BODY.line)
        self._aside(painter, row, line)
        room = right - self.aside_width(row) - GAP - TEXT_LEFT
        self._words(painter, row.title, "medium", TEXT_LEFT, line, room=room)
        below = line.bottom()
        if row.text or row.can_join:
            line = QRectF(0, below + 1, right, Role.SMALL.line)
            room = right - TEXT_LEFT
            if row.can_join:
                self._link(painter, say("Relier"), line)
                room -= self.join_width + GAP
            self._words(painter, row.text, "small", TEXT_LEFT, line, ink="text.secondary", room=room)
            below = line.bottom()
        if row.tag:
            line = QRectF(0, below + 4, right, TAG)
            left = self._tag(painter, row, TEXT_LEFT, line)
            self._words(painter, row.tail, "small", left, line, ink="text.secondary", room=right - left)

    def _draw_disc(self, painter: QPainter, top: int, row: Row) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._live if row.is_live else self._disc)
        disc = QRectF(EDGE, top, DISC, DISC)
        painter.drawEllipse(disc)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = "success.text" if row.is_live else "text.secondary"
        self._icon(painter, EDGE + 6.5, disc, row.icon, size=15, ink=ink)

    def _icon(
        self,
        painter: QPainter,
        left: float,
        line: QRectF,
        name: str,
        *,
        size: int,
        ink: str = "text.tertiary",
    ) -> None:
        pixmap = theme.pixmap(name, size, ink, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(left, line.top() + (line.height() - size) / 2), pixmap)

    def _aside(self, painter: QPainter, row: Row, line: QRectF) -> None:
        if row.kind == "unfolded":
            self._link(painter, row.aside, line)
            return
        painter.setFont(self._fonts["small"])
        painter.setPen(self._pens["text.tertiary"])
        painter.drawText(line, _RIGHT, row.aside)

    def _link(self, painter: QPainter, words: str, line: QRectF) -> None:
        painter.setFont(self._fonts["link"])
        painter.setPen(self._pens["accent.text"])
        painter.drawText(line, _RIGHT, words)

    def _tag(self, painter: QPainter, row: Row, left: float, line: QRectF) -> float:
        if not row.tag:
            return left
        width = tag_width(row.tag, icon=row.tag_icon)
        ratio = painter.device().devicePixelRatioF()
        draw_tag(
            painter,
            QRectF(left, line.top(), width, TAG),
            row.tag,
            icon=row.tag_icon,
            kind=row.tag_kind,
            ratio=ratio,
        )
        return left + width + GAP

    def _words(
        self,
        painter: QPainter,
        words: str,
        font: str,
        left: float,
        line: QRectF,
        *,
        ink: str = "text.primary",
        room: float | None = None,
    ) -> float:
        """Draw words, cut to their room; gives their width."""
        text = words if room is None else self._cut_to(words, font, room)
        painter.setFont(self._fonts[font])
        painter.setPen(self._pens[ink])
        shown = discretion.shown(words)
        drawn = text if shown is words else shown
        painter.drawText(QRectF(left, line.top(), line.right() - left + 1, line.height()), _LEFT, drawn)
        return self._metrics[font].horizontalAdvance(text)

    def _cut_to(self, words: str, font: str, room: float) -> str:
        key = (words, round(room), font)
        if key not in self._cut:
            if len(self._cut) > _MOST_CUT:
                self._cut.clear()
            metrics = self._metrics[font]
            self._cut[key] = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, room))
        return self._cut[key]


def height_of(row: Row) -> int:
    """The height of a row, in pixels."""
    if row.kind == "folded":
        return FOLDED
    if row.kind == "unfolded":
        return UNFOLDED if row.is_edge else UNFOLDED + 1
    lines = 3 + Role.BODY.line + 7
    lines += 1 + Role.SMALL.line if row.text or row.can_join else 0
    lines += 4 + TAG if row.tag else 0
    return lines + (1 if row.is_edge else 0)
