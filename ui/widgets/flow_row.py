"""A row that goes to the next line rather than cut what it holds."""

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """Lays its children from the left, each as wide as it asks; `relaid` when its height changed.

    `refresh` after a child shows, hides or asks for another size.
    """

    relaid = Signal()

    def __init__(self, *, spacing: int, line_spacing: int, least: int) -> None:
        super().__init__()
        self._spacing, self._line_spacing, self._least = spacing, line_spacing, least
        self._parts: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(least)

    @property
    def excess(self) -> int:
        """How much higher it is than one line."""
        return self.height() - self._least

    def add(self, part: QWidget) -> None:
        """Put a child at the end."""
        part.setParent(self)
        part.show()
        self._parts.append(part)

    def drop(self, part: QWidget) -> None:
        """Take a child out, for good."""
        self._parts.remove(part)
        part.hide()
        part.deleteLater()

    def set_spacing(self, spacing: int) -> None:
        """Another space between children."""
        self._spacing = spacing
        self.refresh()

    def refresh(self) -> None:
        """Lay the children again."""
        lines = self._lines()
        top = 0
        for line in lines:
            height = max(self._least if len(lines) == 1 else 0, *(size.height() for _, size in line))
            self._place(line, top, height)
            top += height + self._line_spacing
        wanted = max(self._least, top - self._line_spacing)
        if wanted != self.height():
            self.setFixedHeight(wanted)
            self.relaid.emit()
            # A layout that is laying out does not hear that a child's height changed: tell it after.
            QTimer.singleShot(0, self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Takes the width it is given."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.refresh()

    def _lines(self) -> list[list[tuple[QWidget, QSize]]]:
        lines: list[list[tuple[QWidget, QSize]]] = []
        left = 0
        for part in self._parts:
            if part.isHidden():
                continue
            size = self._size(part)
            if not lines or left + size.width() > self.width():
                lines.append([])
                left = 0
            lines[-1].append((part, size))
            left += size.width() + self._spacing
        return lines

    def _size(self, part: QWidget) -> QSize:
        asked = part.sizeHint().expandedTo(part.minimumSizeHint()).expandedTo(part.minimumSize())
        if asked.width() <= self.width() or not part.hasHeightForWidth():
            return asked
        return QSize(self.width(), part.heightForWidth(self.width()))

    def _place(self, line: list[tuple[QWidget, QSize]], top: int, height: int) -> None:
        left = 0
        for part, size in line:
            part.setGeometry(QRect(left, top + (height - size.height()) // 2, size.width(), size.height()))
            left += size.width() + self._spacing
