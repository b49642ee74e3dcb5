"""What a desk without a keyring is opened with: a phrase, chosen at the first time and typed at each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column
from ui.widgets.large_field import add_field, large_field
from ui.widgets.text import Text
from ui.widgets.warnings import Warnings


class PhraseForm(QWidget):
    """Asks a phrase of `shortest` letters or more, twice when it is new; `given` hands it over once."""

    given = Signal(str)

    def __init__(self, *, shortest: int, is_new: bool) -> None:
        super().__init__()
        self._shortest, self._is_new = shortest, is_new
        self._phrase = _hidden_field(say("Phrase de ce poste"))
        self._again = _hidden_field(say("La même, une seconde fois"))
        self._warnings = Warnings(self._phrase, self._again)
        words = say("Chiffrer ce poste") if is_new else say("Ouvrir ce poste")
        self._open = Button(words, key=say("Entrée"), kind="primary", size="huge")
        self._open.clicked.connect(self._ask)
        self._phrase.returnPressed.connect(self._again.setFocus if is_new else self._ask)
        self._again.returnPressed.connect(self._ask)
        self._lay_out(words)

    def begin(self) -> None:
        """Take the keyboard."""
        self._phrase.setFocus()

    def fail(self, words: str) -> None:
        """Say what was wrong; the phrase is asked again."""
        self._warnings.say(words)
        self._open.setEnabled(True)
        self._phrase.selectAll()
        self._phrase.setFocus()

    def _ask(self) -> None:
        phrase = self._phrase.text()
        if not self._open.isEnabled() or not phrase:
            return
        if self._is_new and len(phrase) < self._shortest:
            short = say("Trop courte\u00a0: {count}\u00a0caractères au moins, par exemple quatre mots.")
            self.fail(short.format(count=self._shortest))
        elif self._is_new and phrase != self._again.text():
            self.fail(say("Les deux phrases ne sont pas les mêmes."))
        else:
            self._warnings.clear()
            self._open.setEnabled(False)
            self.given.emit(phrase)

    def _lay_out(self, title: str) -> None:
        form = column(spacing=0)
        form.addWidget(Text(title, Role.TITLE))
        form.addSpacing(4)
        form.addWidget(Text(_why(is_new=self._is_new), tone="secondary").wrap())
        form.addSpacing(16)
        asked = [(say("Phrase de ce poste"), self._phrase)]
        if self._is_new:
            asked.append((say("La même, une seconde fois"), self._again))
        for words, field in asked:
            add_field(form, words, field)
        form.addWidget(self._warnings)
        form.addSpacing(16)
        self._open.setSizePolicy(self._phrase.sizePolicy())
        form.addWidget(self._open)
        form.addStretch(1)
        self.setLayout(form)


def _why(*, is_new: bool) -> str:
    if is_new:
        return say(
            "Ce poste n’a pas de trousseau où garder sa clé. Choisissez une phrase\u00a0: elle chiffre ce "
            "qu’il garde, sera demandée à chaque ouverture et n’est écrite nulle part. Sans elle, ce qui "
            "n’est pas encore envoyé est perdu."
        )
    return say("Ce poste n’a pas de trousseau\u00a0: sa phrase ouvre ce qu’il garde.")


def _hidden_field(name: str) -> QLineEdit:
    field = large_field("lock", name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
