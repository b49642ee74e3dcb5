"""The keyboard's test: each key of the console becomes green once this machine has sent it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Role, theme
from ui.translate import counted, say
from ui.widgets.card import Card, column, row
from ui.widgets.digits import is_command, read_digit
from ui.widgets.icon import Icon
from ui.widgets.tag import Tag
from ui.widgets.text import Text

DIGITS = tuple(str(digit) for digit in range(1, 10))
FUNCTIONS = tuple(f"F{number}" for number in range(2, 10))
KEYS = DIGITS + FUNCTIONS
_CAP = (38, 46)
_GAP, _BETWEEN, _CHECK = 6, 8, 12
_FEW = 4
"""How many keys are named as still to press."""


class KeyCaps(QWidget):
    """The keys as they stand. While it has the keyboard they are read, and act on nothing else."""

    read_one = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.read: set[str] = set()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(2 * _CAP[1] + _BETWEEN)
        self.setMinimumWidth(len(DIGITS) * (_CAP[0] + _GAP))
        self._name()

    @property
    def missing(self) -> list[str]:
        """The keys that were not read yet."""
        return [key for key in KEYS if key not in self.read]

    def forget(self) -> None:
        """As if nothing had been pressed."""
        self.read.clear()
        self._tell()

    def event(self, event: QEvent) -> bool:
        """Take the keys before they act in the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _key_of(event) in KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note which key was read; any other one does what it does everywhere."""
        key = _key_of(event)
        if key not in KEYS:
            super().keyPressEvent(event)
        elif key not in self.read:
            self.read.add(key)
            self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both rows of keys, and the ring of the keyboard around those still to press."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line, keys in enumerate((DIGITS, FUNCTIONS)):
            for number, key in enumerate(keys):
                left, top = number * (_CAP[0] + _GAP), line * (_CAP[1] + _BETWEEN)
                self._draw(painter, key, QRectF(left, top, *_CAP))

    def _draw(self, painter: QPainter, key: str, box: QRectF) -> None:
        is_read = key in self.read
        ink = "success.text" if is_read else "text.secondary"
        edge = "success.base" if is_read else "focus.ring" if self.hasFocus() else "border.strong"
        painter.setPen(QPen(theme.colour(edge), 1))
        painter.setBrush(theme.colour("success.soft" if is_read else "bg.surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font(Role.SMALL, 600))
        painter.drawText(box.adjusted(0, 7, 0, -21), Qt.AlignmentFlag.AlignCenter, key)
        if is_read:
            check = theme.pixmap("check", _CHECK, ink, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(box.center().x() - _CHECK / 2, box.bottom() - 8 - _CHECK), check)
        else:
            painter.setFont(theme.font(Role.CAPTION))
            painter.drawText(box.adjusted(0, 24, 0, -6), Qt.AlignmentFlag.AlignCenter, "–")

    def _tell(self) -> None:
        self._name()
        self.update()
        self.read_one.emit()

    def _name(self) -> None:
        self.setAccessibleName(f"{say('Essai du clavier')}, {read_words(len(self.read))}")


class KeyTestCard(Card):
    """The keys, how many were read, and which are still to press."""

    def __init__(self) -> None:
        super().__init__(say("Essai du clavier"))
        self.caps = KeyCaps()
        self._count = Tag(kind="accent")
        self._rest = Text("", Role.SMALL, "secondary")
        self.header.addStretch(1)
        self.header.addWidget(self._count)
        lines = column(spacing=8, margins=(15, 14, 15, 13))
        lines.addWidget(
            Text(say("Appuyez sur chaque touche\u00a0: elle devient verte."), Role.SMALL, "secondary")
        )
        lines.addWidget(self.caps)
        foot = row(spacing=8)
        foot.addWidget(Icon("info", 15, "text.tertiary"))
        foot.addWidget(self._rest, 1)
        lines.addLayout(foot)
        self.body.addLayout(lines)
        self.caps.read_one.connect(self._show)
        self._show()

    def _show(self) -> None:
        missing = self.caps.missing
        self._count.say(
            say("{count} sur {all}").format(count=len(KEYS) - len(missing), all=len(KEYS)), kind="accent"
        )
        self._rest.setText(_rest_words(missing))


def read_words(count: int) -> str:
    """« 16 touches lues »."""
    return counted(count, one=say("{count} touche lue"), many=say("{count} touches lues"))


def _rest_words(missing: list[str]) -> str:
    if not missing:
        return say("Toutes les touches sont lues.")
    words = say("Les chiffres sont lus avec ou sans Maj.")
    if len(missing) > _FEW:
        return words
    rest = say("Reste {keys}.") if len(missing) == 1 else say("Restent {keys}.")
    return f"{words} {rest.format(keys=', '.join(missing))}"


def _key_of(event: QKeyEvent) -> str:
    """The key as it is named here: a digit by its place, a function key pressed alone; else nothing."""
    if is_command(event):
        return ""
    number = event.key() - Qt.Key.Key_F1 + 1
    if f"F{number}" in FUNCTIONS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
        return f"F{number}"
    return str(read_digit(event) or "")
