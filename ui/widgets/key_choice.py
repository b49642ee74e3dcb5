"""A choice named by a key: the cell of a grid that digits press."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Role, theme
from ui.widgets.key_cap import HEIGHT, draw_key, key_width

Look: TypeAlias = Literal["boxed", "danger", "plain"]
_GAP = 8


class KeyChoice(QAbstractButton):
    """`boxed` and `danger` are 36 high with an edge; `plain` is 30 high, filled when checked."""

    def __init__(self, look: Look, key: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look = look
        self._key, self._fewer = key, ""
        self.setCheckable(look == "plain")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.say(key, text)

    @property
    def key(self) -> str:
        """The key that does the same."""
        return self._key

    def say(self, key: str, text: str, *, fewer: str = "") -> None:
        """Show another key and its words, or fewer of them where they have no room."""
        self._key, self._fewer = key, fewer
        self.setText(text)
        self.setAccessibleName(f"{key} {text}")
        self.update()

    @property
    def said(self) -> str:
        """What is drawn of its words, once they are cut to their room."""
        metrics, room = QFontMetricsF(theme.font(Role.SMALL, self._weight())), self._words_box().width()
        if metrics.horizontalAdvance(self.text()) <= room:
            return self.text()
        return metrics.elidedText(self._fewer or self.text(), Qt.TextElideMode.ElideRight, room)

    def sizeHint(self) -> QSize:
        """As high as its look; as wide as there is room."""
        return QSize(120, 30 if self._look == "plain" else 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the key, then the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        ink, edge = self._inks()
        draw_key(painter, self._cap_box(), self._key, ink=ink[0], edge=edge, fill="bg.surface")
        painter.setFont(theme.font(Role.SMALL, self._weight()))
        painter.setPen(theme.colour(ink[1]))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self._words_box(), side, self.said)

    def _cap_box(self) -> QRectF:
        left = 8.0 if self._look == "plain" else 9.0
        return QRectF(left, (self.height() - HEIGHT) / 2, key_width(self._key), HEIGHT)

    def _words_box(self) -> QRectF:
        left = self._cap_box().right() + _GAP
        box = QRectF(left, 0, self.width() - left - 4, self.height())
        # Of the space after the key, never to the edge.
        squeezed = box.adjusted(-4, 0, 2, 0)
        wanted = QFontMetricsF(theme.font(Role.SMALL, self._weight())).horizontalAdvance(self.text())
        is_abridged = bool(self._fewer) and wanted > squeezed.width()
        return box if wanted <= box.width() or is_abridged else squeezed

    def _draw_ground(self, painter: QPainter) -> None:
        rect = QRectF(self.rect())
        is_on = self.isChecked()
        if is_on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.selected" if is_on else "bg.hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if self._look != "plain":
            edge = "danger.base" if self._look == "danger" else "border.control"
            painter.setPen(QPen(theme.colour(edge), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _inks(self) -> tuple[tuple[str, str], str]:
        if self._look == "danger":
            return ("danger.text", "danger.text"), "danger.base"
        if self.isChecked():
            return ("accent.text", "accent.text"), "accent.base"
        return ("text.secondary", "text.primary"), "border.subtle"

    def _weight(self) -> int:
        if self._look == "danger" or self.isChecked():
            return 600
        return 500 if self._look == "boxed" else 400


class RadioRow(QAbstractButton):
    """One of a few exclusive choices, on a line of its own, 32 high."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the ring and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg.selected"))
            painter.drawRoundedRect(rect, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        self._draw_ring(painter, QPointF(18, rect.height() / 2))
        self._draw_words(painter, rect.adjusted(34, 0, -10, 0))

    def _draw_ring(self, painter: QPainter, middle: QPointF) -> None:
        ink = theme.colour("accent.line" if self.isChecked() else "border.strong")
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(theme.colour("bg.surface"))
        painter.drawEllipse(middle, 7.25, 7.25)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(middle, 4, 4)

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        font = theme.font(Role.BODY, 500 if self.isChecked() else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("text.primary"))
        text = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
