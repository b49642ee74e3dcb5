"""A small form over the page, at the bottom right of the window: it never takes the page's place."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.text import Text

WIDTH = 440
_CAPTION, _HEAD = 76, 48
_RIGHT, _BOTTOM = 20, 16


class FloatingCard(QFrame):
    """440 pixels wide, as high as its lines; Échap puts it away, Ctrl+Entrée confirms."""

    def __init__(self, parent: QWidget, *, icon: str, title: str, key: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setFixedWidth(WIDTH)
        self.title = Text(title, Role.HEADING)
        self.lines = column(spacing=8, margins=(16, 14, 16, 14))
        self.foot = row(spacing=8, margins=(16, 12, 16, 12))
        whole = column(margins=(1, 1, 1, 1))
        whole.addWidget(self._head(icon, key))
        whole.addWidget(rule())
        whole.addLayout(self.lines)
        whole.addWidget(rule())
        whole.addLayout(self.foot)
        self.setLayout(whole)
        enter = QShortcut(
            QKeySequence("Ctrl+Return"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        enter.activated.connect(self.confirm)
        parent.installEventFilter(self)
        self.hide()

    def confirm(self) -> None:
        """What Ctrl+Entrée does."""

    def come_up(self, first: QWidget) -> None:
        """Over the page, the keyboard in `first`: a person asked for it."""
        self.fit()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fit(self) -> None:
        """As high as what it holds, in its corner."""
        self.adjustSize()
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap puts it away; what is typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom right of a window that is resized."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        around = self.parentWidget()
        if around is not None:
            self.move(around.width() - self.width() - _RIGHT, around.height() - self.height() - _BOTTOM)

    def _head(self, icon: str, key: str) -> QWidget:
        line = row(spacing=8, margins=(16, 0, 8, 0))
        line.addWidget(Icon(icon, 18, "text.secondary"))
        line.addWidget(self.title)
        if key:
            line.addWidget(KeyCap(key))
        line.addStretch(1)
        away = small_button("x", say("Fermer"))
        away.clicked.connect(self.hide)
        line.addWidget(away)
        head = QWidget()
        head.setFixedHeight(_HEAD)
        head.setLayout(line)
        return head


class ReturningCard(FloatingCard):
    """One that gives the keyboard back where it was when it came up."""

    _focus_before: QWidget | None = None

    def come_up(self, first: QWidget) -> None:
        """As any, remembering where the keyboard was."""
        if self.isHidden():
            self._focus_before = self.window().focusWidget()
        super().come_up(first)

    def hideEvent(self, event: QHideEvent) -> None:
        """The keyboard goes back where it was."""
        super().hideEvent(event)
        before, self._focus_before = self._focus_before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)


def small_button(icon: str, name: str) -> Button:
    """An icon alone, with its name for who does not see it."""
    button = Button(icon=icon, kind="ghost", size="small")
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def captioned(words: str, part: QWidget | QVBoxLayout, *, top: int = 0) -> QHBoxLayout:
    """A part beside its caption, which begins `top` pixels lower where the part is high."""
    caption = Text(words, Role.SMALL, weight=600)
    caption.setFixedWidth(_CAPTION)
    caption.setContentsMargins(0, top, 0, 0)
    line = row(spacing=8)
    line.addWidget(caption, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
    if isinstance(part, QWidget):
        line.addWidget(part, 1)
    else:
        line.addLayout(part, 1)
    return line
