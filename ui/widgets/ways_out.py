"""What remains possible when nobody shown is the caller: cards that are always there (design 4.4)."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import Role
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row
from ui.widgets.icon import Icon
from ui.widgets.late_keys import LateKeys
from ui.widgets.text import Text


class Way(NamedTuple):
    """One card: `act` is the word of its button, `key` what does the same."""

    name: str
    icon: str
    title: str
    words: str
    act: str
    key: str = ""


class WaysOut(QWidget):
    """A question and its cards, all of one width; `chosen` carries the name of a way."""

    chosen = Signal(str)

    def __init__(self, question: str, ways: tuple[Way, ...]) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        self.words: dict[str, Text] = {}
        lines = column(spacing=16, margins=(0, 4, 0, 0))
        lines.addWidget(Text(question, weight=600))
        across = row(spacing=16)
        for way in ways:
            across.addWidget(self._card(way), 1)
        lines.addLayout(across)
        self.setLayout(lines)

    def show_words(self, *, is_roomy: bool) -> None:
        """Say what each way is for, or keep only titles and buttons when room is short."""
        for words in self.words.values():
            words.setVisible(is_roomy)

    def tell(self, way: str, words: str, *, act: str, is_open: bool) -> None:
        """Say what one way is for now, and whether there is anything behind it."""
        _write(self.words[way], words)
        self.buttons[way].setText(act)
        self.buttons[way].setEnabled(is_open)

    def _card(self, way: Way) -> Card:
        card = Card()
        card.body.setContentsMargins(16, 16, 16, 16)
        card.body.setSpacing(8)
        head = row(spacing=8)
        head.addWidget(Icon(way.icon, 18, "text.secondary"))
        title = Text(way.title, weight=600)
        title.setWordWrap(True)
        head.addWidget(title, 1)
        card.body.addLayout(head)
        self.words[way.name] = Text("", Role.SMALL, "secondary").wrap()
        _write(self.words[way.name], way.words)
        card.body.addWidget(self.words[way.name])
        card.body.addStretch(1)
        card.body.addWidget(self._button(way))
        return card

    def _button(self, way: Way) -> Button:
        button = Button(way.act, key=way.key)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleDescription(way.title)
        button.clicked.connect(lambda: self.chosen.emit(way.name))
        LateKeys(button)
        self.buttons[way.name] = button
        return button


def _write(text: Text, words: str) -> None:
    text.set_rich(f'<p style="line-height:18px">{words}</p>')
