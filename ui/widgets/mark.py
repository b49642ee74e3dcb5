"""The product's mark: a desk bell on a rounded square, in the window, the task bar and the tray."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import theme

_SIDES = (16, 22, 32, 48, 64)


class Mark(QWidget):
    """As large as it is told."""

    def __init__(self, side: int = 28) -> None:
        super().__init__()
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        _draw(QPainter(self), self.width(), self.devicePixelRatioF())


def product_icon() -> QIcon:
    """The mark as the desktop shows it, at the sizes it asks."""
    icon = QIcon()
    for side in _SIDES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        _draw(painter, side, 1.0)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


def _draw(painter: QPainter, side: int, ratio: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent.base"))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.28, side * 0.28)
    size = round(side * 0.64)
    pixmap = theme.pixmap("concierge-bell", size, "text.onaccent", ratio)
    painter.drawPixmap(QPointF((side - size) / 2, (side - size) / 2), pixmap)
