"""One line of a card of settings: what is chosen, in words, and the choice at its right."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import Role
from ui.translate import say
from ui.widgets.card import Card, column, row, rule
from ui.widgets.tag import Tag
from ui.widgets.text import Text

HEIGHT = 54


def setting(name: str, note: str, *choices: QWidget) -> QFrame:
    """A line with its name, what it does in fewer words, and its choices."""
    words = column()
    words.addStretch(1)
    words.addWidget(Text(name, weight=500))
    if note:
        words.addWidget(Text(note, Role.SMALL, "secondary"))
    words.addStretch(1)
    line: QHBoxLayout = row(spacing=8, margins=(15, 6, 15, 6))
    line.addLayout(words, 1)
    for choice in choices:
        line.addWidget(choice)
    frame = QFrame()
    frame.setMinimumHeight(HEIGHT - 1)
    frame.setLayout(line)
    return frame


def settings_card(title: str, *lines: QWidget) -> Card:
    """A card of lines, a rule between two."""
    card = Card(title)
    for number, line in enumerate(lines):
        if number:
            card.body.addWidget(rule())
        card.body.addWidget(line)
    return card


def ruled_by_the_house() -> Tag:
    """What says that the establishment decides here."""
    return Tag(say("Établissement"), icon="lock")
