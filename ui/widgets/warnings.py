"""What is said under a password or a phrase: that capitals are locked, and what was wrong."""

from PySide6.QtWidgets import QWidget

from ui.translate import say
from ui.widgets.button import Link
from ui.widgets.caps_lock import CapsLock
from ui.widgets.card import Notice, column


class Warnings(QWidget):
    """Two notices under these fields, each there only when it has something to say."""

    def __init__(self, *fields: QWidget) -> None:
        super().__init__()
        self.fault, self.capitals = _warning(), _warning()
        self.capitals.text.setText(say("Les majuscules sont verrouillées."))
        for field in fields:
            CapsLock(field).changed.connect(self.capitals.setVisible)
        lines = column(spacing=8)
        lines.addWidget(self.capitals)
        lines.addWidget(self.fault)
        self.setLayout(lines)

    def say(self, words: str) -> None:
        """What was wrong, or what is to be done."""
        self.fault.text.setText(words)
        self.fault.setVisible(True)

    def clear(self) -> None:
        """Nothing is wrong."""
        self.fault.setVisible(False)


class Forgotten(Link):
    """« Oublié ? » beside a password; `words` say who gives another."""

    def __init__(self) -> None:
        super().__init__(say("Oublié\u00a0?"))
        self.setFixedHeight(18)

    @property
    def words(self) -> str:
        """Who helps, and that nothing is lost meanwhile."""
        whom = say("L’informatique de l’établissement en donne un autre.")
        return whom + " " + say("Ce qui est enregistré sur ce poste y reste.")


def _warning() -> Notice:
    made = Notice("warning", icon="triangle-alert", height=36)
    made.text.wrap()
    made.line.setContentsMargins(16, 8, 16, 8)
    made.setVisible(False)
    return made
