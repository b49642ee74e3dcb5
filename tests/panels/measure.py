"""Where things stand in a window, and every word that a person reads there."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from PySide6.QtCore import QBuffer, QPoint, QRect, Qt
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui.widgets.button import Button
from ui.widgets.key_cap import KeyCap
from ui.widgets.tag import Tag

TOLERANCE = 6
"""How far a zone may be from the mock-up, in pixels (design 20)."""


def place_of(widget: QWidget) -> QRect:
    """The widget's rectangle in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def far_off(widget: QWidget, expected: tuple[int, int, int, int]) -> str:
    """What is wrong with the widget's place (x, y, width, height), or nothing."""
    here = place_of(widget)
    found = (here.x(), here.y(), here.width(), here.height())
    worst = max(abs(one - other) for one, other in zip(found, expected, strict=True))
    return "" if worst <= TOLERANCE and widget.isVisible() else f"{found} is not {expected}"


def words_in(root: QWidget) -> str:
    """All the words a person can see, spaces made plain, without our markup."""
    seen = " \n ".join(word for widget in _visible(root) for word in _words_of(widget))
    return re.sub(r"[ \u00a0\u202f]+", " ", seen)


def _visible(root: QWidget) -> Iterator[QWidget]:
    return (widget for widget in root.findChildren(QWidget) if widget.isVisible())


def _words_of(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel():
            yield _plain(widget.text())
        case KeyCap() | Tag():
            yield widget.text
        case QAbstractButton():
            yield widget.text().replace("&", "")
            yield widget.accessibleName()
            yield widget.key if isinstance(widget, Button) else ""
        case QLineEdit():
            yield widget.text()
            yield widget.placeholderText()
        case QPlainTextEdit():
            yield widget.toPlainText()
            yield widget.placeholderText()
        case QAbstractItemView():
            yield from _rows(widget)
        case _:
            yield widget.accessibleName()


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            yield str(model.data(index, role) or "")


def drawn_in(widget: QWidget) -> list[str]:
    """The words that a widget draws, each as it is cut."""
    paper, page = QBuffer(), QSvgGenerator()
    page.setOutputDevice(paper)
    widget.render(page)
    return [
        unescape(words)
        for words in re.findall(r"<text[^>]*>([^<]*)</text>", bytes(paper.data().data()).decode())
    ]


class _Bare(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.text += data


def _plain(markup: str) -> str:
    bare = _Bare()
    bare.feed(markup)
    return bare.text
