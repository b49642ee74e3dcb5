"""A place whose work is not built yet: it says in a sentence what will come, and nothing else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.theme import Role
from ui.widgets.card import column
from ui.widgets.icon import Icon
from ui.widgets.text import Text


class ToCome(QWidget):
    """A title and one sentence, in the middle."""

    def __init__(self, *, title: str, sentence: str, icon: str) -> None:
        super().__init__()
        self.setObjectName("page")
        words = Text(sentence, tone="secondary").wrap()
        words.setFixedWidth(420)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        page = column(spacing=8)
        page.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        page.addWidget(Icon(icon, 22, "text.secondary", disc=44), 0, middle)
        page.addWidget(Text(title, Role.TITLE), 0, middle)
        page.addWidget(words, 0, middle)
        page.addStretch(2)
        self.setLayout(page)
