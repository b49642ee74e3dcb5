"""What anybody can read of a window: painted, told by its models and tooltips, or read aloud."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from PySide6.QtCore import QAbstractItemModel, QBuffer, QIODevice, QModelIndex, QRect, Qt
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QWidget

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def painted(window: QWidget) -> str:
    """Every word that is drawn, whoever draws it, as an engine that writes text down gets it."""
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    page = QSvgGenerator()
    page.setOutputDevice(written)
    page.setSize(window.size())
    window.render(page)
    tree = ET.fromstring(bytes(written.data().data()))
    return "\n".join(
        " ".join("".join(one.itertext()).split()) for one in tree.iter() if one.tag.endswith("}text")
    )


def told(window: QWidget) -> str:
    """What is under the pointer and what is read aloud, of all that is visible."""
    return "\n".join(part for widget in _visible(window) for part in _told(widget) if part)


def boxes(windows: list[QWidget]) -> dict[QWidget, QRect]:
    """Where each visible widget stands in its window."""
    return {
        widget: QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
        for window in windows
        for widget in _visible(window)
    }


def _visible(window: QWidget) -> list[QWidget]:
    return [window, *(one for one in window.findChildren(QWidget) if one.isVisible())]


def _told(widget: QWidget) -> Iterator[str]:
    name = widget.accessibleName()
    yield name or (widget.text() if isinstance(widget, QLabel) else "")
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, QLineEdit):
        yield widget.displayText()
    if isinstance(widget, QAbstractItemView):
        yield from _modelled(widget.model())


def _modelled(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    for at in range(model.rowCount(QModelIndex())):
        for role in _ROLES:
            yield str(model.data(model.index(at, 0), role) or "")
