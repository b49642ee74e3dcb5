"""« Chercher dans la liste » (Ctrl+F): a field in the corner of a list, which moves the bar as one types."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.translate import say

_WIDTH, _AIR = 240, 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}


class Find(QLineEdit):
    """`sought` carries the words and the step: 0 as one types, 1 for the next, -1 for the one before."""

    sought = Signal(str, int)

    def __init__(self, around: QWidget, leave: Callable[[], None]) -> None:
        super().__init__(around)
        self._around, self._leave = around, leave
        self.setFixedWidth(_WIDTH)
        self.setPlaceholderText(say("Chercher dans la liste"))
        self.setAccessibleName(say("Chercher dans la liste"))
        self.textEdited.connect(self._tell)
        key = QShortcut(QKeySequence("Ctrl+F"), around)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._open)
        around.installEventFilter(self)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée and the arrows go on, Échap gives the keyboard back to the list."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.sought.emit(self.text(), step)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _tell(self, words: str) -> None:
        self.sought.emit(words, 0)

    def _open(self) -> None:
        self._place()
        self.clear()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _place(self) -> None:
        height = self.sizeHint().height()
        self.setGeometry(self._around.width() - _WIDTH - 2 * _AIR, _AIR, _WIDTH, height)
