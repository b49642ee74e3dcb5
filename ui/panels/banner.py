"""The banner: a call that rings while somebody writes, in the place of the top bar (design 4.3)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.queries.caller_card import CallerCard, Candidate, Traits
from ui import wording
from ui.discretion import called, discretion, joined
from ui.refusal_words import trouble_words
from ui.relative_words import warned_words
from ui.theme import Role, theme
from ui.translate import counted, say
from ui.viewmodels.phone import PhoneState
from ui.widgets.button import Button
from ui.widgets.card import column, row
from ui.widgets.icon import Icon
from ui.widgets.key_cap import draw_key, key_width
from ui.widgets.tag import Tag
from ui.widgets.text import Text

HEIGHT = 56
TICK_MS = 1000
KEY_HEIGHT = 18
MOST_KEYS = 9


class Banner(QFrame):
    """As high as the top bar, so that nothing moves under the hand; its buttons take no focus."""

    answered = Signal()
    look_asked = Signal()
    silenced = Signal()

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._card: CallerCard | None = None
        self.setFixedHeight(HEIGHT)
        self.number = Text("", Role.HEADING)
        font = theme.font(Role.HEADING)
        font.setPixelSize(16)
        self.number.setFont(font)
        self.who, self.late = Tag(), Tag()
        self.since = Text("", Role.SMALL, "secondary")
        self.line = _Line()
        self.look = Button("")
        self._answer = Button(say("Répondre"), icon="phone", key="F3", kind="primary")
        self._phone = PhoneState()
        self._lay_out()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_since)

    def present(self, card: CallerCard) -> None:
        """Say who may be calling; never more than the rows of a shared number say (rules R2)."""
        self._card = card
        self.number.setText(wording.number_words(card.call.number, card.call.number_kind))
        late = _late(card)
        self.late.setVisible(bool(late))
        self.late.say(late, icon="alarm-clock", kind="danger")
        words, icon = _who(card)
        self.who.setVisible(bool(words))
        self.who.say(words, icon=icon, kind="warning")
        self.line.show_parts(_parts(card))
        self.look.setText(say("Voir les lignes") if _is_listed(card) else say("Voir la fiche"))
        self._show_phone()
        self._show_since()
        self._tick.start()

    def say_phone(self, phone: PhoneState) -> None:
        """Say whether the call can be answered from here; if not, the button says why."""
        self._phone = phone
        self._show_phone()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing ticks while it is not seen."""
        super().hideEvent(event)
        self._tick.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The colour of what rings, over a line of the same."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("accent.soft"))
        painter.setPen(QPen(theme.colour("accent.line"), 1))
        painter.drawLine(0, HEIGHT - 1, self.width(), HEIGHT - 1)

    def _show_phone(self) -> None:
        """What was only noted is gone to, whatever the phone."""
        rings = self._card is not None and not self._card.call.is_noted
        trouble = self._phone.trouble if rings else ""
        self._answer.setEnabled(not rings or self._phone.obeys)
        self._answer.setToolTip(trouble_words(trouble))

    def _show_since(self) -> None:
        card = self._card
        if card is None:
            return
        since = wording.since_words(card.call.rang_at, self._now())
        self.since.setText(say("sonne depuis {since}").format(since=since) if since else say("appel noté"))

    def _lay_out(self) -> None:
        head = row(spacing=8)
        for part in (self.number, self.who, self.late, self.since):
            head.addWidget(part)
        head.addStretch(1)
        words = column()
        words.addStretch(1)
        words.addLayout(head)
        words.addWidget(self.line)
        words.addStretch(1)
        line = row(spacing=12, margins=(20, 0, 20, 1))
        line.addWidget(Icon("phone-incoming", 18, "accent.text", disc=36, disc_ink="bg.surface"))
        line.addLayout(words, 1)
        for button in self._buttons():
            line.addWidget(button)
        self.setLayout(line)

    def _buttons(self) -> tuple[Button, ...]:
        silence = Button(say("Silence"), icon="bell-off")
        silence.clicked.connect(self.silenced)
        self.look.clicked.connect(self.look_asked)
        self._answer.clicked.connect(self.answered)
        buttons = (silence, self.look, self._answer)
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return buttons


