"""« Comparer deux dossiers »: traits side by side, what may be taken of either, and the decision (07b)."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QWidget

from app.domain.phone import display
from ui.discretion import discretion, filled, in_dots, joined
from ui.panels.comparison.words import (
    caption_words,
    choice_words,
    detail_words,
    joined_words,
    likeness_words,
    number_words,
    phase_words,
    status_words,
    stop_words,
    tag_words,
    title_words,
    trait_words,
    warned_words,
)
from ui.preference_words import purpose_word
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.comparison import Comparison
from ui.viewmodels.double_pair import Compared, Detail, Pair
from ui.widgets.button import Button
from ui.widgets.card import band, clear, column, row, rule, section_band
from ui.widgets.icon import Icon
from ui.widgets.overlay import Overlay
from ui.widgets.radio import Radio
from ui.widgets.scrolled import scrolled
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text
from ui.widgets.tick_box import TickBox
from ui.wording import channel_word, small

SIZE = QSize(1080, 734)
_HEAD, _TITLES, _SECTION, _LINE, _FOOT = 60, 36, 30, 35, 64
_FIELD, _SIDE, _PAD = 200, 355, 12


class ComparisonCard(Overlay):
    """One pair at a time; Ctrl+Entrée decides once the tick is set, Échap leaves all as it was."""

    def __init__(self, host: QWidget, comparison: Comparison) -> None:
        super().__init__(host, size=SIZE)
        self._comparison = comparison
        self._shown: tuple[str, str] = ("", "")
        self._groups: list[QButtonGroup] = []
        self.radios: dict[Detail, tuple[Radio, Radio]] = {}
        self.likeness = Tag()
        self.next = Button("", icon="arrow-right", kind="ghost", size="small", key=say("Ctrl →"))
        self._told = Text("", Role.SMALL, "accent")
        self._kept, self._other = (Text("", Role.CAPTION, "secondary", weight=500) for _ in range(2))
        self._lines = column()
        self.table = scrolled(self._lines)
        self.joined, self.back, self.warned = (Text("", Role.BODY, weight=500).wrap() for _ in range(3))
        self.tick = TickBox(say("Appelant vérifié, traits comparés"))
        self.reject = Button(say("Ce ne sont pas les mêmes"))
        self.propose = Button(say("Signaler à l’identitovigilance"))
        self.merge = Button(say("Regrouper"), icon="merge", key=say("Ctrl Entrée"), kind="primary")
        self.part = Button(say("Séparer ces dossiers"))
        self._lay_out()
        self._connect()

    def open_now(self) -> None:
        """Come up at once, before the server answered: nothing takes the keyboard later."""
        self.present()
        self.open_over(self.table)

    def present(self) -> None:
        """Show where the comparison is."""
        pair = self._comparison.pair
        if pair is None:
            self._say(phase_words(self._comparison.phase))
            return
        shown = (pair.kept.person, pair.other.person)
        if shown != self._shown:
            self._shown = shown
            self._lay_side_by_side(pair)
        for detail, radios in self.radios.items():
            radios[detail in pair.taken].setChecked(True)
        self._present_decision(pair)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own signature
        """Tab goes round the card: the table, one place for each choice, then the decision."""
        chosen = [one for pair in self.radios.values() for one in pair if one.isChecked()]
        acts = (self.next, self.tick, self.reject, self.propose, self.part, self.merge)
        stops: list[QWidget] = [self.table, *chosen]
        stops += [one for one in acts if not one.isHidden() and one.isEnabled()]
        here = self.window().focusWidget()
        at = stops.index(here) if here in stops else -1
        stops[(at + (1 if next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _say(self, words: str) -> None:
        """Nobody to compare with, or not yet."""
        self._shown = ("", "")
        self._clear()
        line = row(margins=(16, 24, 16, 24))
        line.addWidget(Text(words, tone="secondary"), 1)
        holder = QWidget()
        holder.setLayout(line)
        self._lines.addWidget(holder)
        self._lines.addStretch(1)
        for part in (self.likeness, self.next, self.tick, self.reject, self.propose, self.merge, self.part):
            part.hide()
        for text in (self._kept, self._other, self.joined, self.back, self.warned):
            text.setText("")
        self._outcome.hide()

    def _present_decision(self, pair: Pair) -> None:
        """What may be done with this pair by who sits here."""
        view = self._comparison
        number, total = view.place
        self.next.setText(say("Suivant, {number} sur {total}").format(number=number, total=total))
        self.next.setVisible(total > 1)
        self.tick.setChecked(pair.is_ticked)
        self.tick.setVisible(not pair.is_merged)
        self.reject.setVisible(view.can_decide and not pair.is_merged)
        self.propose.setVisible(view.can_decide and not pair.is_merged)
        self.propose.setEnabled(view.can_propose)
        self.part.setVisible(view.can_decide and pair.is_merged)
        self.merge.say(say("Regrouper") if view.can_decide else say("Proposer de regrouper"), icon="merge")
        self.merge.setVisible(not pair.is_merged)
        self.merge.setEnabled(view.can_merge if view.can_decide else view.can_propose)

    def _lay_side_by_side(self, pair: Pair) -> None:
        kept, other = pair.kept.traits, pair.other.traits
        self._kept.setText(title_words(say("Dossier conservé"), kept.ipp))
        self._other.setText(
            title_words(say("Déjà regroupé") if pair.is_merged else say("Doublon"), other.ipp)
        )
        words, kind = likeness_words(pair)
        self.likeness.say(words, icon="gauge", kind=kind)
        self.likeness.show()
        self._clear()
        self._section(say("Traits stricts, non modifiables ici"))
        for name, one, another, compared in pair.traits[:5]:
            self._line(caption_words(name), trait_words(name, one), trait_words(name, another), compared)
        statuses = status_words(pair.kept), status_words(pair.other)
        self._line(say("Statut d’identité"), *statuses, pair.status)
        name, one, another, compared = pair.traits[5]
        self._line(caption_words(name), trait_words(name, one), trait_words(name, another), compared)
        self._section(say("À choisir"))
        numbers = number_words(pair.kept), number_words(pair.other)
        self._line(say("Téléphones, tous gardés"), *numbers, pair.numbers)
        self._refusals(pair)
        self._choice(pair, Detail.PREFERRED, say("Canal préféré"))
        self._choice(pair, Detail.POSTCODE, say("Code postal"))
        self._lines.addStretch(1)
        self._outcome.show()
        self.joined.setText(joined_words(pair))
        self.back.setText(say("À tout moment, par un référent"))
        warned = warned_words(pair.likeness)
        self.warned.setText(warned)
        self._warning.setVisible(bool(warned))
        self.table.verticalScrollBar().setValue(0)

    def _refusals(self, pair: Pair) -> None:
        """What is said of sendings: the strictest holds, and nobody chooses (rules R16)."""
        for said in pair.said:
            caption = f"{purpose_word(said.purpose)}, {small(channel_word(said.channel))}"
            self._line(caption, choice_words(said.kept), choice_words(said.other), said.compared)
        for stop in pair.stopped:
            caption = filled(say("STOP, {number}"), number=in_dots(display(stop.number)))
            self._line(
                caption,
                stop_words(stop.channel, stop.kept),
                stop_words(stop.channel, stop.other),
                stop.compared,
            )

    def _clear(self) -> None:
        self._groups.clear()
        self.radios.clear()
        clear(self._lines)

    def _section(self, words: str) -> None:
        self._lines.addWidget(section_band(words, height=_SECTION, indent=16))

    def _line(self, caption: str, kept: str, other: str, compared: Compared) -> None:
        self._add(caption, _value(kept), _value(other), compared)

    def _choice(self, pair: Pair, detail: Detail, caption: str) -> None:
        """Two radios, unless both say the same or a merge was decided."""
        compared = pair.detail(detail)
        values = detail_words(pair.kept, detail), detail_words(pair.other, detail)
        if compared is Compared.SAME or pair.is_merged:
            self._line(caption, *values, compared)
            return
        group = QButtonGroup(self)
        kept, other = (_radio(caption, value, group) for value in values)
        self._groups.append(group)
        kept.clicked.connect(lambda: self._comparison.take(detail, of_other=False))
        other.clicked.connect(lambda: self._comparison.take(detail, of_other=True))
        self.radios[detail] = (kept, other)
        self._add(caption, kept, other, compared)

    def _add(self, caption: str, kept: QWidget, other: QWidget, compared: Compared) -> None:
        words, icon, kind = tag_words(compared)
        tag = row(margins=(_PAD, 0, 0, 0))
        tag.addWidget(Tag(words, icon=icon, kind=kind))
        tag.addStretch(1)
        last = QWidget()
        last.setLayout(tag)
        named = Text("", Role.SMALL, "secondary", weight=500)
        named.set_rich(caption)
        holder = QWidget()
        holder.setFixedHeight(_LINE)
        holder.setLayout(_columns(named, kept, other, last))
        self._lines.addWidget(holder)
        self._lines.addWidget(rule())

    def _connect(self) -> None:
        view = self._comparison
        self.next.clicked.connect(lambda: view.step(1))
        self.tick.clicked.connect(lambda: view.tick(is_ticked=self.tick.isChecked()))
        self.reject.clicked.connect(view.reject)
        self.propose.clicked.connect(view.propose)
        self.part.clicked.connect(view.part)
        self.merge.clicked.connect(view.merge)
        for keys, then in (
            ("Ctrl+Return", view.merge),
            ("Ctrl+Right", lambda: view.step(1)),
            ("Ctrl+Left", lambda: view.step(-1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(then)

    def _lay_out(self) -> None:
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.table.setAccessibleName(say("Comparer deux dossiers"))
        lines = column(margins=(1, 1, 1, 1))
        for part in (band(self._head(), _HEAD), rule(), self._notice(), self._titles(), rule()):
            lines.addWidget(part)
        lines.addWidget(self.table, 1)
        self._outcome = self._consequence()
        for part in (rule(), self._outcome, rule(), band(self._foot(), _FOOT)):
            lines.addWidget(part)
        self.card.setLayout(lines)

    def _head(self) -> QHBoxLayout:
        away = Button(icon="x", kind="ghost", size="small")
        away.setAccessibleName(say("Fermer"))
        away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        away.clicked.connect(self.leave)
        line = row(spacing=12, margins=(20, 0, 20, 0))
        line.addWidget(Icon("merge", 20, "text.secondary"))
        line.addWidget(Text(say("Comparer deux dossiers"), Role.HEADING), 1)
        for part in (self.next, self.likeness, away):
            line.addWidget(part)
        return line

    def _notice(self) -> QFrame:
        told = QFrame()
        told.setProperty("surface", "told")
        self._told.setText(
            say(
                "Seuls les contacts de la console sont regroupés. La fusion d’identité dans le dossier "
                "patient reste faite par la cellule d’identitovigilance."
            )
        )
        self._told.setWordWrap(True)
        words = row(spacing=8, margins=(20, 10, 20, 10))
        words.addWidget(Icon("info", 16, "accent.text"))
        words.addWidget(self._told, 1)
        told.setLayout(words)
        return told

    def _titles(self) -> QWidget:
        for title in (self._kept, self._other):
            title.setContentsMargins(_PAD, 0, 0, 0)
        last = Text(say("Comparaison"), Role.CAPTION, "secondary", weight=500)
        last.setContentsMargins(_PAD, 0, 0, 0)
        holder = QWidget()
        holder.setFixedHeight(_TITLES)
        self.table.verticalScrollBar().rangeChanged.connect(self._align_titles)
        first = Text(say("Champ"), Role.CAPTION, "secondary", weight=500)
        holder.setLayout(_columns(first, self._kept, self._other, last))
        self._title_row = holder
        return holder

    def _align_titles(self, _least: int, most: int) -> None:
        """They stand over their columns, with or without a scroll bar."""
        width = self.table.verticalScrollBar().sizeHint().width() if most else 0
        self._title_row.setContentsMargins(0, 0, width, 0)

    def _consequence(self) -> QWidget:
        line = row(spacing=24, margins=(20, 12, 20, 14))
        made = [
            _captioned(caption, text)
            for caption, text in (
                (say("Ce qui sera regroupé"), self.joined),
                (say("Annulation possible"), self.back),
                (say("À regarder"), self.warned),
            )
        ]
        for part in made:
            line.addWidget(part, 1)
        self._warning = made[-1]
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _foot(self) -> QHBoxLayout:
        line = row(spacing=12, margins=(16, 0, 20, 0))
        line.addWidget(self.tick)
        line.addStretch(1)
        for button in (self.reject, self.propose, self.part, self.merge):
            line.addWidget(button)
        return line


def _radio(caption: str, value: str, group: QButtonGroup) -> Radio:
    made = Radio(value or say("Non renseigné"), is_ground=True)
    discretion.name(made, joined(", ", (caption, made.told)))
    group.addButton(made)
    return made


def _value(words: str) -> QWidget:
    tone, weight = ("primary", 500) if words else ("tertiary", 400)
    line = row(margins=(_PAD, 0, _PAD, 0))
    line.addWidget(Elided(words or say("Non renseigné"), Role.SMALL, tone, weight=weight), 1)
    holder = QWidget()
    holder.setLayout(line)
    return holder


def _captioned(caption: str, text: Text) -> QWidget:
    words = column()
    words.addWidget(Text(caption, Role.CAPTION, "tertiary"))
    words.addWidget(text)
    words.addStretch(1)
    holder = QWidget()
    holder.setLayout(words)
    return holder


def _columns(*parts: QWidget) -> QGridLayout:
    """Field, the one, the other, how they compare; on a narrow window the values give way."""
    grid = QGridLayout()
    grid.setContentsMargins(16, 0, 0, 0)
    grid.setSpacing(0)
    for at, part in enumerate(parts):
        grid.addWidget(part, 0, at)
    grid.setColumnMinimumWidth(0, _FIELD - 16)
    for at, share in ((1, _SIDE), (2, _SIDE), (3, 169)):
        grid.setColumnStretch(at, share)
    return grid
