"""Who calls, in the mini window: the candidates at ring, the open person's traits after (design 10a, 10b)."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.queries.caller_card import CallerCard, Candidate, Traits
from ui import wording
from ui.discretion import altered, by_initials, called, discretion, filled, joined
from ui.refusal_words import trouble_words
from ui.relative_words import warned_words
from ui.theme import Role, theme
from ui.translate import say
from ui.viewmodels.key_map import cap
from ui.viewmodels.phone import PhoneState
from ui.widgets.button import Button, Link
from ui.widgets.card import column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text

MOST = 3
ROW_HEIGHT = 57
NAME_ROOM = 264
"""Pixels that a candidate's name and its tag share on one line."""


class MiniRing(QWidget):
    """Up to three lines of name and birth date, and nothing more of who is not opened (rules R2)."""

    person_chosen = Signal(str)
    answered = Signal()
    enlarged = Signal()
    silenced = Signal()
    qualify_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._number = Text("", Role.SMALL, weight=600)
        self._line = Elided("", Role.SMALL, "tertiary")
        self._title = Text("", Role.FIGURE)
        self._rows = [_Row(number) for number in range(1, MOST + 1)]
        self._more = Text("", Role.SMALL, "secondary")
        self._answer = Button(say("Répondre"), icon="phone", key="F3", kind="primary", size="large")
        self._qualify = Button(say("Qualifier l’appel"), key="F4", kind="primary", size="large")
        self._large = Button(say("Grande fenêtre"), icon="maximize-2")
        self._large.setToolTip("F12")
        self._silence = Button(say("Silence"), icon="bell-off")
        self._connect()
        self._lay_out()

    def present(self, card: CallerCard, *, is_ringing: bool) -> None:
        """Show who may be calling."""
        self._number.setText(wording.number_words(card.call.number, card.call.number_kind))
        self._line.setText(card.call.queue_name)
        shown = _shown(card)
        self._title.setText(_title(card))
        for place, line in enumerate(self._rows):
            line.setVisible(place < len(shown))
            if place < len(shown):
                line.present(shown[place], is_only=len(shown) == 1 and not card.relatives)
        hidden = len(shown) - MOST
        self._more.setVisible(hidden > 0)
        self._more.setText(say("+ {count} dans la grande fenêtre").format(count=hidden))
        for button in (self._answer, self._silence):
            button.setVisible(is_ringing)
        self._qualify.setVisible(not is_ringing)

    def say_phone(self, phone: PhoneState) -> None:
        """Whether the call can be answered from here; if not, the button says why."""
        self._answer.setEnabled(phone.obeys)
        self._answer.setToolTip(trouble_words(phone.trouble))

    def say_key(self, name: str) -> None:
        """The key that answers while another program is in front, as Qt writes it; F3 where none does."""
        self._answer.set_key(cap(name or "F3"))

    def _connect(self) -> None:
        for line in self._rows:
            line.chosen.connect(self.person_chosen)
        for button, asked in (
            (self._answer, self.answered),
            (self._qualify, self.qualify_asked),
            (self._large, self.enlarged),
            (self._silence, self.silenced),
        ):
            button.clicked.connect(asked)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)

    def _lay_out(self) -> None:
        called = row(spacing=8, margins=(15, 0, 15, 0))
        called.addWidget(self._number)
        called.addWidget(self._line, 1)
        top = QWidget()
        top.setFixedHeight(35)
        top.setLayout(called)
        title = row(spacing=8, margins=(15, 12, 15, 10))
        title.addWidget(Icon("users-round", 18, "text.secondary"))
        title.addWidget(self._title, 1)
        lines = column()
        for part in (top, rule()):
            lines.addWidget(part)
        lines.addLayout(title)
        lines.addWidget(rule())
        for line in self._rows:
            lines.addWidget(line)
        lines.addLayout(self._asked())
        lines.addStretch(1)
        lines.addWidget(rule())
        lines.addLayout(self._foot())
        self.setLayout(lines)

    def _asked(self) -> QVBoxLayout:
        asked = column(spacing=3, margins=(15, 12, 15, 12))
        asked.addWidget(self._more)
        asked.addWidget(Text(say("À demander"), Role.CAPTION, "tertiary"))
        words = say("« Quels sont vos nom de naissance, prénom et date de naissance ? »")
        asked.addWidget(Text(words, weight=500).wrap())
        return asked

    def _foot(self) -> QVBoxLayout:
        foot = column(spacing=8, margins=(15, 12, 15, 13))
        foot.addWidget(self._answer)
        foot.addWidget(self._qualify)
        below = row(spacing=8)
        below.addWidget(self._large)
        below.addWidget(self._silence)
        foot.addLayout(below)
        return foot


