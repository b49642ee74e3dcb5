"""A tall line to type in, with its icon: what the door and the lock ask."""

from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QLineEdit

from ui.theme import theme


def large_field(icon: str, name: str) -> QLineEdit:
    """A field named for who cannot see it."""
    field = QLineEdit()
    field.setProperty("size", "large")
    field.setAccessibleName(name)
    pixmap: QPixmap = theme.pixmap(icon, 16, "text.tertiary", 1.0)
    field.addAction(QAction(QIcon(pixmap), "", field), QLineEdit.ActionPosition.LeadingPosition)
    return field
