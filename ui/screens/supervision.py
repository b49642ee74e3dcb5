"""Supervision: the queues now, the day, the last hour, and who had to come back (design 4.5)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.panels.supervision.choices import PeriodChoice, QueueChoice, period_word
from ui.panels.supervision.day_strip import DayStrip
from ui.panels.supervision.last_hour import LastHour
from ui.panels.supervision.live_words import live_words
from ui.panels.supervision.peaks import Peaks
from ui.panels.supervision.recontact import ByChannel, ByMotive
from ui.panels.supervision.seats import SeatsCard
from ui.panels.supervision.tiles import Tiles
from ui.theme import Role, theme
from ui.translate import say
from ui.viewmodels.supervision import LiveBoard
from ui.widgets.button import Button
from ui.widgets.card import column, row
from ui.widgets.scrolled import fold, scrolled
from ui.widgets.text import Text


class _LiveDot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._ink = "success.base"
        self.setFixedSize(QSize(8, 8))

    def show_live(self, *, is_live: bool) -> None:
        """Green while the figures are of now."""
        self._ink = "success.base" if is_live else "warning.base"
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(self._ink))
        painter.setBrush(theme.colour(self._ink))
        painter.drawEllipse(1, 1, 6, 6)


class SupervisionScreen(QWidget):
    """Reads while it is seen, and draws nothing while it is not."""

    def __init__(self, live: LiveBoard, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._live, self._now = live, now
        self._dot, self._since = _LiveDot(), Text("", Role.SMALL, "secondary")
        self.queues, self.period = QueueChoice(), PeriodChoice()
        self.wall = Button(say("Affichage mural"), icon="maximize-2", key="F11")
        self.tiles, self.strip, self.hour = Tiles(), DayStrip(), LastHour()
        self.peaks, self.by_motive, self.by_channel = Peaks(), ByMotive(), ByChannel()
        self.seats, self._below = SeatsCard(), row(spacing=12)
        self.setLayout(self._page())
        self.queues.chosen.connect(live.choose_queues)
        self.period.chosen.connect(live.choose_period)
        live.state_changed.connect(self._show)
        live.ticked.connect(self._tick)

    def _page(self) -> QVBoxLayout:
        page = column(spacing=12, margins=(20, 16, 20, 16))
        page.addLayout(self._head())
        self._below.addLayout(self._left(), 1)
        self._below.addWidget(self.seats)
        page.addWidget(scrolled(self._below), 1)
        return page

    def _head(self) -> QHBoxLayout:
        head = row(spacing=12)
        head.addWidget(Text(say("Supervision"), Role.TITLE))
        head.addStretch(1)
        live = row(spacing=6)
        live.addWidget(self._dot)
        live.addWidget(self._since)
        head.addLayout(live)
        for choice in (self.queues, self.period, self.wall):
            head.addWidget(choice)
        return head

    def _left(self) -> QVBoxLayout:
        left = column(spacing=12)
        left.addWidget(self.tiles)
        left.addWidget(self.strip)
        for one, other in ((self.hour, self.peaks), (self.by_motive, self.by_channel)):
            line = row(spacing=12)
            line.addWidget(one, 426)
            line.addWidget(other, 442)
            left.addLayout(line, 1 if one is self.by_motive else 0)
        return left

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow screen the seats stand under the rest."""
        super().resizeEvent(event)
        fold(self._below, width=self.width())

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the calls."""
        super().showEvent(event)
        self._live.follow(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._live.leave(self)

    def _show(self) -> None:
        state = self._live.state
        if state.board is None or not self.isVisible():
            return
        self.queues.present(state.board.choices, self._live.chosen)
        self.period.present(self._live.chosen)
        self.strip.present(state.board.day, state.trends)
        self.strip.present_week(state.week, self._live.chosen.queues)
        self.hour.present(state.board.hour)
        self.seats.present(state.board)
        if state.trends is not None:
            self.peaks.heat.show_means(state.trends.peaks)
            self.by_motive.present(state.trends)
            self.by_channel.present(state.trends)
        self._tick()

    def _tick(self) -> None:
        shown = self._live.state.board
        if shown is None or not self.isVisible():
            return
        now = self._now()
        self.tiles.present(shown.tiles, now, period=period_word(self._live.chosen.period).lower())
        self._since.setText(live_words(shown.read_at, now, dated_at=self._live.dated_at).full)
        self._dot.show_live(is_live=self._live.dated_at is None)
