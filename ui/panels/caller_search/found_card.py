"""The card of what a search found: its warning, its rows, and the one that is chosen."""

from collections import Counter
from datetime import datetime

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.motives import plain
from app.queries.person_search import FoundPerson, FoundPersons
from ui.panels.caller_search.found_rows import ROW_HEIGHT, FoundRow, head
from ui.theme import Role, theme
from ui.translate import counted, say
from ui.viewmodels.person_search import Reach
from ui.widgets.button import Link
from ui.widgets.card import Card, column, row
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.late_keys import LateKeys
from ui.widgets.scrolled import scrolled
from ui.widgets.text import Text

BESIDE_WARNING = 58


class FoundCard(Card):
    """What was found; a long list scrolls, so that the ways out stay in view."""

    attached = Signal(str)
    widened = Signal()
    glass_asked = Signal()

    def __init__(self, act: str) -> None:
        super().__init__(" ")
        self._act = act
        self.body.setContentsMargins(0, 0, 0, 0)
        self.rows: list[FoundRow] = []
        self._late = LateKeys(self)
        self._hint = Text("", Role.SMALL, "tertiary")
        self._keys = (KeyCap("↑"), KeyCap("↓"), self._hint)
        self.reach = Text("", Role.SMALL, "tertiary")
        self.widen = Link(say("Chercher dans tout l’établissement"))
        self.widen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widen.clicked.connect(self.widened)
        self.glass = Link(say("Dossier protégé…"))
        self.glass.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.glass.clicked.connect(self.glass_asked)
        self.header.addWidget(self.reach)
        self.header.addWidget(self.widen)
        self.header.addWidget(self.glass)
        self.header.addStretch(1)
        for part in self._keys:
            self.header.addWidget(part)
        self.warning = _Warning()
        self.none = Text(
            say("Faites épeler le nom et répéter la date, ou créez un contact provisoire."), tone="secondary"
        )
        self.none.setFixedHeight(44)
        self.none.setIndent(16)
        self._head = head()
        self._lines = column()
        self._scroll = scrolled(self._lines)
        for widget in (self.warning, self.none, self._head, self._scroll):
            self.body.addWidget(widget)
        self.hide()

    def show_found(self, found: FoundPersons, now: datetime) -> None:
        """Show other rows; the row chosen stays so only if it is still there."""
        chosen = self.chosen()
        self._replace_rows([FoundRow(person, now, act=self._act) for person in found.rows])
        self._choose(chosen)
        self._late.restart()
        self._tell(found, Reach.DESK)

    def add_found(self, found: FoundPersons, now: datetime, reach: Reach) -> None:
        """Add below whoever only the server knows; what was chosen stays so unless it has a homonym now."""
        known = [line.found for line in self.rows]
        if list(found.rows[: len(known)]) == known:
            self._append([FoundRow(person, now, act=self._act) for person in found.rows[len(known) :]])
        else:
            chosen = next((line.found for line in self.rows if line.is_chosen), None)
            self._replace_rows([FoundRow(person, now, act=self._act) for person in found.rows])
            self._choose(chosen.person if chosen is not None and chosen in found.rows else "")
            self._late.restart()
        self._tell(found, reach)

    def forget(self) -> None:
        """Show nothing: the question is another one."""
        self._choose("")
        self.hide()

    def chosen(self) -> str:
        """The person of the chosen row, or nothing."""
        return next((line.person for line in self.rows if line.is_chosen), "")

    def choose_next(self, step: int) -> None:
        """Choose the row below or above; the first press chooses the first or the last."""
        if not self.rows or self.isHidden():
            return
        places = [line.person for line in self.rows]
        chosen = self.chosen()
        here = places.index(chosen) if chosen else (-1 if step > 0 else len(places))
        there = min(max(here + step, 0), len(places) - 1)
        self._choose(places[there])
        self._scroll.ensureWidgetVisible(self.rows[there], 0, 0)

    def attach(self) -> None:
        """Attach the chosen person; nothing when none is, or when the rows have just come."""
        if self.chosen() and not self._late.is_early():
            self.attached.emit(self.chosen())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The warning takes two lines, and the hint fewer words, when they have to."""
        super().resizeEvent(event)
        self._fit()

    def _tell(self, found: FoundPersons, reach: Reach) -> None:
        self.title.setText(_title(found))
        is_cut = reach is Reach.CUT
        self.reach.setText(say("Hors ligne\u00a0: dossiers de ce poste seulement") if is_cut else "")
        self.reach.setVisible(is_cut)
        self.widen.setVisible(reach is Reach.SERVICES)
        self.warning.say(_alike_words(found.rows))
        for widget in (self._head, self._scroll):
            widget.setVisible(bool(found.rows))
        self.none.setVisible(not found.rows)
        self._fit()
        self.show()

    def _fit(self) -> None:
        """No higher than the rows: what is left stays under the ways out."""
        self.warning.fit(self.width())
        self._fit_keys()
        self.setMaximumHeight(self.body.totalMaximumSize().height())

    def _fit_keys(self) -> None:
        """As much of the hint as there is room for; the title and what can be pressed are said whole."""
        self._show_keys(is_shown=bool(self.rows))
        for words in (say("choisir, aucun choix par défaut"), say("choisir")):
            self._hint.setText(words)
            if self.header.sizeHint().width() <= self.width():
                return
        self._show_keys(is_shown=False)

    def _show_keys(self, *, is_shown: bool) -> None:
        for part in self._keys:
            part.setVisible(is_shown)

    def _choose(self, person: str) -> None:
        for line in self.rows:
            line.choose(is_chosen=line.person == person)

    def _replace_rows(self, rows: list[FoundRow]) -> None:
        for old in self.rows:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        self._append(rows)

    def _append(self, rows: list[FoundRow]) -> None:
        self.rows += rows
        for line in rows:
            line.chosen.connect(self._choose)
            line.attached.connect(self.attached)
            self._lines.addWidget(line)
        self._scroll.setMaximumHeight(ROW_HEIGHT * len(self.rows))
        self._scroll.setMinimumHeight(min(2, len(self.rows)) * ROW_HEIGHT)


class _Warning(QWidget):
    """A bar across the card."""

    def __init__(self) -> None:
        super().__init__()
        self.text = Text("", tone="warning")
        self.text.setWordWrap(True)
        line = row(spacing=8, margins=(16, 0, 16, 0))
        line.addWidget(Icon("triangle-alert", 16, "warning.text"))
        line.addWidget(self.text, 1)
        self.setLayout(line)

    def say(self, fact: str) -> None:
        """Show a fact and what it asks for, or nothing."""
        self.text.set_rich(
            f'<span style="font-weight:600">{fact}</span> '
            + say("Demandez le lieu de naissance avant de rattacher.")
        )
        self.setVisible(bool(fact))

    def fit(self, width: int) -> None:
        """As high as its words are in this width, and no less than 40."""
        self.setFixedHeight(20 + max(20, self.text.heightForWidth(width - BESIDE_WARNING)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(QRect(0, 0, self.width(), self.height()), theme.colour("warning.soft"))


def _title(found: FoundPersons) -> str:
    count = len(found.rows)
    if found.has_more:
        return say("Plus de {count} dossiers : précisez le nom").format(count=count)
    if count == 0:
        return say("Aucun dossier")
    if all(row.is_near for row in found.rows):
        many = say("{count} dossiers au nom proche")
        return counted(count, one=say("{count} dossier au nom proche"), many=many)
    return say("1 dossier possible") if count == 1 else say("{count} dossiers possibles").format(count=count)


def _alike_words(rows: tuple[FoundPerson, ...]) -> str:
    alike = Counter((row.birth_name, plain(row.first_given_name), row.birth_date) for row in rows)
    most = max(alike.values(), default=0)
    if most == 2:
        return say("Deux dossiers ont le même nom et la même date.")
    if most > 2:
        return say("{count} dossiers ont le même nom et la même date.").format(count=most)
    return say("Un dossier a un homonyme connu.") if any(row.is_homonym for row in rows) else ""
