"""What stands over the door and the lock: the product and the house."""

from PySide6.QtWidgets import QWidget

from ui.theme import Role
from ui.translate import say
from ui.widgets.card import column, row
from ui.widgets.mark import Mark
from ui.widgets.text import Text


def house_head(house: str) -> QWidget:
    """The mark, then the product's name above the house's."""
    words = column()
    words.addWidget(Text(say("Console d’accueil"), Role.TITLE))
    words.addWidget(Text(house, Role.SMALL, "secondary"))
    across = row(spacing=12)
    across.addWidget(Mark(36))
    across.addLayout(words)
    head = QWidget()
    head.setLayout(across)
    return head
