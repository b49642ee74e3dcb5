"""The lock: how the call stands and who may open it again, and nothing else (design 18)."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.words import CallState
from app.queries.caller_card import CallLine
from ui.panels.elsewhere import Elsewhere
from ui.panels.house_head import house_head
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row
from ui.widgets.icon import Icon
from ui.widgets.large_field import add_field, large_field
from ui.widgets.tag import Tag
from ui.widgets.text import Text
from ui.widgets.warnings import Forgotten, Warnings
from ui.wording import running

TICK_MS = 1000
WIDE = 500


class LockScreen(QWidget):
    """Asks the password of `name`; `asked` hands it over, `leaving` gives the desk up to somebody else.

    `present` shows a call by its state and its time: no number, no name, no line.
    """

    asked = Signal(str)
    leaving = Signal()
    elsewhere_asked = Signal()
    elsewhere_left = Signal()

    def __init__(self, *, house: str, name: str, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle(say("Console d’accueil"))
        self._now = now
        self._call: CallLine | None = None
        self._password = large_field("key-round", say("Mot de passe"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._ask)
        self._words = Text("", tone="secondary")
        self._words.setWordWrap(True)
        self._state, self._time = Tag(height=28, role=Role.SMALL), Text("", Role.TITLE)
        self._warnings, self._forgotten = Warnings(self._password), Forgotten()
        self._forgotten.clicked.connect(self._say_who_helps)
        self._open = Button(say("Déverrouiller"), key=say("Entrée"), kind="primary", size="huge")
        self._open.clicked.connect(self._ask)
        self._elsewhere = Elsewhere()
        self._elsewhere.asked.connect(self.elsewhere_asked)
        self._elsewhere.left.connect(self.elsewhere_left)
        self._leave = Button(say("Changer d’utilisateur"), icon="users-round", kind="ghost")
        self._leave.clicked.connect(self.leaving)
        self._lay_out(house, name)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._say_time)
        self.present(None)

    def present(self, call: CallLine | None) -> None:
        """How the call of this desk stands; None when there is none."""
        self._call = call
        is_shown = call is not None
        self._state.setVisible(is_shown)
        self._time.setVisible(is_shown)
        self._words.setText(_words(call))
        if call is not None:
            said, icon, kind = _state(call)
            self._state.say(said, icon=icon, kind=kind)
            self._say_time()
        self._tick.start() if is_shown else self._tick.stop()

    def wait_for_password(self) -> None:
        """As when it was just locked: nothing typed, nothing said."""
        self._password.clear()
        self._warnings.clear()
        self._open.setEnabled(True)
        self._password.setFocus()

    def fail(self, words: str) -> None:
        """Say what was wrong, and ask again."""
        self._rest()
        self._warnings.say(words)
        self._password.selectAll()
        self._password.setFocus()

    def offer(self, provider: str) -> None:
        """Let it be opened in the browser too."""
        self._elsewhere.offer(provider)

    def wait_for_browser(self) -> None:
        """What remains to do is done there."""
        self._elsewhere.wait()
        self._open.setEnabled(False)

    def stop_waiting(self) -> None:
        """It was given up here: nothing is wrong."""
        self._rest()
        self._warnings.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever waits for the browser waits no more."""
        super().closeEvent(event)
        self.elsewhere_left.emit()

    def _say_who_helps(self) -> None:
        self._warnings.say(self._forgotten.words)
        self._password.setFocus()

    def _rest(self) -> None:
        self._elsewhere.rest()
        self._open.setEnabled(True)

    def _ask(self) -> None:
        if self._password.text() and not self._elsewhere.is_waiting:
            self._open.setEnabled(False)
            self._warnings.clear()
            self.asked.emit(self._password.text())

    def _say_time(self) -> None:
        if self._call is not None:
            self._time.setText(running(self._now() - (self._call.answered_at or self._call.arrived_at)))

    def _lay_out(self, house: str, name: str) -> None:
        page = column(spacing=0)
        page.addStretch(1)
        page.addWidget(house_head(house), 0, Qt.AlignmentFlag.AlignHCenter)
        page.addSpacing(24)
        card = Card()
        card.setFixedWidth(WIDE)
        card.body.addLayout(self._form(name))
        # A part that is aligned is never higher than its first words: what is said below wraps.
        across = row(spacing=0)
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        page.addLayout(across)
        page.addSpacing(12)
        page.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(1)
        self.setLayout(page)

    def _form(self, name: str) -> QVBoxLayout:
        form = column(spacing=0, margins=(36, 28, 36, 28))
        who = row(spacing=10)
        who.addWidget(Icon("lock", 18, "text.secondary"))
        who.addWidget(Text(name, Role.TITLE), 1)
        form.addLayout(who)
        form.addSpacing(4)
        form.addWidget(self._words)
        form.addSpacing(12)
        call = row(spacing=10)
        call.addWidget(self._state)
        call.addWidget(self._time)
        call.addStretch(1)
        form.addLayout(call)
        form.addSpacing(12)
        add_field(form, say("Mot de passe"), self._password, self._forgotten)
        form.addWidget(self._warnings)
        form.addSpacing(16)
        self._open.setSizePolicy(self._password.sizePolicy())
        form.addWidget(self._open)
        form.addWidget(self._elsewhere)
        return form


def _words(call: CallLine | None) -> str:
    if call is None:
        return say("Session verrouillée.")
    if call.state is CallState.RINGING:
        return say("Session verrouillée. Répondez au téléphone.")
    return say("Session verrouillée. L’appel continue sur le poste.")


def _state(call: CallLine) -> tuple[str, str, Literal["accent", "success"]]:
    match call.state:
        case CallState.RINGING:
            return say("Appel entrant"), "phone-incoming", "accent"
        case CallState.DIALLING:
            return say("Appel sortant"), "phone-outgoing", "accent"
        case CallState.HELD:
            return say("En attente"), "pause", "success"
        case _:
            return say("En communication"), "phone-call", "success"
