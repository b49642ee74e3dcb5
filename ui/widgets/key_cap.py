"""The key printed beside its action."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Role, theme

HEIGHT = 18
PADDING = 5


def key_width(label: str) -> float:
    """How wide a key cap is, in pixels."""
    metrics = QFontMetricsF(theme.font(Role.CAPTION, 500))
    return max(HEIGHT, metrics.horizontalAdvance(label) + 2 * PADDING + 2)


def draw_key(
    painter: QPainter, rect: QRectF, label: str, *, ink: str, edge: str, fill: str, edge_share: float = 1
) -> None:
    """Draw a key cap; `ink`, `edge` and `fill` are tokens, no fill when it is empty.

    `edge_share` is how opaque the edge is.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.blend(edge, share=edge_share), 1))
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.colour(ink))
    painter.setFont(theme.font(Role.CAPTION, 500))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label)
    painter.restore()


class KeyCap(QWidget):
    """One key, such as F4."""

    def __init__(
        self,
        label: str,
        tone: Literal["plain", "danger", "accent"] = "plain",
        *,
        height: int = HEIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = label
        self._tone = tone
        self.setFixedSize(QSize(round(key_width(label)) + height - HEIGHT, height))

    @property
    def text(self) -> str:
        """The key it shows."""
        return self._label

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        ink, edge = {
            "plain": ("text.secondary", "border.subtle"),
            "danger": ("danger.text", "danger.base"),
            "accent": ("accent.text", "accent.line"),
        }[self._tone]
        draw_key(QPainter(self), QRectF(self.rect()), self._label, ink=ink, edge=edge, fill="bg.surface")
