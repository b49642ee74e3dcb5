"""Another program's window, in which somebody writes: `python -m tests.support.keyboard.neighbour`."""

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.support.keyboard.orders import Answer, obey
from ui.system_keys.named import FunctionKey
from ui.system_keys.x11 import X11Key


class _Page(QPlainTextEdit):
    """Counts the F3 that nobody else took, and may take it everywhere for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.own = 0
        self._taken: X11Key | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.own += event.key() == Qt.Key.Key_F3
        super().keyPressEvent(event)

    def take(self) -> None:
        self._taken = X11Key(FunctionKey(3), lambda: None)

    def give_back(self) -> None:
        assert self._taken is not None
        self._taken.close()


def main() -> int:
    """Orders: `text` says what was written, `own` how often F3 came here, `take`, `give_back`."""
    app = QApplication(sys.argv)
    page = _Page()
    page.setWindowTitle("Courrier")
    page.resize(500, 400)
    page.show()
    orders: dict[str, Callable[[Answer], None]] = {
        "text": lambda answer: answer(page.toPlainText()),
        "own": lambda answer: answer(page.own),
        "take": lambda answer: answer(page.take()),
        "give_back": lambda answer: answer(page.give_back()),
    }
    return obey(app, orders, window=page.winId())


if __name__ == "__main__":
    raise SystemExit(main())
