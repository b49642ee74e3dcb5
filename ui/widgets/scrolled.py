"""What does not fit in its place is scrolled to: no line is squeezed, none is cut."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QWidget

WIDE_FROM = 1150


def scrolled(lines: QLayout) -> QScrollArea:
    """The lines in a place that scrolls up and down, by the wheel; the keyboard goes to what is in it."""
    inside = QWidget()
    inside.setProperty("plain", "true")
    inside.setLayout(lines)
    place = QScrollArea()
    place.setWidgetResizable(True)
    place.setFrameShape(QFrame.Shape.NoFrame)
    place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    place.setWidget(inside)
    return place


def fold(beside: QBoxLayout, *, width: int) -> None:
    """What stands side by side on a page so wide, in pixels, stands one under the other on a narrower one."""
    is_wide = width >= WIDE_FROM
    beside.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
