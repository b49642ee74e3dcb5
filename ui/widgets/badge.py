"""A number in a red disc, at the corner of a button."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Role, theme

SIDE = 16
_MANY = 10


class Badge(QWidget):
    """Hidden at zero; it takes no click."""

    def __init__(self, on: QWidget) -> None:
        super().__init__(on)
        self._count = 0
        self.setFixedSize(SIDE, SIDE)
        self.move(on.sizeHint().width() - SIDE, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def count(self, number: int) -> None:
        """Show it; above nine is nine and more."""
        self._count = number
        self.setVisible(number > 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc, then the number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("danger.base"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(theme.colour("text.onaccent"))
        painter.setFont(theme.font(Role.CAPTION, 600))
        words = str(self._count) if self._count < _MANY else "9+"
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
