"""Beside a record read without a call: how often, what was promised, what is open (design 4.8)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.consent import Purpose
from app.domain.phone import display
from app.queries.caller_card import Repeat
from app.queries.glance import NextAppointment, OpenCase, PromiseInView
from app.queries.person_record import PersonRecord
from ui import wording
from ui.discretion import hidden, in_dots, joined
from ui.preference_words import choices_words, lifted_words, purpose_word
from ui.relative_words import count_words
from ui.task_words import since_words
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row
from ui.widgets.icon import Icon
from ui.widgets.scrolled import scrolled
from ui.widgets.text import Elided, Text, Tone

WIDTH = 304
_CAPTION = 110


class _Said(NamedTuple):
    """One line of a card: what, then about it; `icon` before both."""

    icon: str
    what: str
    about: str
    tone: Tone = "primary"


class RecordSide(QWidget):
    """« Relation », « À venir », « Demandes ouvertes », « Préférences et oppositions », « Proches ».

    A card without anything to say is away, but the last two: `preferences_asked` is « Modifier »,
    `relative_asked` « Comparer un proche », `comparison_asked` « Comparer le doublon possible ».
    """

    preferences_asked = Signal()
    relative_asked = Signal()
    comparison_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._relation, self._ahead = _Card(say("Relation")), _Card(say("À venir"))
        self._cases = _Card(say("Demandes ouvertes"))
        self._preferences = _Card(say("Préférences et oppositions"))
        self.change = Button(say("Modifier"), icon="shield-check", key=say("Ctrl P"))
        self.change.setAccessibleName(say("Modifier les préférences et oppositions"))
        self.change.clicked.connect(self.preferences_asked)
        self._preferences.end_with(self.change)
        self._relatives = _Card(say("Proches"))
        self.relative = Button(say("Comparer un proche"), icon="users", key=say("Ctrl Maj P"))
        self.relative.clicked.connect(self.relative_asked)
        self._relatives.end_with(self.relative)
        self.compare = Button(say("Comparer le doublon possible"), icon="merge")
        self.compare.clicked.connect(self.comparison_asked)
        self.compare.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        traced = Text(say("Ouvert par une recherche. Accès tracé."), Role.CAPTION, "tertiary", weight=400)
        inside = column(spacing=12)
        for part in (
            self._relation,
            self._ahead,
            self._cases,
            self._preferences,
            self._relatives,
            self.compare,
            traced.wrap(),
        ):
            inside.addWidget(part)
        inside.addStretch(1)
        around = column()
        around.addWidget(scrolled(inside))
        self.setLayout(around)
        self.setFixedWidth(WIDTH)

    def present(self, record: PersonRecord) -> None:
        """Show what is known of the person."""
        glance, now = record.glance, record.read_at
        self._relation.fill([_Fact(*pair) for pair in _relation(record)])
        dated = [(promise.due_at, _promise(promise, now)) for promise in glance.promises]
        if glance.appointment is not None:
            dated.append((glance.appointment.at, _appointment(glance.appointment)))
        self._ahead.fill([_Line(said) for _, said in sorted(dated)])
        self._cases.fill([_Line(_case(case, now)) for case in glance.open_cases])
        said = [_Fact(*pair) for pair in _preferences(record)]
        self._preferences.fill(said or [Text(say("Rien n’a été dit."), Role.SMALL, "secondary")])
        self._relatives.fill([Text(count_words(record.relatives), Role.SMALL, "secondary")])


class _Card(Card):
    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._lines = column(margins=(15, 8, 15, 8))
        self._inside: list[QWidget] = []
        self.body.addLayout(self._lines)

    def end_with(self, button: Button) -> None:
        """What may be done about it, as wide as the card."""
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot = row(margins=(15, 0, 15, 14))
        foot.addWidget(button, 1)
        self.body.addLayout(foot)

    def fill(self, parts: Sequence[QWidget]) -> None:
        for old in self._inside:
            self._lines.removeWidget(old)
            old.deleteLater()
        self._inside = list(parts)
        for part in parts:
            self._lines.addWidget(part)
        self.setVisible(bool(parts))


class _Fact(QWidget):
    def __init__(self, caption: str, value: str) -> None:
        super().__init__()
        said = Text(caption, Role.SMALL, "tertiary")
        said.setFixedWidth(_CAPTION)
        said.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = row(margins=(0, 4, 0, 4))
        line.addWidget(said)
        line.addWidget(Text(value, Role.SMALL, weight=600).wrap(), 1)
        self.setLayout(line)


class _Line(QWidget):
    def __init__(self, said: _Said) -> None:
        super().__init__()
        words = column()
        words.addWidget(Elided(said.what, Role.SMALL, said.tone, weight=600))
        words.addWidget(Elided(said.about, Role.SMALL, "secondary"))
        line = row(spacing=12, margins=(0, 6, 0, 6))
        line.addWidget(Icon(said.icon, 16, "text.secondary"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.setLayout(line)


def _relation(record: PersonRecord) -> list[tuple[str, str]]:
    """Caption and value of each fact."""
    last, now = record.glance.last, record.read_at
    contacts = (say("Contacts"), _contacts(record.contacts_total, record.repeat))
    if last is None:
        return [(say("Contacts"), say("Aucun"))]
    channel = wording.small(wording.channel_word(last.channel))
    return [contacts, (say("Dernier"), f"{wording.when(last.at, now)}, {channel}")]


def _contacts(total: int, repeat: Repeat | None) -> str:
    """« 14, dont 4 en 4 j »."""
    if repeat is None:
        return str(total)
    words = say("{total}, dont {count} en {days}\u00a0j")
    return words.format(total=total, count=repeat.contacts, days=repeat.days)


def _preferences(record: PersonRecord) -> list[tuple[str, str]]:
    """Each purpose of which something is said, then the numbers that said STOP."""
    said = {
        purpose: [(one.channel, one.choice.value) for one in record.preferences if one.purpose is purpose]
        for purpose in Purpose
    }
    spoken = [(purpose_word(purpose), choices_words(words)) for purpose, words in said.items() if words]
    stops = [
        (
            say("STOP reçu"),
            joined(", ", (in_dots(display(number)), wording.channel_word(channel), wording.day_of(at))),
        )
        for number, channel, at in record.stops
    ]
    lifted = [(say("STOP levé"), lifted_words(stop)) for stop in record.lifted_stops]
    return [*spoken, *stops, *lifted]


def _promise(promise: PromiseInView, now: datetime) -> _Said:
    is_late = promise.due_at < now
    at = wording.capital(wording.when(promise.due_at, now))
    what = say("{at}, en retard").format(at=at) if is_late else at
    about = joined(", ", (hidden(promise.what), promise.owner))
    return _Said("alarm-clock", what, about, "danger" if is_late else "primary")


def _appointment(appointment: NextAppointment) -> _Said:
    at = appointment.at
    day = f"{wording.capital(wording.weekday_of(at))} {wording.day_of(at)} {wording.clock(at)}"
    return _Said("calendar", day, ", ".join(filter(None, (appointment.title, appointment.clinician))))


def _case(case: OpenCase, now: datetime) -> _Said:
    since = since_words(case.opened_at, now)
    return _Said("inbox", wording.capital(case.title), ", ".join(filter(None, (case.service_name, since))))
