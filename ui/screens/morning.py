"""« Liste du matin »: one line per caller of what the evening and the night left (design 4.1, rules R30)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.errors import Refusal
from app.domain.phone import display
from app.queries.morning import LeftCaller
from ui.discretion import called, in_dots
from ui.refusal_words import refusal_words
from ui.theme import Role
from ui.translate import counted, say
from ui.viewmodels.listening import NO_SOUND, Listening
from ui.viewmodels.morning import MorningList
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row
from ui.widgets.row_list import Action, Cell, ListRow, Mark, RowList
from ui.widgets.text import Text
from ui.widgets.toast import Toast
from ui.wording import possible_patients, short_wait, short_when

_LINE = 56
_HEARD = 156


class MorningScreen(QWidget):
    """Entrée calls back, or qualifies who hid the number; Ctrl+E qualifies; Échap goes back to the day.

    `qualify_asked` carries the caller's newest contact, `left` when one goes back.
    """

    qualify_asked = Signal(str)
    left = Signal()

    def __init__(self, morning: MorningList, listening: Listening, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._morning, self._listening, self._now = morning, listening, now
        self.list = RowList(name=say("Liste du matin"))
        self.empty = Text(
            say("Tout est à jour : plus personne n’attend depuis la fermeture."), tone="secondary"
        )
        self.listen = Button(say("Écouter"), icon="voicemail", key=say("Espace"))
        self.qualify = Button(say("Qualifier"), icon="pencil", key="Ctrl E")
        self.back = Button(say("Retour à l’accueil"), key=say("Échap"))
        self._count = Text("", tone="secondary")
        self._lay_out()
        self.toast = Toast(self, undo="", beside=self.back)
        morning.state_changed.connect(self._present)
        for refusing in (morning, listening):
            refusing.refused.connect(self._tell_refused)
        listening.state_changed.connect(self._present)
        self.list.opened.connect(self._open)
        self.list.moved.connect(self._offer)
        self.listen.clicked.connect(self._listen)
        space = QShortcut(QKeySequence("Space"), self.list)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._listen)
        self.qualify.clicked.connect(self._qualify)
        self.back.clicked.connect(self.left)
        for keys, act in (
            ("Ctrl+E", self._qualify),
            ("Escape", self.left.emit),
            ("Alt+Left", self.left.emit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._present()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is heard of a page that left: a call may be there."""
        self._listening.stop()
        super().hideEvent(event)

    def focus_list(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus()

    def _open(self, contact: str) -> None:
        if not self._morning.call(contact):
            self.qualify_asked.emit(contact)

    def _qualify(self) -> None:
        if self.list.key:
            self.qualify_asked.emit(self.list.key)

    def _listen(self) -> None:
        if spoken := self._morning.spoken(self.list.key):
            self._listening.toggle(spoken)

    def _offer(self, _key: str = "") -> None:
        spoken = self._morning.spoken(self.list.key)
        is_heard = bool(spoken) and spoken == self._listening.contact
        self.listen.setEnabled(bool(spoken))
        self.listen.setText(say("Arrêter") if is_heard else say("Écouter"))

    def _present(self) -> None:
        callers, now = self._morning.callers, self._now()
        self._count.setText(count_words(callers))
        self.list.setVisible(bool(callers))
        self.qualify.setEnabled(bool(callers))
        self.empty.setVisible(not callers)
        self.list.present(tuple(_row(one, now, heard=self._listening.contact) for one in callers))
        self._offer()

    def _tell_refused(self, refusal: Refusal) -> None:
        self.toast.warn(_refused_words(refusal.code))

    def _lay_out(self) -> None:
        card = Card()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addWidget(self.empty, 1)
        card.body.addWidget(self.list, 1)
        page = column(spacing=16, margins=(20, 20, 20, 20))
        page.addLayout(self._head())
        page.addWidget(card, 1)
        self.setLayout(page)

    def _head(self) -> QHBoxLayout:
        words = column()
        words.addWidget(Text(say("Liste du matin"), Role.TITLE))
        words.addWidget(self._count)
        head = row(spacing=12)
        head.addLayout(words, 1)
        head.addWidget(self.listen)
        head.addWidget(self.qualify)
        head.addWidget(self.back)
        return head


def count_words(callers: tuple[LeftCaller, ...]) -> str:
    """« 3 appelants, 1 message vocal »."""
    words = counted(len(callers), one=say("{count} appelant"), many=say("{count} appelants"))
    return ", ".join(filter(None, (words, _spoken(sum(one.voicemails for one in callers)))))


def _spoken(count: int) -> str:
    many = say("{count} messages vocaux")
    return counted(count, one=say("{count} message vocal"), many=many) if count else ""


def _refused_words(code: str) -> str:
    own = {
        NO_SOUND: say("Ce poste n’a rien pour écouter\u00a0: branchez un casque ou un haut-parleur."),
    }
    return own.get(code) or refusal_words(code)


def _left(one: LeftCaller) -> str:
    """« 2 appels, 1 message vocal, 1 message, suivi depuis par un autre service »."""
    calls = counted(one.calls, one=say("{count} appel"), many=say("{count} appels"))
    wrote = counted(one.messages, one=say("{count} message"), many=say("{count} messages"))
    spoken = _spoken(one.voicemails)
    if one.spoken:
        spoken = say("{messages} ({length})").format(messages=spoken, length=short_wait(one.lasts))
    elsewhere = say("suivi depuis par un autre service") if one.is_followed else ""
    parts = (calls if one.calls else "", spoken, wrote if one.messages else "", elsewhere)
    return ", ".join(filter(None, parts))


def _row(one: LeftCaller, now: datetime, *, heard: str) -> ListRow:
    name = called(one.birth_name, one.first_given_name)
    number = in_dots(display(one.number)) if one.number else say("Numéro masqué")
    who = name or (possible_patients(one.possible) if one.possible else number)
    can_call = bool(one.number)
    return ListRow(
        key=one.contact,
        height=_LINE,
        action=Action(say("Rappeler"), "phone-outgoing", say("Entrée"))
        if can_call
        else Action(say("Qualifier"), "pencil", say("Entrée")),
        cells=(
            Cell(words=short_when(one.at, now), width=104, weight=500),
            Cell(
                words=who,
                aside=number if who != number else "",
                mark=_mark(one),
                below=_left(one),
                weight=600,
            ),
            Cell(width=_HEARD, mark=_heard(one, heard=heard)),
        ),
    )


def _mark(one: LeftCaller) -> Mark | None:
    if one.is_emergency:
        return Mark(say("Urgence"), "siren", "danger")
    return Mark(say("À vérifier"), "", "warning") if one.possible == 1 else None


def _heard(one: LeftCaller, *, heard: str) -> Mark | None:
    """Whether it can be heard, or is now."""
    if not one.spoken:
        return None
    if one.spoken == heard:
        return Mark(say("Lecture en cours"), "voicemail", "accent")
    return Mark(say("À écouter"), "voicemail", "outline")