class _Row(QFrame):
    chosen = Signal(str)

    def __init__(self, number: int) -> None:
        super().__init__()
        self._person = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._key = KeyCap(say("Alt {number}").format(number=number), height=22)
        self._name = Text("", Role.HEADING).wrap()
        self._name.setMinimumHeight(20)
        self._name.setSizePolicy(_as_many_lines_as_it_takes())
        self._born = Text("", Role.SMALL, "secondary")
        self._late = Tag(say("Rappel en retard"), icon="alarm-clock", kind="danger")
        self._doubt = Tag(say("À vérifier"), icon="shield-question-mark", kind="warning")
        words = column()
        words.addStretch(1)
        words.addWidget(self._name)
        self._below = row(spacing=8)
        self._below.addWidget(self._born)
        self._below.addStretch(1)
        words.addLayout(self._below)
        words.addStretch(1)
        line = row(spacing=8, margins=(15, 4, 15, 4))
        line.addWidget(self._key)
        line.addLayout(words, 1)
        self._beside = row(spacing=8)
        line.addLayout(self._beside)
        line.addWidget(Icon("chevron-right", 16, "text.tertiary"))
        inner = QWidget()
        inner.setMinimumHeight(ROW_HEIGHT)
        inner.setLayout(line)
        lines = column()
        lines.addWidget(inner)
        lines.addWidget(rule())
        self.setLayout(lines)

    def present(self, candidate: Candidate, *, is_only: bool) -> None:
        """Name, birth date and a late call back; a single one is to be verified."""
        self._person = candidate.person
        name = called(candidate.birth_name, candidate.first_given_name)
        self._name.setText(name)
        born = wording.small(wording.born(candidate.sex))
        self._born.setText(joined(" ", (born, wording.birth(candidate.birth_date))))
        discretion.name(self, name)
        self._late.setVisible(candidate.has_overdue_promise)
        self._doubt.setVisible(is_only)
        self._key.setVisible(not is_only)
        self._place_tags(self._name.fontMetrics().horizontalAdvance(name))

    def _place_tags(self, wide: int) -> None:
        """Beside a name so many pixels wide, or under it: a name gives way to nothing."""
        for tag in (self._late, self._doubt):
            is_beside = wide + tag.sizeHint().width() <= NAME_ROOM
            for line in (self._beside, self._below):
                line.removeWidget(tag)
            if is_beside:
                self._beside.addWidget(tag)
            else:
                self._below.insertWidget(1, tag)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the person, as Alt and the number do."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._person)


def _as_many_lines_as_it_takes() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


class MiniCaller(QWidget):
    """The open person: name, traits, and what must be known before speaking."""

    history_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        caption = Text("", Role.CAPTION, "tertiary")
        caption.set_rich(say("Nom de naissance, 1<sup>er</sup> prénom de naissance"))
        self._name = Elided("", Role.TITLE)
        self._name.setMinimumHeight(26)
        self._name.setFixedHeight(26)
        self._opened: Traits | None = None
        self._traits = Text("", Role.SMALL, "tertiary")
        theme.changed.connect(self._show_traits)
        self._verified = Tag()
        self._repeat = Tag(say("Recontact"), icon="repeat", kind="warning")
        self._history = Link(say("Historique"))
        self._history.setFixedHeight(22)
        self._history.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._history.clicked.connect(self.history_asked)
        words = column(margins=(15, 12, 15, 10))
        words.addWidget(caption)
        words.addWidget(self._name)
        words.addSpacing(2)
        words.addWidget(self._traits)
        tags = row(spacing=6, margins=(15, 0, 15, 10))
        tags.addWidget(self._verified)
        tags.addWidget(self._repeat)
        tags.addStretch(1)
        tags.addWidget(self._history)
        lines = column()
        lines.addLayout(words)
        lines.addLayout(tags)
        lines.addWidget(rule())
        self.setLayout(lines)

    def present(self, card: CallerCard) -> None:
        """Show the open person, or that nobody is."""
        opened = card.opened
        name = called(opened.birth_name, opened.first_given_name) if opened is not None else _title(card)
        self._name.setText(name)
        self._opened = opened
        self._show_traits()
        self._repeat.setVisible(card.repeat is not None)
        if card.verified_at is not None:
            self._verified.say(say("Appelant vérifié"), icon="shield-check", kind="success")
        else:
            self._verified.say(say("À vérifier"), icon="shield-question-mark", kind="warning")

    def _show_traits(self) -> None:
        """Their values have a colour of the theme."""
        self._traits.set_rich("" if self._opened is None else _traits(self._opened))


def _shown(card: CallerCard) -> tuple[Candidate, ...]:
    is_alone = card.opened is None and len(card.candidates) == 1 and not card.relatives
    return () if is_alone else card.candidates


def _title(card: CallerCard) -> str:
    if card.relatives:
        return warned_words(card.relatives)
    if card.is_known_elsewhere:
        return wording.known_elsewhere()
    count = len(_shown(card))
    return wording.possible_patients(count) if count else say("Appelant à identifier")


def _traits(traits: Traits) -> str:
    pairs = [
        (wording.born(traits.sex), wording.birth(traits.birth_date)),
        (say("Sexe"), wording.sex_word(traits.sex)),
    ]
    if traits.used_name and traits.used_name != traits.birth_name:
        pairs.insert(0, (say("Nom utilisé"), by_initials(traits.used_name)))
    ink = theme.colour("text.primary").name()
    value_words = f'{{label}} <span style="font-weight:600;color:{ink}">{{value}}</span>'
    return joined(
        "&nbsp;&nbsp; ",
        (filled(value_words, label=escape(label), value=altered(value, escape)) for label, value in pairs),
    )
