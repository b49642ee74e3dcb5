"""One of several choices, with words that may take two lines."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.discretion import Personal, discretion
from ui.theme import Role, theme

PAD, MARK, GAP = 12, 16, 8
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


class Radio(QAbstractButton):
    """A ring with a dot when it is the one; in a group, the arrows go from one to the next."""

    def __init__(self, text: str = "", *, is_ground: bool = False, parent: QWidget | None = None) -> None:
        """`is_ground`: the one chosen has a ground of its own, as a cell of a table."""
        super().__init__(parent)
        self._is_ground = is_ground
        self.told = ""
        self.setText(text)
        self.setCheckable(True)
        across = QSizePolicy.Policy.Ignored if is_ground else QSizePolicy.Policy.Expanding
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setText(self, text: str) -> None:  # noqa: N802
        """Say other words."""
        self.told = text
        super().setText(text)
        if isinstance(text, Personal):
            discretion.follow(self)

    def dress_discreetly(self) -> None:
        """Paint the form that holds now."""
        self.update()

    def sizeHint(self) -> QSize:
        """On one line."""
        words = QFontMetricsF(theme.font(Role.SMALL, 500)).horizontalAdvance(self.text())
        return QSize(round(words) + PAD + MARK + GAP + 4, Role.SMALL.line + 8)

    def minimumSizeHint(self) -> QSize:
        """The ring and a word."""
        return QSize(PAD + MARK + GAP + 40, Role.SMALL.line + 8)

    def hasHeightForWidth(self) -> bool:
        """Its words are wrapped."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as they take."""
        box = QRectF(0, 0, max(40, width - PAD - MARK - GAP), 400)
        lines = QFontMetricsF(theme.font(Role.SMALL, 500)).boundingRect(box, _FLAGS, self.text())
        return round(lines.height()) + 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = self.isChecked()
        if is_on and self._is_ground:
            painter.fillRect(self.rect(), theme.colour("bg.selected"))
        middle = QPointF(PAD + MARK / 2, self.height() / 2)
        painter.setPen(QPen(theme.colour("accent.line" if is_on else "border.strong"), 1.5))
        painter.setBrush(theme.colour("bg.surface"))
        painter.drawEllipse(middle, 7.25, 7.25)
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent.line"))
            painter.drawEllipse(middle, 4, 4)
        painter.setPen(theme.colour("text.primary" if self.isEnabled() else "text.tertiary"))
        painter.setFont(theme.font(Role.SMALL, 500))
        painter.drawText(
            QRectF(self.rect()).adjusted(PAD + MARK + GAP, 0, -4, 0), _FLAGS, discretion.shown(self.told)
        )
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, 4)
