"""A chip that shows a value and, where there are others, opens the list of them."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from ui.theme import Role, theme

_ICON = 14


class SelectChip(QPushButton):
    """Icon, words and a chevron; `chosen` carries the id of a person's choice."""

    chosen = Signal(str)

    def __init__(self, *, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._name = icon, name
        self._choices: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.clicked.connect(self._open)

    def show_value(self, text: str, *, icon: str = "", choices: tuple[tuple[str, str], ...] = ()) -> None:
        """Show a value among `choices`, pairs of an id and words."""
        self._icon = icon or self._icon
        self._choices = choices
        self.setText(text)
        self.setAccessibleName(f"{self._name} {text}")
        can_choose = len(choices) > 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if can_choose else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if can_choose else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(120, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, then the parts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, width = ("focus.ring", 2) if self.hasFocus() else ("border.control", 1)
        painter.setPen(QPen(theme.colour(edge), width))
        can_choose = len(self._choices) > 1
        painter.setBrush(theme.colour("bg.hover" if self.underMouse() and can_choose else "bg.surface"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        self._draw_icon(painter, 9, self._icon, "text.secondary")
        if can_choose:
            self._draw_icon(painter, self.width() - 9 - _ICON, "chevron-down", "text.tertiary")
        self._draw_words(painter)

    def _draw_icon(self, painter: QPainter, left: float, name: str, ink: str) -> None:
        pixmap = theme.pixmap(name, _ICON, ink, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(left, (self.height() - _ICON) / 2), pixmap)

    def _draw_words(self, painter: QPainter) -> None:
        font = theme.font(Role.SMALL, 500)
        painter.setFont(font)
        painter.setPen(theme.colour("text.secondary"))
        left = 9 + _ICON + 6
        box = QRectF(left, 0, self.width() - left - 9 - _ICON - 6, self.height())
        text = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _open(self) -> None:
        if len(self._choices) <= 1:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, text in self._choices:
            menu.addAction(text, lambda value=value: self.chosen.emit(value))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
