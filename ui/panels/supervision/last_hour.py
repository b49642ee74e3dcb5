"""« Dernière heure »: what was answered and what was abandoned, by five minutes."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.queries.board import Slot
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.card import Card, row
from ui.widgets.plot import Bar, StackedBars
from ui.widgets.text import Text
from ui.wording import clock


class _Key(QWidget):
    """A small square, solid or hatched as its bars are."""

    def __init__(self, *, is_hatched: bool) -> None:
        super().__init__()
        self._is_hatched = is_hatched
        self.setFixedSize(QSize(10, 10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if not self._is_hatched:
            painter.fillRect(self.rect(), theme.colour("accent.line"))
            return
        painter.fillRect(self.rect(), theme.colour("danger.soft"))
        ink = theme.colour("danger.base")
        painter.setPen(QPen(ink, 1))
        painter.setBrush(QBrush(ink, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)


class LastHour(Card):
    """426 by 184 pixels in the mock-up."""

    def __init__(self) -> None:
        super().__init__(say("Dernière heure"))
        self.setFixedHeight(184)
        self.bars = StackedBars()
        self.header.addWidget(Text(say("par 5 min"), Role.SMALL, "tertiary"))
        self.header.addStretch(1)
        keys = ((say("Décrochés"), False), (say("Abandons"), True))
        for words, is_hatched in keys:
            key = row(spacing=6)
            key.addWidget(_Key(is_hatched=is_hatched))
            key.addWidget(Text(words, Role.CAPTION, "secondary", weight=400))
            self.header.addLayout(key)
        holder = row(margins=(8, 8, 12, 3))
        holder.addWidget(self.bars)
        self.body.addLayout(holder, 1)

    def present(self, hour: tuple[Slot, ...]) -> None:
        """Show the twelve slots; every other one is dated."""
        bars = tuple(
            Bar("" if number % 2 else clock(slot.at), slot.answered, slot.abandoned)
            for number, slot in enumerate(hour)
        )
        taken, left = sum(bar.solid for bar in bars), sum(bar.hatched for bar in bars)
        words = say("Dernière heure : {taken} décrochés, {left} abandons").format(taken=taken, left=left)
        self.bars.show_bars(bars, spoken=words)
