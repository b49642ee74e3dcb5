"""A tall line to type in, with its icon: what the door and the lock ask."""

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.theme import Role, theme
from ui.widgets.card import row
from ui.widgets.text import Text


class _LargeField(QLineEdit):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon, self._leading = icon, QAction(self)
        self.addAction(self._leading, QLineEdit.ActionPosition.LeadingPosition)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._leading.setIcon(QIcon(theme.pixmap(self._icon, 16, "text.tertiary", 1.0)))


def large_field(icon: str, name: str) -> QLineEdit:
    """A field named for who cannot see it."""
    field = _LargeField(icon)
    field.setProperty("size", "large")
    field.setAccessibleName(name)
    return field


def add_field(form: QVBoxLayout, words: str, field: QLineEdit, beside: QWidget | None = None) -> None:
    """The field under its label, what stands at the end of the label's line, and the space after it."""
    label = Text(words, Role.SMALL, weight=600)
    label.setBuddy(field)
    head = row(spacing=0)
    head.addWidget(label, 1)
    if beside is not None:
        head.addWidget(beside)
    form.addLayout(head)
    form.addSpacing(6)
    form.addWidget(field)
    form.addSpacing(16)
