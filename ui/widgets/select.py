"""One value of several, as wide as it is given, and the list of the others under it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from ui.theme import Role, theme

_HEIGHT, _PADDING, _ICON = 36, 10, 16


class Select(QPushButton):
    """`chosen` carries the id of a person's choice; Espace or a click opens the list, arrows move in it."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: tuple[tuple[str, str], ...], *, width: int = 140) -> None:
        super().__init__()
        self._name, self._choices, self._width = name, dict(choices), width
        self.value = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.clicked.connect(self._open)

    def choose(self, value: str) -> None:
        """Show a choice without telling it."""
        self.value = value
        self.setText(self._choices[value])
        self.setAccessibleName(f"{self._name}, {self.text()}")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as given."""
        return QSize(self._width, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, the value and the arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, width = ("focus.ring", 2) if self.hasFocus() else ("border.strong", 1)
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour("bg.hover" if self.underMouse() else "bg.surface"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        arrow = theme.pixmap("chevron-down", _ICON, "text.tertiary", self.devicePixelRatioF())
        painter.drawPixmap(QPointF(self.width() - _PADDING - _ICON, (self.height() - _ICON) / 2), arrow)
        painter.setFont(theme.font(Role.BODY))
        painter.setPen(theme.colour("text.primary"))
        words = QRectF(_PADDING, 0, self.width() - 2 * _PADDING - _ICON, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, words in self._choices.items():
            act = menu.addAction(words, lambda value=value: self.chosen.emit(value))
            act.setCheckable(True)
            act.setChecked(value == self.value)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
