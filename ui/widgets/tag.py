"""A state in an icon and a word, never a colour alone."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Role, theme

TagKind: TypeAlias = Literal[
    "neutral", "success", "warning", "danger", "accent", "outline", "live", "ringing", "onwarning"
]

TAG_INKS: dict[str, tuple[str, str]] = {
    "neutral": ("text.secondary", "bg.sunken"),
    "success": ("success.text", "success.soft"),
    "warning": ("warning.text", "warning.soft"),
    "danger": ("danger.text", "danger.soft"),
    "accent": ("accent.text", "accent.soft"),
    "outline": ("text.secondary", ""),
    "live": ("success.text", "bg.surface"),
    "onwarning": ("warning.text", "bg.surface"),
    "ringing": ("accent.text", "bg.surface"),
}
"""Ink and fill of each kind, as tokens."""


def tag_width(text: str, *, icon: str, role: Role = Role.CAPTION) -> float:
    """How wide a tag is, in pixels."""
    words = QFontMetricsF(theme.font(role, 600)).horizontalAdvance(text)
    return words + (6 + 14 + 4 + 8 if icon else 16)


def draw_tag(
    painter: QPainter,
    rect: QRectF,
    text: str,
    *,
    icon: str,
    kind: TagKind,
    ratio: float,
    role: Role = Role.CAPTION,
) -> None:
    """Draw a tag in a rectangle; lists use it without a widget a row."""
    ink, fill = TAG_INKS[kind]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("border.subtle"), 1) if kind == "outline" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5) if kind == "outline" else rect, 6, 6)
    left = rect.left() + 8
    if icon:
        size = 14 if role is Role.CAPTION else 15
        painter.drawPixmap(
            QPointF(rect.left() + 6, rect.top() + (rect.height() - size) / 2),
            theme.pixmap(icon, size, ink, ratio),
        )
        left = rect.left() + 6 + size + 4
    painter.setPen(theme.colour(ink))
    painter.setFont(theme.font(role, 600))
    words = QRectF(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


class Tag(QWidget):
    """One state beside what it qualifies."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        kind: TagKind = "neutral",
        height: int = 22,
        role: Role = Role.CAPTION,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._height = height
        self._text, self._icon = text, icon
        self._kind: TagKind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def say(self, text: str, *, icon: str = "", kind: TagKind = "neutral") -> None:
        """Show another state."""
        self._text, self._icon = text, icon
        self._kind = kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The word it shows."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        width = tag_width(self._text, icon=self._icon, role=self._role)
        return QSize(round(width + (3 if self._role is Role.SMALL else 0)), self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tag."""
        draw_tag(
            QPainter(self),
            QRectF(self.rect()),
            self._text,
            icon=self._icon,
            kind=self._kind,
            ratio=self.devicePixelRatioF(),
            role=self._role,
        )
