"""What was just done, at the bottom right of the page, with its undo."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import Role
from ui.widgets.button import Link
from ui.widgets.card import row
from ui.widgets.icon import Icon
from ui.widgets.text import Text

SHOWN_MS = 6000
MARGIN = 20


class Toast(QFrame):
    """Stays six seconds, and as long as the mouse is on it; it never takes the keyboard."""

    undone = Signal()

    def __init__(self, host: QWidget, *, undo: str, beside: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._beside = beside
        self.setObjectName("toast")
        self._icon = Icon("check", 16, "success.text")
        self._words = Text("", Role.BODY, weight=500)
        self._undo = Link(undo)
        self._undo.setFocusPolicy(self._undo.focusPolicy().NoFocus)
        self._undo.clicked.connect(self._take_back)
        line = row(spacing=10, margins=(14, 8, 14, 8))
        for part in (self._icon, self._words, self._undo):
            line.addWidget(part)
        self.setLayout(line)
        self._timer = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._later: list[str] = []
        self._remarked = ""
        """What is said now that nobody asked for: whatever covers it puts it off."""
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str, *, can_undo: bool) -> None:
        """Say that something is done."""
        self._show(words, "check", "success.text", can_undo=can_undo)

    def warn(self, words: str) -> None:
        """Say that something was refused."""
        self._show(words, "triangle-alert", "warning.text", can_undo=False)

    def remark(self, words: str) -> None:
        """Say what no act here gave rise to: it waits until what is on the screen was read."""
        if words not in self._later:
            self._later.append(words)
        if self.isHidden():
            self._go_on()

    def take_back(self) -> bool:
        """Do its « Annuler », if it is shown with one; answers whether it was."""
        if self.isHidden() or self._undo.isHidden():
            return False
        self._take_back()
        return True

    def place(self) -> None:
        """Stand at the bottom right of the host, beside the panel whose buttons it must not hide."""
        host = self._host
        taken = self._beside.width() if self._beside.isVisible() else 0
        self.adjustSize()
        self.move(host.width() - taken - self.width() - MARGIN, host.height() - self.height() - MARGIN)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while it is read."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Count again."""
        super().leaveEvent(event)
        self._timer.start()

    def _show(self, words: str, icon: str, ink: str, *, can_undo: bool) -> None:
        self._put_off()
        self._words.setText(words)
        self._icon.show_icon(icon, ink)
        self._undo.setVisible(can_undo)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def _go_on(self) -> None:
        """Leave, or tell what waited."""
        self.hide()
        self._remarked = ""
        if self._later:
            words = self._later.pop(0)
            self.warn(words)
            self._remarked = words

    def _put_off(self) -> None:
        """What is covered before it was read is told again."""
        if self._remarked and not self.isHidden():
            self._later.insert(0, self._remarked)
        self._remarked = ""

    def _take_back(self) -> None:
        self._go_on()
        self.undone.emit()
