"""A box to tick beside its words, as a card draws it in a list of several."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import Role, theme

BOX = 16
_GAP, _AIR = 8, 4


def draw_box(painter: QPainter, box: QRectF, *, is_on: bool, ratio: float) -> None:
    """Draw the box of 16 pixels, with its check when it is on."""
    painter.setPen(QPen(theme.colour("accent.base" if is_on else "border.strong"), 1.5))
    painter.setBrush(theme.colour("accent.base" if is_on else "bg.surface"))
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
    if is_on:
        check = theme.pixmap("check", 12, "text.onaccent", ratio)
        painter.drawPixmap(QPointF(box.left() + 2, box.top() + 2), check)


class TickBox(QAbstractButton):
    """One thing said by whoever ticks it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFont(theme.font(Role.BODY))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The box and its words."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_AIR + BOX + _GAP + words + 2 * _AIR, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the words, and the ring of the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(_AIR, self.height() / 2 - BOX / 2, BOX, BOX)
        draw_box(painter, box, is_on=self.isChecked(), ratio=self.devicePixelRatioF())
        painter.setFont(self.font())
        painter.setPen(theme.colour("text.primary"))
        words = QRectF(_AIR + BOX + _GAP, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
