"""The door: who sits at this desk."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.panels.elsewhere import Elsewhere
from ui.panels.house_head import house_head
from ui.panels.phrase_form import PhraseForm
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row, rule, surface
from ui.widgets.icon import Icon
from ui.widgets.large_field import add_field, large_field
from ui.widgets.text import Text
from ui.widgets.warnings import Forgotten, Warnings

HERE = 1
FORM_MARGINS = (36, 28, 36, 28)


class SignIn(QWidget):
    """Asks a name and a password; `asked` hands both over once, `fail` says what was wrong.

    Where the server offers it, `elsewhere_asked` to sign in in the browser, and `elsewhere_left` to give
    that up.
    """

    asked = Signal(str, str)
    elsewhere_asked = Signal()
    elsewhere_left = Signal()

    def __init__(self, *, house: str, version: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle(say("Console d’accueil"))
        self._login = large_field("user-round", say("Identifiant"))
        self._password = large_field("key-round", say("Mot de passe"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._server = Text("", Role.SMALL, "tertiary")
        self._warnings = Warnings(self._password)
        self._enter = Button(say("Se connecter"), key=say("Entrée"), kind="primary", size="huge")
        self._enter.clicked.connect(self._ask)
        self._elsewhere = Elsewhere()
        self._elsewhere.asked.connect(self.elsewhere_asked)
        self._elsewhere.left.connect(self.elsewhere_left)
        self._forgotten = Forgotten()
        self._forgotten.clicked.connect(self._say_who_helps)
        self._login.returnPressed.connect(self._password.setFocus)
        self._password.returnPressed.connect(self._ask)
        self._phrase: PhraseForm | None = None
        page = column(spacing=0)
        page.addStretch(1)
        page.addWidget(house_head(house), 0, Qt.AlignmentFlag.AlignHCenter)
        page.addSpacing(24)
        page.addWidget(self._card(), 0, Qt.AlignmentFlag.AlignHCenter)
        page.addSpacing(20)
        foot = Text(say("Version {version}").format(version=version), Role.CAPTION, "tertiary", weight=400)
        page.addWidget(foot, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(1)
        self.setLayout(page)

    def suggest(self, login: str) -> None:
        """Write the name that was used here last, and wait in the password."""
        self._login.setText(login)
        (self._password if login else self._login).setFocus()

    def ask_again(self, login: str, words: str) -> None:
        """Say why, and ask the password of who sits here; what is under way keeps the keyboard."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._login.setReadOnly(True)
        self._login.setText(login)
        self.fail(words)

    def let_in(self) -> None:
        """Whoever sat here has left for good: a name may be typed."""
        self.setEnabled(True)
        self._login.setFocus()

    def offer(self, provider: str) -> None:
        """Let people sign in in the browser, at whom the house trusts for it."""
        self._elsewhere.offer(provider)

    def wait_for_browser(self) -> None:
        """What remains to do is done there; until then only giving it up is left here."""
        self._elsewhere.wait()
        self._enter.setEnabled(False)
        self._warnings.say(say("Terminez la connexion dans votre navigateur."))

    def say_server(self, address: str) -> None:
        """Say which server this desk speaks to."""
        self._server.setText(address)

    def ask_phrase(self, *, shortest: int, is_new: bool, given: Callable[[str], None]) -> None:
        """In the place of name and password, which were right: what opens a desk without a keyring."""
        self._leave_phrase()
        self._phrase = PhraseForm(shortest=shortest, is_new=is_new)
        self._phrase.setContentsMargins(*FORM_MARGINS)
        self._phrase.given.connect(given)
        self._form.hide()
        self._across.addWidget(self._phrase, 1)
        self._phrase.begin()

    def fail_phrase(self, words: str) -> None:
        """It was not the one."""
        if self._phrase is not None:
            self._phrase.fail(words)

    def _leave_phrase(self) -> None:
        if self._phrase is not None:
            self._phrase.hide()
            self._phrase.deleteLater()
            self._phrase = None
            self._form.show()

    def fail(self, words: str) -> None:
        """Say what was wrong; what was typed stays, the password is asked again."""
        self._leave_phrase()
        self._go_back()
        self._warnings.say(words)
        self._password.selectAll()
        self._password.setFocus()

    def stop_waiting(self) -> None:
        """It was given up here: nothing is wrong."""
        self._go_back()
        self._warnings.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever waits for the browser waits no more."""
        super().closeEvent(event)
        self.elsewhere_left.emit()

    def _say_who_helps(self) -> None:
        self._warnings.say(self._forgotten.words)
        self._password.setFocus()

    def _go_back(self) -> None:
        self._elsewhere.rest()
        self._enter.setEnabled(True)

    def _ask(self) -> None:
        if self._login.text().strip() and self._password.text() and not self._elsewhere.is_waiting:
            self._enter.setEnabled(False)
            self._warnings.clear()
            self.asked.emit(self._login.text().strip(), self._password.text())

    def _card(self) -> QWidget:
        card = Card()
        card.setFixedSize(880, 520)
        self._across = row(spacing=0)
        self._across.addWidget(_steps(self._server))
        self._form = QWidget()
        self._form.setLayout(self._asked())
        self._across.addWidget(self._form, 1)
        card.body.addLayout(self._across)
        return card

    def _asked(self) -> QVBoxLayout:
        form = column(spacing=0, margins=FORM_MARGINS)
        form.addWidget(Text(say("Se connecter"), Role.TITLE))
        form.addWidget(Text(say("Utilisez votre compte de l’établissement."), tone="secondary"))
        form.addSpacing(16)
        add_field(form, say("Identifiant"), self._login)
        add_field(form, say("Mot de passe"), self._password, self._forgotten)
        form.addWidget(self._warnings)
        form.addSpacing(16)
        self._enter.setSizePolicy(self._login.sizePolicy())
        form.addWidget(self._enter)
        form.addWidget(self._elsewhere)
        form.addStretch(1)
        form.addLayout(_remark())
        return form


def _steps(server: Text) -> QFrame:
    side = surface("sunken")
    side.setFixedWidth(300)
    lines = column(spacing=0, margins=(24, 28, 24, 28))
    lines.addWidget(Text(say("Première ouverture"), Role.HEADING))
    lines.addSpacing(10)
    lines.addLayout(_step(0, say("Établissement"), server))
    for number, (title, detail) in enumerate(_words(), start=1):
        lines.addLayout(_step(number, title, Text(detail, Role.SMALL, "tertiary")))
    lines.addStretch(1)
    lines.addLayout(_lock())
    side.setLayout(lines)
    return side


def _words() -> list[tuple[str, str]]:
    return [
        (say("Connexion"), say("Compte professionnel")),
        (say("Poste téléphonique"), say("Numéro de poste et files")),
        (say("Clavier"), say("Essai des touches 1 à 9, F2 à F9")),
        (say("Prêt"), say("Appel d’essai")),
    ]


def _step(number: int, title: str, detail: Text) -> QVBoxLayout:
    words = column()
    words.addWidget(Text(title, weight=600 if number == HERE else 500))
    words.addWidget(detail)
    across = row(spacing=12, margins=(0, 10, 0, 10))
    across.addWidget(_mark(number), 0, Qt.AlignmentFlag.AlignTop)
    across.addLayout(words, 1)
    around = column()
    around.addLayout(across)
    return around


def _mark(number: int) -> QWidget:
    if number < HERE:
        return Icon("check", 15, "success.text", disc=28, disc_ink="success.soft")
    mark = Text(str(number + 1), Role.CAPTION, "onaccent" if number == HERE else "secondary", weight=600)
    mark.setObjectName("stepHere" if number == HERE else "step")
    mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
    mark.setFixedSize(28, 28)
    return mark


def _lock() -> QVBoxLayout:
    line = row(spacing=6)
    line.addWidget(Icon("lock", 14, "text.tertiary"))
    line.addWidget(Text(say("Poste chiffré, journal d’accès actif"), Role.CAPTION, "tertiary", weight=400), 1)
    around = column()
    around.addLayout(line)
    return around


def _remark() -> QVBoxLayout:
    line = row(spacing=8)
    line.addWidget(Icon("info", 15, "text.tertiary"))
    words = say("Sans activité, la session se verrouille. Vos saisies restent ici, chiffrées.")
    line.addWidget(Text(words, Role.SMALL, "secondary"), 1)
    around = column()
    around.addWidget(rule())
    around.addSpacing(12)
    around.addLayout(line)
    return around
