"""One choice among a few, side by side."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Role, theme


class _Segment(QAbstractButton):
    def __init__(self, text: str, *, role: Role, height: int, padding: int) -> None:
        super().__init__()
        self._role, self._height, self._padding = role, height, padding
        self.setText(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(theme.font(self._role, 600)).horizontalAdvance(self.text().replace("&", ""))
        return QSize(round(words + 2 * self._padding + 1), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        is_on = self.isChecked()
        if is_on or self.underMouse():
            painter.fillRect(self.rect(), theme.colour("bg.selected" if is_on else "bg.hover"))
        painter.setFont(theme.font(self._role, 600 if is_on else 500))
        painter.setPen(theme.colour("accent.text" if is_on else "text.secondary"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect(), int(flags), self.text())
        if is_on:
            painter.fillRect(0, self.height() - 2, self.width(), 2, theme.colour("accent.line"))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class Segments(QWidget):
    """Exclusive choices by their value; arrows move, `chosen` tells a person's choice only."""

    chosen = Signal(str)

    def __init__(
        self,
        choices: list[tuple[str, str]],
        *,
        is_small: bool = False,
        height: int = 0,
        padding: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        role, usual = (Role.SMALL, 26) if is_small else (Role.BODY, 34)
        for value, text in choices:
            segment = _Segment(text, role=role, height=height or usual, padding=padding)
            segment.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            self._group.addButton(segment)
            self._segments[value] = segment
            row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str:
        """The chosen value, or nothing."""
        return next((value for value, seg in self._segments.items() if seg.isChecked()), "")

    @property
    def chosen_one(self) -> QWidget:
        """What takes the keyboard: the segment chosen, else the first."""
        segments = self._segments
        return segments.get(self.value) or next(iter(segments.values()))

    def choose(self, value: str) -> None:
        """Show a choice without telling it."""
        if value in self._segments:
            self._segments[value].setChecked(True)

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._group.setExclusive(False)
        for segment in self._segments.values():
            segment.setChecked(False)
        self._group.setExclusive(True)

    def press(self, value: str) -> None:
        """Choose as a person would."""
        self._segments[value].click()

    def set_text(self, value: str, text: str) -> None:
        """Say a choice in other words."""
        self._segments[value].setText(text)
        self._segments[value].updateGeometry()

    def keep_focus_out(self) -> None:
        """Let no segment take the keyboard."""
        for segment in self._segments.values():
            segment.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the frame and the lines between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.fillPath(path, theme.colour("bg.surface"))
        painter.setPen(QPen(theme.colour("border.control"), 1))
        painter.drawPath(path)
        painter.setPen(QPen(theme.colour("border.subtle"), 1))
        for segment in list(self._segments.values())[1:]:
            painter.drawLine(segment.x(), 1, segment.x(), self.height() - 2)
