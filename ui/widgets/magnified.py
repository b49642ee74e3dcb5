"""A drawing laid out at one size and magnified to any other: for screens that are read from afar."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Role, theme


class Type(NamedTuple):
    """Pixels before magnifying, weight, and letter spacing in em."""

    pixels: int
    weight: int = 400
    spacing: float = -0.003


class Words(NamedTuple):
    """One line that begins at `left` and stands on `base`."""

    text: str
    left: float
    base: float
    look: Type
    ink: str = "text.primary"

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + width_of(self.text, self.look)

    @property
    def box(self) -> QRectF:
        """From the top of its capitals to its line."""
        tall = QFontMetricsF(_font(self.look)).capHeight()
        return QRectF(self.left, self.base - tall, self.right - self.left, tall)


class Mark(NamedTuple):
    """A square icon."""

    icon: str
    left: float
    top: float
    size: int
    ink: str

    @property
    def box(self) -> QRectF:
        """Its square."""
        return QRectF(self.left, self.top, self.size, self.size)


class Ground(NamedTuple):
    """A filled surface, with an edge inside it where a colour is named for one."""

    box: QRectF
    fill: str
    radius: float = 0
    edge: str = ""
    thickness: int = 1


Piece: TypeAlias = Words | Mark | Ground


class Magnified(QWidget):
    """Draws its pieces; whoever makes one says what they are, at the size `drawn`."""

    def __init__(self) -> None:
        super().__init__()
        self._scale = 1.0

    @property
    def drawn(self) -> QSizeF:
        """Its size before magnifying."""
        return QSizeF(self.width() / self._scale, self.height() / self._scale)

    def magnify(self, scale: float) -> None:
        """Draw every pixel of the layout on so many."""
        self._scale = scale
        self.update()

    def pieces(self) -> Iterator[Piece]:
        """From the ground up."""
        raise NotImplementedError

    def tell(self) -> None:
        """What it shows changed: say it to who can't see it, and draw it again if it differs."""
        words = ", ".join(piece.text for piece in self.pieces() if isinstance(piece, Words))
        if words != self.accessibleName():
            self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each piece."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale, self._scale)
        for piece in self.pieces():
            self._draw(painter, piece)

    def _draw(self, painter: QPainter, piece: Piece) -> None:
        match piece:
            case Words():
                painter.setFont(_font(piece.look))
                painter.setPen(theme.colour(piece.ink))
                painter.drawText(QPointF(piece.left, piece.base), piece.text)
            case Mark():
                ratio = self.devicePixelRatioF() * self._scale
                pixmap = theme.pixmap(piece.icon, piece.size, piece.ink, ratio)
                painter.drawPixmap(piece.box, pixmap, QRectF(pixmap.rect()))
            case Ground():
                _draw_ground(painter, piece)


def width_of(text: str, look: Type) -> float:
    """How wide it is, before magnifying."""
    return QFontMetricsF(_font(look)).horizontalAdvance(text)


def fitted(text: str, look: Type, room: float) -> str:
    """The text, or as much of it as there is room for."""
    return QFontMetricsF(_font(look)).elidedText(text, Qt.TextElideMode.ElideRight, room)


def _draw_ground(painter: QPainter, ground: Ground) -> None:
    inset = ground.thickness / 2 if ground.edge else 0
    pen = QPen(theme.colour(ground.edge), ground.thickness) if ground.edge else QPen(Qt.PenStyle.NoPen)
    painter.setPen(pen)
    painter.setBrush(theme.colour(ground.fill))
    box = ground.box.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(box, ground.radius, ground.radius)


@cache
def _font(look: Type) -> QFont:
    font = theme.font(Role.BODY, look.weight)
    font.setPixelSize(look.pixels)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, look.spacing * look.pixels)
    return font
