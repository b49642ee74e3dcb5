"""Bars of the last hour: the only place that knows the plotting library."""

from typing import Any, NamedTuple

import pyqtgraph  # pyright: ignore[reportMissingTypeStubs]
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Role, theme

_pg: Any = pyqtgraph
_WIDTH = 23 / 31
_HEADROOM = 1.12
_LEFT_AXIS, _OFF_AXIS = 30, {"left": 6, "bottom": 4}
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Bar(NamedTuple):
    """Two counts, one on the other; `label` is empty where nothing is written below."""

    label: str
    solid: int
    hatched: int


class StackedBars(QWidget):
    """Solid and hatched bars; drawn again when its figures change, and only while it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._drawn: tuple[Bar, ...] | None = None
        self.redraws = 0
        self._plot: Any = _pg.PlotWidget(antialias=False)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.disableAutoRange()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._plot)
        theme.changed.connect(self._dress)
        self._dress()

    def show_bars(self, bars: tuple[Bar, ...], *, spoken: str) -> None:
        """Show these figures; `spoken` says them to who can't see them."""
        self.setAccessibleName(spoken)
        self._bars = bars
        if self.isVisible():
            self._draw()

    def showEvent(self, event: Any) -> None:
        """Draw what changed while it was hidden."""
        super().showEvent(event)
        self._draw()

    def _dress(self) -> None:
        self._plot.setBackground(theme.colour("bg.surface"))
        self._drawn = None
        if self.isVisible():
            self._draw()

    def _draw(self) -> None:
        if self._bars == self._drawn:
            return
        self._drawn = self._bars
        self.redraws += 1
        self._plot.clear()
        places = [float(place) for place in range(len(self._bars))]
        top = max([one.solid + one.hatched for one in self._bars], default=0)
        step = next(step for step in _STEPS if top <= 3 * step or step == _STEPS[-1])
        self._draw_axes(step)
        self._draw_grid(step)
        solid = [one.solid for one in self._bars]
        base = theme.blend("accent.line", share=0.85)
        self._add(places, solid, [0] * len(solid), QBrush(base), QPen(Qt.PenStyle.NoPen))
        self._draw_hatched()
        self._plot.setRange(xRange=(-0.6, len(self._bars) - 0.4), yRange=(0, 3 * step * _HEADROOM), padding=0)

    def _draw_hatched(self) -> None:
        places = [float(place) for place, one in enumerate(self._bars) if one.hatched]
        tall = [one for one in self._bars if one.hatched]
        heights, feet = [one.hatched for one in tall], [one.solid for one in tall]
        self._add(places, heights, feet, QBrush(theme.colour("danger.soft")), QPen(Qt.PenStyle.NoPen))
        ink = theme.colour("danger.base")
        self._add(places, heights, feet, QBrush(ink, Qt.BrushStyle.BDiagPattern), QPen(ink, 1))

    def _add(
        self, places: list[float], heights: list[int], feet: list[int], brush: QBrush, pen: QPen
    ) -> None:
        pen.setCosmetic(True)
        item = _pg.BarGraphItem(x=places, height=heights, y0=feet, width=_WIDTH, brush=brush, pen=pen)
        self._plot.addItem(item)

    def _draw_grid(self, step: int) -> None:
        pen = QPen(theme.colour("border.subtle"), 1)
        pen.setCosmetic(True)
        for count in range(4):
            self._plot.addItem(_pg.InfiniteLine(pos=count * step, angle=0, pen=pen, movable=False))

    def _draw_axes(self, step: int) -> None:
        ticks = {
            "left": [(count * step, str(count * step)) for count in range(4)],
            "bottom": [(place, one.label) for place, one in enumerate(self._bars) if one.label],
        }
        for side, marks in ticks.items():
            axis = self._plot.getAxis(side)
            # A tick of no length would still be drawn as a dot.
            font = theme.font(Role.CAPTION, 400)
            axis.setStyle(tickLength=0, tickAlpha=0, tickTextOffset=_OFF_AXIS[side], tickFont=font)
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            axis.setTextPen(theme.colour("text.tertiary"))
            axis.setTicks([marks])
        self._plot.getAxis("left").setWidth(_LEFT_AXIS)
