"""« Relier à un autre appel »: calls without a name beside this one, none chosen beforehand (design 4.4)."""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.phone import display
from app.domain.words import Ending
from app.queries.linkable_calls import LinkableCall, Links
from ui.discretion import hidden, in_dots
from ui.theme import Role, theme
from ui.translate import counted, say
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row, rule
from ui.widgets.key_cap import KeyCap
from ui.widgets.late_keys import LateKeys
from ui.widgets.scrolled import scrolled
from ui.widgets.text import Elided, Text
from ui.wording import clock, duration, local, motive_label

ROW_HEIGHT = 50
_CAME, _LINK = 110, 80
_NOON = 12
_MOST_IN_LETTERS = 6
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SameCallerCard(Card):
    """A card in the place of the results; `linked` carries the contact chosen."""

    linked = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(say("Relier à un autre appel"))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.rows: list[_CallRow] = []
        self.header.addStretch(1)
        for key in ("↑", "↓"):
            self.header.addWidget(KeyCap(key))
        self.header.addWidget(Text(say("choisir, aucun choix par défaut"), Role.SMALL, "tertiary"))
        self.cancel = Button(say("Fermer"), key=say("Échap"), kind="ghost")
        self.cancel.clicked.connect(self.leave)
        self.cancel.installEventFilter(self)
        self._lines = column()
        self._scroll = scrolled(self._lines)
        self._lay_out()
        self.hide()

    def open(self, links: Links) -> None:
        """Show the calls; the keyboard is on none of them until the arrows choose one."""
        for old in self.rows:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [_CallRow(call) for call in links.others]
        for line in self.rows:
            line.linked.connect(self.linked)
            line.button.installEventFilter(self)
            self._lines.addWidget(line)
        self._scroll.setMaximumHeight(ROW_HEIGHT * len(self.rows))
        self._scroll.setMinimumHeight(min(2, len(self.rows)) * ROW_HEIGHT)
        self.setMaximumHeight(self.body.totalMaximumSize().height())
        self.show()
        self.cancel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Link nothing."""
        self.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From any of its buttons, the arrows go from call to call and Échap leaves."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = _STEPS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif step is not None and self.rows:
            self._choose(step)
        else:
            return False
        return True

    def _choose(self, step: int) -> None:
        held = self.window().focusWidget()
        places = [line.button is held for line in self.rows]
        here = places.index(True) if True in places else (-1 if step > 0 else len(places))
        there = min(max(here + step, 0), len(places) - 1)
        self.rows[there].button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(self.rows[there], 0, 0)

    def _lay_out(self) -> None:
        asked = Elided(
            say("Demandez à quelle heure et à quel sujet la personne a appelé."), Role.SMALL, "secondary"
        )
        asked.setFixedHeight(40)
        asked.setIndent(16)
        foot = QWidget()
        foot.setFixedHeight(60)
        line = row(spacing=8, margins=(16, 12, 16, 12))
        words = say("Dès que l’un des deux appels a un patient, l’autre l’a aussi.")
        line.addWidget(Elided(words, Role.SMALL, "secondary"), 1)
        line.addWidget(self.cancel)
        foot.setLayout(line)
        for part in (asked, self._scroll, rule(), foot):
            self.body.addWidget(part)


class _CallRow(QFrame):
    """One call: when and on which line, what became of it, what it was about."""

    linked = Signal(str)

    def __init__(self, call: LinkableCall) -> None:
        super().__init__()
        self.setFixedHeight(ROW_HEIGHT)
        self.setAccessibleName(f"{clock(call.at)}, {_line_of(call)}, {_about(call)}")
        self.button = Button(say("Relier"), size="small")
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setAccessibleDescription(self.accessibleName())
        self.button.clicked.connect(lambda: self.linked.emit(call.contact))
        LateKeys(self.button)
        came = _stacked(Text(clock(call.at), weight=600), Text(_whose(call), Role.CAPTION, "tertiary"))
        came.setFixedWidth(_CAME)
        line = row(spacing=12, margins=(16, 0, 16, 0))
        line.addWidget(came)
        line.addWidget(_said(_line_of(call), _fate(call)), 2)
        line.addWidget(_said(_about(call), hidden(call.note)), 3)
        line.addWidget(self.button)
        self.setLayout(line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        QPainter(self).fillRect(QRect(0, 0, self.width(), 1), theme.colour("border.subtle"))


def link_words(links: Links, now: datetime) -> str:
    """What the way out says: how many calls may be the same caller's, or the one this was linked to."""
    if links.linked is not None:
        about = motive_label(links.linked.motive)
        words = say("Relié à l’appel de {at}.").format(at=clock(links.linked.at))
        return f"{words} {about}" if about else words
    count = len(links.others)
    if count == 0:
        return say("Aucun autre appel d’aujourd’hui n’est sans patient.")
    is_morning = local(now).hour < _NOON
    if all(not call.number for call in links.others):
        one, many = _hidden_words(is_morning=is_morning)
    else:
        one, many = _any_words(is_morning=is_morning)
    words = counted(count, one=one, many=many)
    return words.replace(str(count), _in_letters(count), 1)


def _hidden_words(*, is_morning: bool) -> tuple[str, str]:
    if is_morning:
        return (
            say("{count} appel masqué de ce matin est sans patient. Même personne\u00a0?"),
            say("{count} appels masqués de ce matin sont sans patient. Même personne\u00a0?"),
        )
    return (
        say("{count} appel masqué d’aujourd’hui est sans patient. Même personne\u00a0?"),
        say("{count} appels masqués d’aujourd’hui sont sans patient. Même personne\u00a0?"),
    )


def _any_words(*, is_morning: bool) -> tuple[str, str]:
    if is_morning:
        return (
            say("{count} appel de ce matin est sans patient. Même personne\u00a0?"),
            say("{count} appels de ce matin sont sans patient. Même personne\u00a0?"),
        )
    return (
        say("{count} appel d’aujourd’hui est sans patient. Même personne\u00a0?"),
        say("{count} appels d’aujourd’hui sont sans patient. Même personne\u00a0?"),
    )


def _in_letters(count: int) -> str:
    """A sentence does not begin with a figure, as long as it is a small one."""
    words = (say("Un"), say("Deux"), say("Trois"), say("Quatre"), say("Cinq"), say("Six"))
    return words[count - 1] if count <= _MOST_IN_LETTERS else str(count)


def _whose(call: LinkableCall) -> str:
    return in_dots(display(call.number)) if call.number else say("Numéro masqué")


def _line_of(call: LinkableCall) -> str:
    return call.queue_name or say("Ligne directe")


def _fate(call: LinkableCall) -> str:
    if call.answered_at is None:
        return say("Raccroché sans réponse") if call.ending is not Ending.MISSED else say("Sans réponse")
    spoken = call.ended_at - call.answered_at if call.ended_at is not None else None
    span = duration(int(spoken.total_seconds())) if spoken is not None else say("en cours")
    return f"{call.agent}, {span}" if call.agent else span


def _about(call: LinkableCall) -> str:
    return motive_label(call.motive) or say("À qualifier")


def _said(words: str, below: str) -> QWidget:
    first = Elided(words, Role.SMALL, weight=500)
    return _stacked(first, Elided(below, Role.CAPTION, "tertiary")) if below else _stacked(first)


def _stacked(*parts: QWidget) -> QWidget:
    cell = QWidget()
    lines: QVBoxLayout = column()
    lines.addStretch(1)
    for part in parts:
        lines.addWidget(part)
    lines.addStretch(1)
    cell.setLayout(lines)
    return cell
