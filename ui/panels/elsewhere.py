"""The other way in: in the system's browser, at the identity provider that the house trusts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column, row, rule
from ui.widgets.text import Text


class Elsewhere(QWidget):
    """Hidden until `offer`; `asked` to go there, `left` to give that up while it waits."""

    asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._provider = ""
        self.is_waiting = False
        """Whether somebody is in the browser now."""
        self.button = Button(icon="id-card", size="huge")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self._press)
        between = row(spacing=12, margins=(0, 10, 0, 10))
        between.addWidget(rule(), 1)
        between.addWidget(Text(say("ou"), Role.SMALL, "tertiary"))
        between.addWidget(rule(), 1)
        lines = column(spacing=0)
        lines.addLayout(between)
        lines.addWidget(self.button)
        self.setLayout(lines)
        self.hide()

    def offer(self, provider: str) -> None:
        """Show it, by the provider's name."""
        self._provider = provider
        self.show()
        if not self.is_waiting:
            self.rest()

    def wait(self) -> None:
        """What remains to do is done in the browser: here it can be given up."""
        self.is_waiting = True
        self.button.say(say("Annuler"), icon="x")

    def rest(self) -> None:
        """Nobody is in the browser."""
        self.is_waiting = False
        words = say("Continuer avec {provider}").format(provider=self._provider)
        self.button.say(words.replace("&", "&&"), icon="id-card")

    def _press(self) -> None:
        (self.left if self.is_waiting else self.asked).emit()
