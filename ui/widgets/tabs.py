"""One list among a few, with how much each holds."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy

from ui.theme import Role, theme
from ui.widgets.card import row
from ui.widgets.tag import draw_tag, tag_width

HEIGHT = 40
_GAP = 6
_TAG = 20


class _Tab(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self._count = ""
        self._is_overdue = False
        self.setText(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def count(self, number: int, *, is_overdue: bool) -> None:
        """Show how much it holds, in red once something is late."""
        self._count, self._is_overdue = str(number), is_overdue
        self.setAccessibleName(f"{self.text()} {number}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._words() + self._counted()) + 1, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        is_on = self.isChecked()
        painter.setFont(theme.font(Role.BODY, 600 if is_on else 500))
        painter.setPen(theme.colour("accent.text" if is_on else "text.secondary"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(self.rect()).adjusted(0, 0, 1, -1), int(flags), self.text())
        words = QFontMetricsF(painter.font()).horizontalAdvance(self.text())
        if self._is_overdue:
            width = tag_width(self._count, icon="")
            box = QRectF(words + _GAP, (HEIGHT - 1 - _TAG) / 2, width, _TAG)
            draw_tag(painter, box, self._count, icon="", kind="danger", ratio=self.devicePixelRatioF())
        elif self._count:
            painter.setFont(theme.font(Role.BODY, 600 if is_on else 500))
            painter.setPen(theme.colour("text.tertiary"))
            rest = QRectF(self.rect()).adjusted(words + _GAP, 0, 1, -1)
            painter.drawText(rest, int(flags), self._count)
        if is_on:
            painter.fillRect(0, self.height() - 2, self.width(), 2, theme.colour("accent.line"))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 5, -1, -7), 4, 4)

    def _words(self) -> float:
        return QFontMetricsF(theme.font(Role.BODY, 600)).horizontalAdvance(self.text())

    def _counted(self) -> float:
        if self._is_overdue:
            return _GAP + tag_width(self._count, icon="")
        return (_GAP + QFontMetricsF(theme.font(Role.BODY, 600)).horizontalAdvance(self._count)) * bool(
            self._count
        )


class Tabs(QFrame):
    """Exclusive; arrows move, `chosen` tells a person's choice only."""

    chosen = Signal(str)

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("cardHeader")
        self.setFixedHeight(HEIGHT)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, _Tab] = {}
        line = row(spacing=20, margins=(16, 0, 16, 0))
        for value, text in choices:
            tab = _Tab(text)
            tab.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            self._group.addButton(tab)
            self._tabs[value] = tab
            line.addWidget(tab)
        line.addStretch(1)
        self.setLayout(line)

    @property
    def value(self) -> str:
        """The chosen tab."""
        return next((value for value, tab in self._tabs.items() if tab.isChecked()), "")

    def choose(self, value: str) -> None:
        """Show a choice without telling it."""
        self._tabs[value].setChecked(True)

    def press(self, value: str) -> None:
        """Choose as a person would."""
        self._tabs[value].click()

    def count(self, value: str, number: int, *, is_overdue: bool = False) -> None:
        """Show how much a tab holds."""
        self._tabs[value].count(number, is_overdue=is_overdue)
