"""A line icon in a tone, alone or on a disc."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import theme


class Icon(QWidget):
    """A Lucide icon, by its name, in the colour of a ink."""

    def __init__(
        self,
        name: str,
        size: int = 16,
        ink: str = "text.primary",
        *,
        disc: int = 0,
        disc_ink: str = "bg.sunken",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._size = size
        self._ink = ink
        self._disc_ink = disc_ink if disc else ""
        self.setFixedSize(QSize(disc or size, disc or size))

    def show_icon(self, name: str, ink: str, disc_ink: str = "") -> None:
        """Change the icon and its colours."""
        self._name, self._ink = name, ink
        self._disc_ink = disc_ink or self._disc_ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc, then the icon in its middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._disc_ink:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self._disc_ink))
            painter.drawEllipse(QRectF(self.rect()))
        pixmap = theme.pixmap(self._name, self._size, self._ink, self.devicePixelRatioF())
        at = (self.width() - self._size) / 2
        painter.drawPixmap(QRectF(at, at, self._size, self._size), pixmap, QRectF(pixmap.rect()))
