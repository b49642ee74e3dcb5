"""Those who may be calling from a shared number, none of them opened (design 02d, rules R2)."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.queries.caller_card import Candidate
from ui import wording
from ui.discretion import called, discretion
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import Card, clear, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.late_keys import LateKeys
from ui.widgets.scrolled import scrolled
from ui.widgets.tag import Tag
from ui.widgets.text import Text
from ui.widgets.ways_out import Way, WaysOut

ROW_HEIGHT = 68
BESIDE_ROWS = 440
MOST_KEYS = 9


class Candidates(QWidget):
    """One row a person, with name and birth date only; Alt and the row's number open it."""

    person_chosen = Signal(str)
    search_asked = Signal()
    provisional_asked = Signal()
    continue_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Candidate, ...] = ()
        self.prompt = _prompt()
        self.list = Card()
        self.list.body.setContentsMargins(0, 0, 0, 0)
        self.foot = Text("", Role.SMALL, "secondary")
        self._foot_line = _foot(self.foot)
        self.ways = _ways()
        self.ways.chosen.connect(self._leave)
        lines = column(spacing=16, margins=(20, 20, 20, 20))
        lines.addWidget(self.prompt)
        lines.addWidget(self.list)
        lines.addWidget(self.ways)
        lines.addStretch(1)
        around = column()
        around.addWidget(scrolled(lines))
        self.setLayout(around)

    def present(self, candidates: tuple[Candidate, ...], now: datetime) -> None:
        """Show them in the order given; rows already shown stay as they are."""
        if candidates == self._shown:
            return
        self._shown = candidates
        clear(self.list.body, keep=self._foot_line)
        for number, candidate in enumerate(candidates, start=1):
            line = _CandidateRow(candidate, number, now)
            line.opened.connect(self.person_chosen)
            self.list.body.addWidget(line)
            self.list.body.addWidget(rule())
        self.foot.setText(_trace_words(len(candidates) - 1))
        self.list.body.addWidget(self._foot_line)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ways out stay in view: on a small window their words give room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.ways.show_words(is_roomy=self.height() >= BESIDE_ROWS + ROW_HEIGHT * len(self._shown))

    def _leave(self, way: str) -> None:
        asked = {"search": self.search_asked, "provisional": self.provisional_asked}
        asked.get(way, self.continue_asked).emit()


