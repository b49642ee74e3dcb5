"""A few lines of free text that grow with what is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.discretion import HIDDEN, discretion
from ui.theme import Role, theme

MOST_LINES = 4
_FRAME = 18


class NoteField(QPlainTextEdit):
    """One to four lines; Tab leaves it; `written` carries the whole text."""

    written = Signal(str)

    def __init__(self, *, placeholder: str, role: Role = Role.SMALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = 54
        self._role = role
        self.setFont(theme.font(role))
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._tell)
        discretion.follow(self)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def dress_discreetly(self) -> None:
        """What is written is shown or not; the caret stays where it is."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is written, or that something is."""
        if not (discretion.is_on and self.toPlainText()):
            super().paintEvent(event)
            return
        painter, edge = QPainter(self.viewport()), round(self.document().documentMargin())
        painter.setPen(theme.colour("text.primary"))
        painter.setFont(self.font())
        painter.drawText(self.viewport().rect().adjusted(edge, edge, -edge, -edge), HIDDEN)

    def set_least(self, height: int) -> None:
        """How high it is while it holds a line, in pixels."""
        self._least = height
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text, leaving the caret alone when it is the same, else where it goes on."""
        if text != self.toPlainText():
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)

    def _tell(self) -> None:
        self.written.emit(self.toPlainText())

    def _fit(self) -> None:
        written = max(1, round(self.document().size().height()))
        lines = min(MOST_LINES, written)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if written > lines else policy.ScrollBarAlwaysOff
        )
        height = max(self._least, lines * self._role.line + _FRAME)
        if height != self.height():
            self.setFixedHeight(height)
