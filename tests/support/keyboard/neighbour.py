"""Another program's window, in which somebody writes: `python -m tests.support.keyboard.neighbour`."""

import sys

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.support.keyboard.orders import obey


def main() -> int:
    """Order: `text` says what was written."""
    app = QApplication(sys.argv)
    page = QPlainTextEdit()
    page.setWindowTitle("Courrier")
    page.resize(500, 400)
    page.show()
    return obey(app, {"text": lambda answer: answer(page.toPlainText())}, window=page.winId())


if __name__ == "__main__":
    raise SystemExit(main())
