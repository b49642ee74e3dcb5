"""« Cette demande a été modifiée deux fois »: both versions, and what comes of a choice (09c)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QWidget

from ui.discretion import called, discretion, hidden, joined
from ui.panels.sending.words import outcome_word
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.conflict import ConflictPage, Side
from ui.widgets.button import Button
from ui.widgets.card import band, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.overlay import Overlay
from ui.widgets.radio import Radio
from ui.widgets.tag import Tag
from ui.widgets.text import Text
from ui.wording import birth, born, clock, motive_label, quoted, short_when, small

SIZE = QSize(980, 410)
_HEAD, _TITLES, _LINE, _FOOT = 64, 37, 56, 64
_CAPTION, _SIDE, _PAD = 116, 320, 12


class _Field:
    """One line: its caption, both values, and the tag that says that they are one."""

    def __init__(self, name: str, caption: str, sides: tuple[Side, ...]) -> None:
        self.name = name
        self.caption = Text(caption, Role.SMALL, "secondary", weight=500)
        self.same = Text("", Role.SMALL, weight=500)
        self.same.setContentsMargins(_PAD, 0, 0, 0)
        self.tag = Tag(say("Identique"), icon="check", kind="success")
        self.radios = {side: Radio(is_ground=side is not Side.BOTH) for side in sides}
        self.group = QButtonGroup()
        for radio in self.radios.values():
            self.group.addButton(radio)

    def present(self, mine: str, theirs: str, *, is_same: bool, side: Side) -> None:
        """Both values, or the one that is the same."""
        self.same.setText(mine or "–")
        self.same.setVisible(is_same)
        self.tag.setVisible(is_same)
        words = {Side.MINE: mine or "–", Side.THEIRS: theirs or "–", Side.BOTH: say("Garder les deux")}
        can_both = bool(mine and theirs)
        for each, radio in self.radios.items():
            radio.setText(words[each])
            discretion.name(radio, joined(", ", (self.caption.text(), words[each])))
            radio.setVisible(not is_same and (each is not Side.BOTH or can_both))
            radio.setChecked(each is side)


class ConflictCard(Overlay):
    """`chosen` tells a field and a side; Ctrl+Entrée applies, Échap leaves it for later."""

    chosen = Signal(str, object)
    whole_asked = Signal(object)
    applied = Signal()

    def __init__(self, host: QWidget, *, now: Callable[[], datetime]) -> None:
        super().__init__(host, size=SIZE)
        self._now = now
        self._who = Text("", Role.SMALL, "secondary")
        self._mine, self._theirs = (Text("", Role.CAPTION, "secondary", weight=500) for _ in range(2))
        for title in (self._mine, self._theirs):
            title.setContentsMargins(_PAD, 0, 0, 0)
        pair = (Side.MINE, Side.THEIRS)
        self.fields = (
            _Field("motive", say("Motif"), pair),
            _Field("status", say("Statut"), pair),
            _Field("note", say("Note"), (*pair, Side.BOTH)),
        )
        self.outcome = Text("", Role.SMALL, "accent")
        self.outcome.setWordWrap(True)
        self.keep_mine = Button(say("Garder ma version"))
        self.keep_theirs = Button(say("Garder celle du serveur"))
        self.apply = Button(say("Appliquer ce choix"), key=say("Ctrl Entrée"), kind="primary")
        self._lay_out()
        self._connect()

    def present(self, page: ConflictPage) -> None:
        """Show both versions and what the choice would do."""
        now, mine, theirs = self._now(), page.mine, page.theirs
        name = called(theirs.birth_name, theirs.first_given_name)
        date = joined(" ", (small(born(theirs.sex)), birth(theirs.birth_date))) if theirs.birth_date else ""
        self._who.setText(joined(", ", (name, date)))
        self._mine.setText(say("Votre saisie, à {at}").format(at=clock(page.made_at)))
        at = clock(theirs.logged_at) if theirs.logged_at is not None else "–"
        self._theirs.setText(say("Serveur, {name} à {at}").format(name=theirs.by_name, at=at))
        motive, status, note = self.fields
        labels = motive_label(mine.motive), motive_label(theirs.motive)
        motive.present(*labels, is_same=page.is_same_motive, side=page.motive)
        states = _my_status(page, now), _their_status(page, now)
        status.present(*states, is_same=page.is_same_status, side=page.status)
        note.present(_quoted(mine.note), _quoted(theirs.note), is_same=page.is_same_note, side=page.note)
        self.outcome.setText(result_words(page, now))

    def open_now(self) -> None:
        """Come up with the keyboard on the first choice there is."""
        radios = [radio for field in self.fields for radio in field.radios.values()]
        first = next((one for one in radios if not one.isHidden() and one.isChecked()), self.apply)
        self.open_over(first)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own signature
        """Tab goes round the card: one place for each line, then the buttons."""
        stops: list[QWidget] = []
        for field in self.fields:
            shown = [one for one in field.radios.values() if not one.isHidden()]
            stops += [one for one in shown if one.isChecked()] or shown[:1]
        stops += [self.keep_mine, self.keep_theirs, self.apply]
        here = self.window().focusWidget()
        at = stops.index(here) if here in stops else -1
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _connect(self) -> None:
        for field in self.fields:
            for side, radio in field.radios.items():
                radio.clicked.connect(lambda _=False, f=field.name, s=side: self.chosen.emit(f, s))
        self.keep_mine.clicked.connect(lambda: self.whole_asked.emit(Side.MINE))
        self.keep_theirs.clicked.connect(lambda: self.whole_asked.emit(Side.THEIRS))
        self.apply.clicked.connect(self.applied)
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self.applied)

    def _lay_out(self) -> None:
        lines = column(margins=(1, 1, 1, 1))
        for part in (band(self._head(), _HEAD), rule(), self._titles(), rule()):
            lines.addWidget(part)
        for field in self.fields:
            lines.addWidget(_line(field))
            lines.addWidget(rule())
        told = QFrame()
        told.setProperty("surface", "told")
        words = row(spacing=8, margins=(20, 10, 20, 10))
        words.addWidget(Icon("info", 16, "accent.text"))
        words.addWidget(self.outcome, 1)
        told.setLayout(words)
        lines.addWidget(told, 1)
        lines.addWidget(rule())
        lines.addWidget(band(self._foot(), _FOOT))
        self.card.setLayout(lines)

    def _head(self) -> QHBoxLayout:
        words = column()
        words.addStretch(1)
        words.addWidget(Text(say("Cette demande a été modifiée deux fois"), Role.HEADING))
        words.addWidget(self._who)
        words.addStretch(1)
        away = Button(icon="x", kind="ghost", size="small")
        away.setAccessibleName(say("Fermer"))
        away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        away.clicked.connect(self.leave)
        line = row(spacing=12, margins=(20, 0, 20, 0))
        line.addWidget(Icon("git-compare", 20, "text.secondary"))
        line.addLayout(words, 1)
        line.addWidget(away)
        return line

    def _titles(self) -> QWidget:
        caption = Text(say("Champ"), Role.CAPTION, "secondary", weight=500)
        holder = QWidget()
        holder.setFixedHeight(_TITLES)
        holder.setLayout(_columns(caption, self._mine, self._theirs, QWidget()))
        return holder

    def _foot(self) -> QHBoxLayout:
        line = row(spacing=12, margins=(20, 0, 20, 0))
        line.addWidget(Text(say("Les deux versions restent dans le journal."), Role.SMALL, "secondary"), 1)
        for button in (self.keep_mine, self.keep_theirs, self.apply):
            line.addWidget(button)
        return line


def result_words(page: ConflictPage, now: datetime) -> str:
    """What applying does, in one sentence: « Résultat : Répondu par Hugo Lambert, … »."""
    is_mine = page.status is Side.MINE and not page.is_same_status
    status = _my_status(page, now) if is_mine else _their_status(page, now)
    by = say("par vous") if is_mine else say("par {name}").format(name=page.theirs.by_name)
    parts = [f"{status} {by}", _note_words(page), _promise_words(page, now, is_mine=is_mine)]
    return say("Résultat\u00a0: {parts}.").format(parts=", ".join(filter(None, parts)))


def _note_words(page: ConflictPage) -> str:
    if page.is_same_note:
        return ""
    return {
        Side.BOTH: say("les deux notes sont gardées"),
        Side.MINE: say("votre note est gardée"),
        Side.THEIRS: say("la note de {name} est gardée").format(name=page.theirs.by_name),
    }[page.note]


def _promise_words(page: ConflictPage, now: datetime, *, is_mine: bool) -> str:
    mine, theirs = page.mine.commitment, page.theirs.due_at
    if is_mine and theirs is not None:
        words = say("le rappel promis pour {at} par {name} reste à faire")
        return words.format(at=short_when(theirs, now), name=page.theirs.by_name)
    if not is_mine and mine is not None:
        return say("votre rappel de {at} n’est pas promis").format(at=clock(mine.due_at))
    return ""


def _my_status(page: ConflictPage, now: datetime) -> str:
    promise = page.mine.commitment
    return _status(outcome_word(page.mine.outcome), None if promise is None else promise.due_at, now)


def _their_status(page: ConflictPage, now: datetime) -> str:
    return _status(outcome_word(page.theirs.outcome), page.theirs.due_at, now)


def _status(words: str, due_at: datetime | None, now: datetime) -> str:
    if due_at is None:
        return words
    return say("{status}, rappel {at}").format(status=words, at=short_when(due_at, now))


def _quoted(note: str) -> str:
    return quoted(hidden(" ".join(note.split()))) if note else ""


def _columns(*parts: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(20, 0, 8, 0)
    grid.setSpacing(0)
    for at, (part, width) in enumerate(zip(parts, (_CAPTION, _SIDE, _SIDE, 0), strict=True)):
        grid.addWidget(part, 0, at)
        if width:
            grid.setColumnMinimumWidth(at, width)
    grid.setColumnStretch(3, 1)
    return grid


def _line(field: _Field) -> QWidget:
    mine = QWidget()
    first = row()
    first.addWidget(field.same)
    first.addWidget(field.radios[Side.MINE], 1)
    mine.setLayout(first)
    last = QWidget()
    third = row(margins=(_PAD - 12, 0, 0, 0))
    third.addWidget(field.tag)
    if Side.BOTH in field.radios:
        third.addWidget(field.radios[Side.BOTH], 1)
    third.addStretch(0)
    last.setLayout(third)
    holder = QWidget()
    holder.setMinimumHeight(_LINE)
    holder.setLayout(_columns(field.caption, mine, field.radios[Side.THEIRS], last))
    return holder
