"""« Pics d’appels »: the mean of four weeks, hour by hour, a number in every cell."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.queries.trends import HOURS, WEEKDAYS
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.card import Card, row
from ui.widgets.text import Elided
from ui.wording import days

_LEFT, _TOP, _ROW, _CELL = 33.0, 19.0, 17.0, 15.0


class Heat(QWidget):
    """Sixty-six cells in five classes; the peak has an outline."""

    def __init__(self) -> None:
        super().__init__()
        self._means: dict[tuple[int, int], int] = {}
        self.setFixedHeight(120)

    def sizeHint(self) -> QSize:
        """As in the mock-up."""
        return QSize(402, 120)

    def show_means(self, means: dict[tuple[int, int], int]) -> None:
        """Show other means; the table is said row by row to who can't see it."""
        if means == self._means:
            return
        self._means = means
        lines = (
            f"{name} {' '.join(str(means.get((day, hour), 0)) for hour in HOURS)}"
            for day, name in enumerate(days()[: len(WEEKDAYS)])
        )
        self.setAccessibleName("\n".join((" ".join(str(hour) for hour in HOURS), *lines)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hours, the days and their cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(Role.CAPTION, 400))
        painter.setPen(theme.colour("text.tertiary"))
        step = (self.width() - _LEFT) / len(HOURS)
        middle = Qt.AlignmentFlag.AlignCenter
        for number, hour in enumerate(HOURS):
            painter.drawText(QRectF(_LEFT + number * step, 0, step, 16), middle, str(hour))
        for day, name in enumerate(days()[: len(WEEKDAYS)]):
            box = QRectF(0, _TOP + day * _ROW, _LEFT, _CELL)
            painter.setPen(theme.colour("text.tertiary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            self._draw_day(painter, day, step)

    def _draw_day(self, painter: QPainter, day: int, step: float) -> None:
        peak = max(self._means.values(), default=0)
        for number, hour in enumerate(HOURS):
            mean = self._means.get((day, hour), 0)
            box = QRectF(_LEFT + number * step, _TOP + day * _ROW, step - 2, _CELL)
            ground, ink = theme.heat(mean / peak if peak else 0)
            is_peak = 0 < mean == peak
            outline = QPen(theme.colour("text.primary"), 2)
            painter.setPen(outline if is_peak else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(ink)
            painter.setFont(theme.font(Role.CAPTION, 600 if is_peak else 400))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(mean))


class Peaks(Card):
    """442 by 184 pixels in the mock-up."""

    def __init__(self) -> None:
        super().__init__(say("Pics d’appels"))
        self.setFixedHeight(184)
        self.heat = Heat()
        self.header.addWidget(Elided(say("moyenne sur 4 semaines, par heure"), Role.SMALL, "tertiary"), 1)
        holder = row(margins=(12, 10, 26, 8))
        holder.addWidget(self.heat)
        self.body.addLayout(holder)
        self.body.addStretch(1)