class _Line(QWidget):
    """Keys and names on one line; what does not fit is counted at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[tuple[str, str], ...] = ()
        self.setFixedHeight(Role.SMALL.line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """All that it says."""
        return joined("  ", (joined(" ", part) for part in self._parts))

    def show_parts(self, parts: tuple[tuple[str, str], ...]) -> None:
        """Each is a key, or none, and words."""
        self._parts = parts
        discretion.name(self, self.text)
        discretion.follow(self)
        self.update()

    def dress_discreetly(self) -> None:
        """Paint the form that holds now."""
        self.update()

    def sizeHint(self) -> QSize:
        """Takes the width it is given."""
        return QSize(0, Role.SMALL.line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.colour("text.secondary"))
        left = 0.0
        for place, (key, words) in enumerate(self._parts):
            rest = f"+ {len(self._parts) - place}"
            if left and left + self._wide(key, words) + 40 > self.width():
                self._write(painter, left, rest)
                return
            if key:
                box = QRectF(left, 0, key_width(key), KEY_HEIGHT)
                draw_key(painter, box, key, ink="text.secondary", edge="border.subtle", fill="bg.surface")
                left += box.width() + 4
            left += self._write(painter, left, words) + 10

    def _wide(self, key: str, words: str) -> float:
        return (key_width(key) + 4 if key else 0) + self._metrics().horizontalAdvance(words)

    def _write(self, painter: QPainter, left: float, words: str) -> float:
        metrics = self._metrics()
        room = max(0.0, self.width() - left)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        told = discretion.shown(words)
        painter.drawText(QPointF(left, base), shown if told is words else told)
        return metrics.horizontalAdvance(shown)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(theme.font(Role.SMALL))


def _who(card: CallerCard) -> tuple[str, str]:
    if card.relatives:
        return warned_words(card.relatives), "users"
    if len(card.candidates) > 1:
        return wording.possible_patients(len(card.candidates)), "users-round"
    opened = card.opened
    if opened is None:
        return "", ""
    if opened.protection:
        return say("Dossier restreint"), "lock"
    if opened.doubt:
        return say("Identité à vérifier"), "circle-alert"
    if card.repeat is not None:
        return say("Recontact"), "repeat"
    return say("À vérifier"), "shield-question-mark"


def _is_listed(card: CallerCard) -> bool:
    """Whether nobody is opened by the number itself."""
    return len(card.candidates) > 1 or bool(card.relatives)


def _late(card: CallerCard) -> str:
    count = sum(candidate.has_overdue_promise for candidate in card.candidates)
    if not count:
        return ""
    return counted(
        count, one=say("{count}\u00a0rappel en retard"), many=say("{count}\u00a0rappels en retard")
    )


def _parts(card: CallerCard) -> tuple[tuple[str, str], ...]:
    if _is_listed(card):
        return tuple(_candidate(one, number) for number, one in enumerate(card.candidates, start=1))
    if card.opened is not None:
        return (("", _traits(card.opened)),)
    if card.is_known_elsewhere:
        return (("", wording.known_elsewhere()),)
    return (("", say("Personne n’est connu à ce numéro.")),)


def _candidate(candidate: Candidate, number: int) -> tuple[str, str]:
    key = say("Alt {number}").format(number=number) if number <= MOST_KEYS else ""
    born = wording.birth(candidate.birth_date)
    return key, joined(", ", (called(candidate.birth_name, candidate.first_given_name), born))


def _traits(traits: Traits) -> str:
    born = wording.born(traits.sex)
    name = called(traits.birth_name, traits.first_given_name)
    date = joined(" ", (f"{born[0].lower()}{born[1:]}", wording.birth(traits.birth_date)))
    return joined(", ", (name, date))
