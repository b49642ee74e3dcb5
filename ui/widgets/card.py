"""Surfaces: cards, rules, notices and labelled traits."""

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Role, theme
from ui.widgets.icon import Icon
from ui.widgets.text import Text


def row(*, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout with spacing and margins (left, top, right, bottom)."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def column(*, spacing: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout with spacing and margins (left, top, right, bottom)."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    return layout


def rule(way: Literal["h", "v"] = "h") -> QFrame:
    """A line of one pixel."""
    line = QFrame()
    line.setProperty("rule", way)
    return line


def surface(kind: str) -> QFrame:
    """A plain ground: `plain`, `sunken`, `band`, `side`, `rail`, `live` or `ringing`."""
    frame = QFrame()
    frame.setProperty("surface", kind)
    return frame


def band(line: QLayout, height: int) -> QWidget:
    """A line of so many pixels in height."""
    holder = QWidget()
    holder.setFixedHeight(height)
    holder.setLayout(line)
    return holder


def section_band(words: str, *, height: int, indent: int) -> QFrame:
    """What comes below, said on a sunken line."""
    ground = surface("sunken")
    ground.setFixedHeight(height)
    line = row(margins=(indent, 0, indent, 0))
    line.addWidget(Text(words, Role.SMALL, weight=600))
    ground.setLayout(line)
    return ground


def clear(layout: QLayout, *, keep: QWidget | None = None) -> None:
    """Take everything out of a layout; the widgets are gone, but for the one to `keep`."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None and widget is not keep:
            widget.hide()
            widget.deleteLater()


class Card(QFrame):
    """A surface with a border; its header, if any, is 44 or 48 high."""

    def __init__(self, title: str = "", *, header: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        self.header = row(spacing=8, margins=(15, 0, 15, 0))
        self.title = Text(title, Role.HEADING)
        if title:
            frame = QFrame()
            frame.setObjectName("cardHeader")
            frame.setFixedHeight(header)
            frame.setLayout(self.header)
            self.header.addWidget(self.title)
            self.body.addWidget(frame)


class Notice(QFrame):
    """A bar that says one thing that matters, with its icon."""

    def __init__(
        self, kind: Literal["warning", "danger", "accent", "success"], *, icon: str, height: int = 44
    ) -> None:
        super().__init__()
        self._kind = kind
        self.setProperty("notice", kind)
        self.setMinimumHeight(height)
        self.icon = Icon(icon, 18, f"{kind}.text")
        self.text = Text(tone=kind)
        self.line = row(spacing=10, margins=(16, 0, 16, 0))
        self.line.addWidget(self.icon)
        self.line.addWidget(self.text, 1)
        self.setLayout(self.line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, then an edge at a third of its colour."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.blend(f"{self._kind}.base", share=0.35), 1))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class Trait(QWidget):
    """A labelled value of an identity: the label is always there (design 6)."""

    def __init__(self, caption: str, value: str = "") -> None:
        super().__init__()
        self._caption = Text(caption, Role.CAPTION, "tertiary")
        self._value = Text(value, Role.BODY, weight=500)
        lines = column()
        lines.addWidget(self._caption)
        lines.addWidget(self._value)
        self.setLayout(lines)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, value: str, *, caption: str = "") -> None:
        """Show a value, under another label if it changed."""
        self._value.setText(value)
        if caption:
            self._caption.setText(caption)

    def sizeHint(self) -> QSize:
        """As wide as the longer of both."""
        width = max(self._caption.sizeHint().width(), self._value.sizeHint().width())
        return QSize(width, 36)