class _CandidateRow(QFrame):
    """Never more than what may be shown of a person who is not opened."""

    opened = Signal(str)

    def __init__(self, candidate: Candidate, number: int, now: datetime) -> None:
        super().__init__()
        name = called(candidate.birth_name, candidate.first_given_name)
        self.setMinimumHeight(ROW_HEIGHT - 1)
        discretion.name(self, name)
        self._line = row(spacing=16, margins=(20, 4, 20, 4))
        self._line.addWidget(_key_of(number))
        self._add_traits(candidate, name, now)
        self._line.addWidget(_late_mark(is_late=candidate.has_overdue_promise))
        self._line.addStretch(1)
        self._line.addWidget(self._button(candidate.person, name))
        self.setLayout(self._line)

    def _add_traits(self, candidate: Candidate, name: str, now: datetime) -> None:
        caption = Text("", Role.CAPTION, "tertiary")
        caption.setWordWrap(True)
        caption.set_rich(say("Nom de naissance, 1<sup>er</sup> prénom de naissance"))
        whole = Text(name, Role.HEADING)
        whole.setFont(_sized(16))
        whole.setMinimumHeight(22)
        whole.setWordWrap(True)
        self._line.addLayout(_trait(caption, whole, width=260, least=150), 1000)
        born = Text(wording.birth_with_age(candidate.birth_date, now), weight=500)
        born.setMinimumHeight(22)
        label = Text(wording.born(candidate.sex), Role.CAPTION, "tertiary")
        self._line.addLayout(_trait(label, born, width=176, least=146), 1000)

    def _button(self, person: str, name: str) -> Button:
        button = Button(say("Ouvrir"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        discretion.describe(button, name)
        button.clicked.connect(lambda: self.opened.emit(person))
        LateKeys(button)
        return button


def _key_of(number: int) -> QWidget:
    key = KeyCap(say("Alt {number}").format(number=min(number, MOST_KEYS)), height=24)
    if number <= MOST_KEYS:
        return key
    room = QWidget()
    room.setFixedSize(key.size())
    return room


def _late_mark(*, is_late: bool) -> QWidget:
    """The tag, or as much room, so that the columns hold."""
    tag = Tag(say("Rappel en retard"), icon="alarm-clock", kind="danger")
    if is_late:
        return tag
    room = QWidget()
    room.setFixedWidth(tag.sizeHint().width())
    return room


def _trait(caption: Text, value: Text, *, width: int, least: int) -> QVBoxLayout:
    lines = column()
    lines.addStretch(1)
    for text in (caption, value):
        text.setMinimumWidth(least)
        text.setMaximumWidth(width)
        lines.addWidget(text)
    lines.addStretch(1)
    return lines


def _prompt() -> Card:
    card = Card()
    card.body.setContentsMargins(20, 18, 20, 18)
    card.body.setSpacing(6)
    head = row(spacing=6)
    head.addWidget(Icon("message-circle-question-mark", 14, "text.tertiary"))
    head.addWidget(Text(say("À demander"), Role.CAPTION, "tertiary"), 1)
    question = Text(say("« Quels sont vos nom de naissance, prénom et date de naissance ? »"), Role.HEADING)
    question.setFont(_sized(18))
    question.setMinimumHeight(26)
    question.setWordWrap(True)
    advice = Text(
        say("L’appelant dit, vous comparez. Ne lisez rien de la liste à voix haute."), Role.SMALL, "secondary"
    )
    card.body.addLayout(head)
    card.body.addWidget(question)
    card.body.addWidget(advice)
    return card


class _Foot(QWidget):
    """The sunken ground at the bottom of a card, round as the card is."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground; its round top is out of sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg.sunken"))
        painter.drawRoundedRect(self.rect().adjusted(0, -8, 0, 0), 7, 7)


def _foot(text: Text) -> QWidget:
    foot = _Foot()
    foot.setFixedHeight(43)
    line = row(spacing=8, margins=(20, 0, 20, 0))
    line.addWidget(Icon("lock", 14, "text.secondary"))
    line.addWidget(text, 1)
    foot.setLayout(line)
    return foot


def _trace_words(others: int) -> str:
    opening = say("Ouvrir une fiche est tracé.")
    if others < 1:
        return opening
    if others == 1:
        return f"{opening} " + say("L’autre ligne est notée « proposé ».")
    counts = dict(enumerate(say("deux trois quatre cinq six sept huit neuf").split(), start=2))
    rest = say("Les {count} autres lignes sont notées « proposé ».")
    return f"{opening} " + rest.format(count=counts.get(others, others))


def _ways() -> WaysOut:
    return WaysOut(
        say("Personne de cette liste ?"),
        (
            Way(
                name="search",
                icon="search",
                title=say("Chercher un patient"),
                words=say("Date de naissance, puis nom de naissance, tels que dits."),
                act=say("Chercher"),
                key="F2",
            ),
            Way(
                name="provisional",
                icon="user-plus",
                title=say("Contact provisoire"),
                words=say("Traits tels que dits au téléphone. Statut provisoire, à vérifier au guichet."),
                act=say("Créer"),
                key=say("Ctrl Maj N"),
            ),
            Way(
                name="continue",
                icon="user-x",
                title=say("Continuer sans identifier"),
                words=say("Renseignement général, relais, professionnel. L’appel reste qualifiable."),
                act=say("Continuer"),
            ),
        ),
    )


def _sized(pixels: int) -> QFont:
    font = theme.font(Role.HEADING)
    font.setPixelSize(pixels)
    return font
