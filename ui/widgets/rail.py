"""The rail: where one can go, what waits there, how the wire is and who sits here."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Role, theme
from ui.widgets.card import column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.mark import Mark
from ui.widgets.text import Elided

WIDE = 200
NARROW = 64


class Place(NamedTuple):
    """One entry: its key, its word, its icon."""

    key: str
    word: str
    icon: str


class _Entry(QAbstractButton):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self._icon = place.icon
        self._count = 0
        self._is_overdue = False
        self.setText(place.word)
        self.setCheckable(True)
        self.setToolTip("")
        self.setAccessibleName(place.word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def count(self, number: int, *, is_overdue: bool) -> None:
        """What waits there; 0 shows nothing."""
        self._count, self._is_overdue = number, is_overdue
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, 36 if self._is_wide() else 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(self, painter)
        ink = "accent.text" if self.isChecked() else "text.secondary"
        pixmap = theme.pixmap(self._icon, 18, ink, self.devicePixelRatioF())
        left = 10 if self._is_wide() else (self.width() - 18) / 2
        painter.drawPixmap(QPointF(left, (self.height() - 18) / 2), pixmap)
        if self._is_wide():
            self._draw_word(painter, ink)
        if self._count:
            self._draw_count(painter)

    def _is_wide(self) -> bool:
        parent = self.parentWidget()
        return parent is None or parent.width() > NARROW

    def _draw_word(self, painter: QPainter, ink: str) -> None:
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font(Role.BODY, 600 if self.isChecked() else 500))
        box = QRectF(38, 0, self.width() - 48, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _draw_count(self, painter: QPainter) -> None:
        font = theme.font(Role.CAPTION, 600)
        height = 18.0 if self._is_wide() else 16.0
        width = max(height + 2, QFontMetricsF(font).horizontalAdvance(str(self._count)) + 12)
        top = (self.height() - height) / 2 if self._is_wide() else 2
        box = QRectF(self.width() - width - (10 if self._is_wide() else 2), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("danger.soft" if self._is_overdue else "bg.sunken"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(theme.colour("danger.text" if self._is_overdue else "text.secondary"))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._count))


def _draw_ground(button: QAbstractButton, painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if button.isChecked() or button.underMouse():
        painter.setBrush(theme.colour("bg.selected" if button.isChecked() else "bg.hover"))
        painter.drawRoundedRect(QRectF(button.rect()), 6, 6)
    if button.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus.ring"), 2))
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), 6, 6)


def _separator() -> QHBoxLayout:
    line = row(margins=(8, 0, 8, 0))
    line.addWidget(rule())
    return line


class _Avatar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.initials = ""
        self.setFixedSize(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg.sunken"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(theme.colour("text.secondary"))
        painter.setFont(theme.font(Role.CAPTION, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.initials)


class _User(QAbstractButton):
    """Who sits here; a press asks what may be done of it."""

    def __init__(self) -> None:
        super().__init__()
        self._avatar = _Avatar()
        self._name = Elided("", Role.SMALL, weight=500)
        self._seat = Elided("", Role.CAPTION, "tertiary", weight=400)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = column()
        words.addWidget(self._name)
        words.addWidget(self._seat)
        self.words = QWidget()
        self.words.setLayout(words)
        line = row(spacing=8, margins=(6, 4, 6, 4))
        line.addWidget(self._avatar)
        line.addWidget(self.words, 1)
        self.setLayout(line)
        for part in (self._avatar, self.words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, name: str, seat: str) -> None:
        self._name.setText(name)
        self._seat.setText(seat)
        self._avatar.initials = "".join(part[0] for part in name.split()[:2])
        self._avatar.update()
        self.setAccessibleName(f"{name}, {seat}")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(self, painter)


class Rail(QFrame):
    """Places in groups; `place_chosen` names the one a person chose, `user_pressed` asks of who sits here."""

    place_chosen = Signal(str)
    user_pressed = Signal()

    def __init__(self, groups: list[list[Place]], *, product: str) -> None:
        super().__init__()
        self.setProperty("surface", "rail")
        self._entries: dict[str, _Entry] = {}
        self._group = QButtonGroup(self)
        self._wide_only: list[QWidget] = []
        self._house = Elided("", Role.CAPTION, "tertiary")
        self._link_icon = Icon("refresh-cw", 14, "text.tertiary")
        self._link = Elided("", Role.CAPTION, "tertiary", weight=400)
        self.user = _User()
        self.user.clicked.connect(lambda _=False: self.user_pressed.emit())
        self._column = column(margins=(12, 12, 12, 12))
        self.setLayout(self._column)
        self._add_head(product)
        for number, places in enumerate(groups):
            self._add_group(places, is_first=number == 0)
        self._column.addStretch(1)
        self._add_foot()
        self.set_wide(is_wide=True)

    def set_wide(self, *, is_wide: bool) -> None:
        """Icons and words, or icons alone."""
        self.setFixedWidth(WIDE if is_wide else NARROW)
        for part in self._wide_only:
            part.setVisible(is_wide)
        for entry in self._entries.values():
            entry.setToolTip("" if is_wide else entry.text())
            entry.updateGeometry()

    def has(self, key: str) -> bool:
        """Whether there is such an entry: a role may have fewer."""
        return key in self._entries

    def choose(self, key: str) -> None:
        """Show where we are."""
        self._entries[key].setChecked(True)

    def count(self, key: str, number: int, *, is_overdue: bool = False) -> None:
        """Show what waits at a place, if it is one of these."""
        if key not in self._entries:
            return
        self._entries[key].count(number, is_overdue=is_overdue)

    def say_house(self, name: str) -> None:
        """Name the establishment."""
        self._house.setText(name)

    def say_link(self, words: str, *, is_offline: bool) -> None:
        """Say how the wire is: one line, nothing else changes."""
        self._link.setText(words)
        self._link.set_tone("warning" if is_offline else "tertiary")
        self._link_icon.show_icon(
            *(("cloud-off", "warning.text") if is_offline else ("refresh-cw", "text.tertiary"))
        )
        self._link_icon.setToolTip(words)

    @property
    def link_words(self) -> str:
        """What the line of the wire says."""
        return self._link.text()

    def say_user(self, name: str, seat: str) -> None:
        """Say who sits here, and where."""
        self.user.say(name, seat)

    def _add_head(self, product: str) -> None:
        words = column()
        words.addWidget(Elided(product, Role.BODY, weight=600))
        words.addWidget(self._house)
        holder = QWidget()
        holder.setLayout(words)
        self._wide_only.append(holder)
        head = row(spacing=10, margins=(8, 2, 8, 2))
        head.addWidget(Mark())
        head.addWidget(holder, 1)
        frame = QWidget()
        frame.setFixedHeight(40)
        frame.setLayout(head)
        self._column.addWidget(frame)
        self._column.addSpacing(12)

    def _add_group(self, places: list[Place], *, is_first: bool) -> None:
        if not is_first:
            self._column.addSpacing(8)
            self._column.addLayout(_separator())
            self._column.addSpacing(8)
        for place in places:
            entry = _Entry(place)
            entry.clicked.connect(lambda _=False, key=place.key: self.place_chosen.emit(key))
            self._entries[place.key] = entry
            self._group.addButton(entry)
            self._column.addWidget(entry)
            self._column.addSpacing(2)

    def _add_foot(self) -> None:
        link = row(spacing=8, margins=(10, 6, 10, 6))
        link.addWidget(self._link_icon)
        link.addWidget(self._link, 1)
        self._column.addLayout(link)
        self._column.addSpacing(8)
        self._column.addLayout(_separator())
        self._column.addSpacing(8)
        self._column.addWidget(self.user)
        self._wide_only += [self._link, self.user.words]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar of the place where we are, at the very edge."""
        super().paintEvent(event)
        checked = self._group.checkedButton()
        if checked is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent.line"))
        painter.drawRoundedRect(QRectF(-2, checked.y() + 8, 5, checked.height() - 16), 2, 2)
