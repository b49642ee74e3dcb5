"""A frame that looks like a field around what is chosen elsewhere."""

from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.card import row


class Boxed(QFrame):
    """36 pixels high; the part named `wide` takes what is left."""

    def __init__(self, *parts: QWidget, wide: QWidget) -> None:
        super().__init__()
        self.setObjectName("boxed")
        self.setFixedHeight(36)
        line = row(spacing=8, margins=(10, 0, 10, 0))
        for part in parts:
            line.addWidget(part, 1 if part is wide else 0)
        self.setLayout(line)
