"""The list at the left of « Réglages »: what can be set, and how it stands."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy

from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.card import Card, row, rule
from ui.widgets.icon import Icon
from ui.widgets.text import Note

WIDTH = 280
_HEIGHT, _PADDING, _ICON, _GAP = 60, 15, 18, 12
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Right)


class Section(NamedTuple):
    """One card by its key, its name and its icon."""

    key: str
    name: str
    icon: str


class _Line(QAbstractButton):
    entered = Signal()

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._section, self._note = section, ""
        self.setText(section.name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def say(self, note: str) -> None:
        self._note = note
        self.setAccessibleName(f"{self._section.name}, {note}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2, _HEIGHT - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._enter()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self._enter()

    def _enter(self) -> None:
        self.setChecked(True)
        self.entered.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        is_on = self.isChecked()
        if is_on or self.underMouse():
            painter.fillRect(self.rect(), theme.colour("bg.selected" if is_on else "bg.hover"))
        if is_on:
            painter.fillRect(0, 0, 3, self.height(), theme.colour("accent.line"))
        ink = "accent.text" if is_on else "text.secondary"
        icon = theme.pixmap(self._section.icon, _ICON, ink, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(_PADDING, (self.height() - _ICON) / 2), icon)
        left = _PADDING + _ICON + _GAP
        room = self.width() - left - _PADDING
        middle = self.height() / 2
        _draw_words(painter, self._section.name, QRectF(left, middle - 18, room, 20), Role.BODY, weight=500)
        _draw_words(painter, self._note, QRectF(left, middle + 2, room, 16), Role.CAPTION, weight=500)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class SectionList(Card):
    """Arrows move in it, Entrée or a click goes to the card: `chosen` tells which."""

    chosen = Signal(str)

    def __init__(self, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._group = QButtonGroup(self)
        self._lines = {section.key: _Line(section) for section in sections}
        for key, line in self._lines.items():
            line.entered.connect(lambda key=key: self.chosen.emit(key))
            self._group.addButton(line)
            self.body.addWidget(line)
            self.body.addWidget(rule())
        self._first = next(iter(self._lines.values()))
        self._first.setChecked(True)
        self.body.addStretch(1)
        self.body.addWidget(rule())
        self._add_foot()

    @property
    def first(self) -> QAbstractButton:
        """What takes the keyboard."""
        return next((line for line in self._lines.values() if line.isChecked()), self._first)

    def say(self, key: str, note: str) -> None:
        """How a section stands."""
        self._lines[key].say(note)

    def _add_foot(self) -> None:
        words = say(
            "Ces réglages restent sur ce poste, pour votre session de l’ordinateur. "
            "Les règles de l’établissement sont posées par l’administrateur."
        )
        foot = row(spacing=8, margins=(_PADDING, 14, _PADDING, 14))
        foot.addWidget(Icon("info", 14, "text.tertiary"), 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(Note(words, Role.CAPTION, "tertiary", width=WIDTH - 2 * _PADDING - 24), 1)
        self.body.addLayout(foot)


def _draw_words(painter: QPainter, words: str, box: QRectF, role: Role, *, weight: int) -> None:
    font = theme.font(role, weight)
    painter.setFont(font)
    painter.setPen(theme.colour("text.primary" if role is Role.BODY else "text.tertiary"))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
