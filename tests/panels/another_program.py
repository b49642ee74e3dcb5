"""What the mini window stands above in its mock-up (10c): somebody else's program, and a task bar."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

WIDE, HIGH, TASK_BAR = 1440, 900, 40
ROWS, ROW_HIGH, FIRST_ROW = 15, 38, 138
_GROUNDS = (
    ((0, 0, WIDE, HIGH), "#f0f1f3"),
    ((0, 0, WIDE, 30), "#dde1e6"),
    ((0, 30, WIDE, 40), "#e7eaed"),
    ((0, 70, 220, HIGH - 70 - TASK_BAR), "#e9ecef"),
    ((220, 70, WIDE - 220, HIGH - 70 - TASK_BAR), "#f7f8f9"),
    ((240, FIRST_ROW, 1180, ROWS * ROW_HIGH), "#ffffff"),
    ((0, HIGH - TASK_BAR, WIDE, TASK_BAR), "#d5dadf"),
)


def above_another_program(mini: QPixmap, margin: int) -> QPixmap:
    """The whole screen, the mini window so many pixels from the task bar and from the right edge."""
    screen = QPixmap(WIDE, HIGH)
    painter = QPainter(screen)
    painter.setPen(Qt.PenStyle.NoPen)
    for (x, y, wide, high), colour in _GROUNDS:
        painter.fillRect(x, y, wide, high, QColor(colour))
    painter.setBrush(QColor("#d4d9de"))
    for row in range(ROWS):
        for x, wide in ((260, 90), (374, 150 + row * 37 % 90), (700, 70), (820, 220 + row * 53 % 170)):
            top = FIRST_ROW + row * ROW_HIGH + (ROW_HIGH - 10) / 2
            painter.drawRoundedRect(QRectF(x, top, wide, 10), 3, 3)
    corner = QPoint(WIDE - margin - mini.width(), HIGH - TASK_BAR - margin - mini.height())
    painter.drawPixmap(corner, mini)
    painter.end()
    return screen
