"""A field with its label above and what helps, or what is wrong, below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import Role, theme
from ui.widgets.card import column
from ui.widgets.text import Text

MOST_LETTERS = 60


class LabelledField(QWidget):
    """A label of 18, a field of 36, a line of 16 that grows when it says what is wrong."""

    edited = Signal(str)

    def __init__(self, label_html: str, *, width: int, hint: str = "", name: str) -> None:
        super().__init__()
        self._hint = hint
        self.field = QLineEdit()
        self.field.setFixedHeight(36)
        self.field.setFont(theme.font(Role.BODY, 500))
        self.field.setMaxLength(MOST_LETTERS)
        self.field.setAccessibleName(name)
        self.field.textEdited.connect(self.edited)
        self.below = Text(hint, Role.CAPTION, "tertiary").wrap()
        self.below.setFont(theme.font(Role.CAPTION, 400))
        label = Text("", Role.SMALL, weight=600)
        label.set_rich(label_html)
        label.setBuddy(self.field)
        lines = column(spacing=4)
        for widget in (label, self.field, self.below):
            lines.addWidget(widget)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setMaximumWidth(width)

    def text(self) -> str:
        """As typed."""
        return self.field.text()

    def say_hint(self, hint: str) -> None:
        """What stands under it while nothing is wrong."""
        self._hint = hint
        self.say_wrong("")

    def say_wrong(self, words: str) -> None:
        """Show what is wrong with it, or the hint again; the text typed stays."""
        self.below.setText(words or self._hint)
        self.below.set_tone("danger" if words else "tertiary")
