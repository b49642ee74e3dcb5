"""One list among a few, with how much each holds."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy

from ui.theme import Role, theme
from ui.widgets.card import row
from ui.widgets.tag import draw_tag, tag_width

HEIGHT = 40
_GAP = 6
_TAG = 20
_EDGE = 16
_SPACING, _TIGHT = 20, 14


class _Tab(QAbstractButton):
    def __init__(self, text: str, *, fewer: str) -> None:
        super().__init__()
        self._fewer = fewer
        self._is_tight = False
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

    @property
    def said(self) -> str:
        """Its words, or fewer of them where the tabs have no room."""
        return self._fewer if self._is_tight else self.text()

    @property
    def whole(self) -> int:
        """How wide it is with all its words, in pixels."""
        return self._wide(self.text())

    def tighten(self, *, is_tight: bool) -> None:
        """Say fewer words, or all."""
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self.setToolTip("" if self.said == self.text() else self.text())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._wide(self.said), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        is_on = self.isChecked()
        painter.setFont(theme.font(Role.BODY, 600 if is_on else 500))
        painter.setPen(theme.colour("accent.text" if is_on else "text.secondary"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(self.rect()).adjusted(0, 0, 1, -1), int(flags), self.said)
        words = QFontMetricsF(painter.font()).horizontalAdvance(self.said)
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

    def _wide(self, words: str) -> int:
        return round(QFontMetricsF(theme.font(Role.BODY, 600)).horizontalAdvance(words) + self._counted()) + 1

    def _counted(self) -> float:
        if self._is_overdue:
            return _GAP + tag_width(self._count, icon="")
        return (_GAP + QFontMetricsF(theme.font(Role.BODY, 600)).horizontalAdvance(self._count)) * bool(
            self._count
        )


class Tabs(QFrame):
    """Exclusive; arrows move, `chosen` tells a person's choice only.

    Where there is no room, each says what `fewer` has for it.
    """

    chosen = Signal(str)

    def __init__(self, choices: list[tuple[str, str]], *, fewer: dict[str, str]) -> None:
        super().__init__()
        self.setObjectName("cardHeader")
        self.setFixedHeight(HEIGHT)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, _Tab] = {}
        line = self._line = row(spacing=_SPACING, margins=(_EDGE, 0, _EDGE, 0))
        for value, text in choices:
            tab = _Tab(text, fewer=fewer.get(value, text))
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
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All the words, or fewer."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """It says fewer words rather than ask for room."""
        return QSize(0, HEIGHT)

    def _fit(self) -> None:
        tabs = self._tabs.values()
        whole = 2 * _EDGE + sum(tab.whole for tab in tabs) + _SPACING * (len(tabs) - 1)
        is_tight = whole > self.width()
        self._line.setSpacing(_TIGHT if is_tight else _SPACING)
        for tab in tabs:
            tab.tighten(is_tight=is_tight)
