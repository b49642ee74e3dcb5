"""« Identités à trancher »: pairs that were signalled, and what came to two records while they were one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.words import Channel, Direction
from app.queries.doubles import SignalledPair, ToDecide, ToSort
from ui.discretion import altered, by_initials, discretion, filled, hidden, joined
from ui.refusal_words import refusal_words
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.triage import Triage
from ui.widgets.button import Button
from ui.widgets.card import clear, column, row, rule, section_band
from ui.widgets.icon import Icon
from ui.widgets.overlay import Overlay
from ui.widgets.scrolled import scrolled
from ui.widgets.text import Elided, Text
from ui.wording import channel_icon, channel_word, when

SIZE = QSize(880, 560)
_HEAD, _SECTION = 60, 30
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class TriageCard(Overlay):
    """`compare_asked` carries a person; the arrows and Tab go from one button to the next, Entrée presses."""

    compare_asked = Signal(str)

    def __init__(self, host: QWidget, triage: Triage, *, now: Callable[[], datetime]) -> None:
        super().__init__(host, size=SIZE)
        self._triage, self._now = triage, now
        self.buttons: list[Button] = []
        self._lines = column()
        self.list = scrolled(self._lines)
        self._lay_out()

    def open_now(self) -> None:
        """Come up at once, before the server answered."""
        self.present()
        self.open_over(self.list)

    def present(self) -> None:
        """Show what waits; the keyboard stays on the line where it was, if there is still one."""
        here = self.window().focusWidget()
        at = self.buttons.index(here) if isinstance(here, Button) and here in self.buttons else -1
        self._clear()
        found = self._triage.state
        if self._triage.is_cut:
            self._say(refusal_words("needs_server"))
        elif found is None:
            self._say(say("Lecture de ce qui attend…"))
        else:
            self._fill(found)
        self._lines.addStretch(1)
        if at >= 0:
            (self.buttons[min(at, len(self.buttons) - 1)] if self.buttons else self.list).setFocus()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own signature
        """Tab goes from one button to the next, round the card."""
        return self._step(1 if next else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go as Tab does, Entrée presses, Échap closes."""
        here = self.window().focusWidget()
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self._step(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(here, Button):
            here.click()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> bool:
        here = self.window().focusWidget()
        if self.buttons:
            at = self.buttons.index(here) if isinstance(here, Button) and here in self.buttons else -1
            to = self.buttons[(at + by) % len(self.buttons)] if at >= 0 else self.buttons[0]
            to.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.ensureWidgetVisible(to)
        return True

    def _fill(self, found: ToDecide) -> None:
        if not found.signalled and not found.to_sort:
            self._say(say("Rien n’attend."))
        if found.to_sort:
            self._section(say("À rattacher, depuis la séparation de deux dossiers"))
        for item in found.to_sort:
            self._sort(item)
        if found.signalled:
            self._section(say("Doublons signalés"))
        for pair in found.signalled:
            self._signalled(pair)

    def _sort(self, item: ToSort) -> None:
        """Both names; the one who has it now is said, and either may be chosen."""
        channel = Channel(item.channel) if item.channel else Channel.PHONE
        direction = Direction(item.direction) if item.direction else Direction.OUTBOUND
        at = "" if item.at is None else when(item.at, self._now())
        what = filled(say("Promesse, {what}"), what=hidden(item.what)) if item.what else channel_word(channel)
        names = dict(zip((item.person, item.was), _told_apart(item.names), strict=True))
        about = filled(say("Noté chez {name}"), name=names[item.held_by]) if item.held_by in names else ""
        chosen: list[Button] = []
        for person, name in names.items():
            words = say("Laisser à {name}") if person == item.held_by else say("Donner à {name}")
            button = Button(filled(words, name=altered(name, _safe)), size="small")
            button.clicked.connect(partial(self._triage.settle, item, person))
            chosen.append(button)
        icon = "alarm-clock" if item.what else channel_icon(channel, direction)
        self._line(icon, joined(", ", (what, at)), about, chosen)

    def _signalled(self, pair: SignalledPair) -> None:
        compare = Button(say("Comparer"), icon="merge", size="small")
        names = joined(", ", map(by_initials, pair.names))
        discretion.name(compare, filled(say("Comparer {names}"), names=names))
        compare.clicked.connect(partial(self.compare_asked.emit, pair.person))
        about = when(pair.signalled_at, self._now())
        self._line("users-round", names, about, [compare])

    def _line(self, icon: str, what: str, about: str, buttons: list[Button]) -> None:
        words = column()
        words.addWidget(Elided(what, Role.SMALL, weight=600))
        words.addWidget(Elided(about, Role.SMALL, "secondary"))
        line = row(spacing=12, margins=(20, 8, 20, 8))
        line.addWidget(Icon(icon, 16, "text.secondary"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        for button in buttons:
            button.setAutoRepeat(False)
            line.addWidget(button)
        self.buttons += buttons
        holder = QWidget()
        holder.setLayout(line)
        self._lines.addWidget(holder)
        self._lines.addWidget(rule())

    def _say(self, words: str) -> None:
        said = Text(words, tone="secondary")
        said.setContentsMargins(20, 20, 20, 20)
        self._lines.addWidget(said)

    def _section(self, words: str) -> None:
        self._lines.addWidget(section_band(words, height=_SECTION, indent=20))

    def _clear(self) -> None:
        self.buttons = []
        clear(self._lines)

    def _lay_out(self) -> None:
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.setAccessibleName(say("Identités à trancher"))
        away = Button(icon="x", kind="ghost", size="small")
        away.setAccessibleName(say("Fermer"))
        away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        away.clicked.connect(self.leave)
        head = row(spacing=12, margins=(20, 0, 20, 0))
        head.addWidget(Icon("users-round", 20, "text.secondary"))
        head.addWidget(Text(say("Identités à trancher"), Role.HEADING), 1)
        head.addWidget(away)
        band = QWidget()
        band.setFixedHeight(_HEAD)
        band.setLayout(head)
        lines = column(margins=(1, 1, 1, 1))
        for part in (band, rule()):
            lines.addWidget(part)
        lines.addWidget(self.list, 1)
        self.card.setLayout(lines)


def _told_apart(names: tuple[str, str]) -> tuple[str, str]:
    """Two records of one name are told apart by which of them was merged into the other."""
    first, second = names
    if first != second:
        return by_initials(first), by_initials(second)
    parted, kept = say("{name} (séparé)"), say("{name} (conservé)")
    return filled(parted, name=by_initials(first)), filled(kept, name=by_initials(second))


def _safe(words: str) -> str:
    """A button takes what stands after « & » for its key."""
    return words.replace("&", "&&")
