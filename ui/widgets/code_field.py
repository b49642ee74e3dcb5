"""A field for a short code or words: digits read by their place on the keyboard, words as typed."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import Role, theme
from ui.widgets.digits import is_command, read_digit

CODE_LENGTH = 2
_EDGE = 11
_AFTER_CODE = 19.5
_CHECK = 16
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class CodeField(QLineEdit):
    """Tells the keys pressed; what it shows is given back by `show_entry`."""

    digit_pressed = Signal(int)
    went_back = Signal()
    words_typed = Signal(str)
    moved = Signal(int)
    taken = Signal()

    def __init__(self, *, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code, self._label = "", ""
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(36)
        self.setTextMargins(-2, 0, -2, 1)
        self.setMaxLength(80)
        self.textEdited.connect(self.words_typed)

    def show_entry(self, *, code: str, words: str, label: str) -> None:
        """Show a code with what it means, or words."""
        self._code, self._label = code, label
        if self.text() != (code or words):
            self.setText(code or words)
        self.setFont(theme.font(Role.BODY, 600 if code else None))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit, a step back or among the answers; letters are typed."""
        if is_command(event):
            super().keyPressEvent(event)
        elif not self._has_words() and self._take_digit(event):
            event.accept()
        elif event.key() in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            self._edit(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then what the code means and a check when it is whole."""
        super().paintEvent(event)
        if not self._label:
            return
        painter = QPainter(self)
        painter.setFont(theme.font(Role.BODY))
        painter.setPen(theme.colour("text.secondary"))
        left = _EDGE + QFontMetricsF(self.font()).horizontalAdvance(self._code) + _AFTER_CODE
        right = self.width() - _EDGE - _CHECK
        box = QRectF(left, 0, right - 8 - left, self.height())
        text = QFontMetricsF(painter.font()).elidedText(self._label, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        check = theme.pixmap("check", _CHECK, "success.text", self.devicePixelRatioF())
        painter.drawPixmap(QPointF(right, (self.height() - _CHECK) / 2), check)

    def _has_words(self) -> bool:
        return bool(self.text()) and not self._code

    def _take_digit(self, event: QKeyEvent) -> bool:
        if len(self._code) >= CODE_LENGTH:
            return event.text().isdigit()
        digit = read_digit(event)
        if digit is None or event.isAutoRepeat():
            return digit is not None
        self.digit_pressed.emit(digit)
        return True

    def _edit(self, event: QKeyEvent) -> None:
        if self._code and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.went_back.emit()
            return
        if self._code and event.text().isprintable() and event.text():
            self._code, self._label = "", ""
            self.clear()
        super().keyPressEvent(event)
