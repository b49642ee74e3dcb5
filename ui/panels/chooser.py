"""The chooser: the other persons of a shared number, once one of them is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.queries.caller_card import CallerCard, Candidate
from ui.discretion import called
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column
from ui.widgets.flow_row import FlowRow
from ui.widgets.icon import Icon
from ui.widgets.text import Text
from ui.wording import birth

MOST_KEYS = 9


class Chooser(QWidget):
    """Only when the number is shared: one line of 32 pixels, more when names ask for it."""

    person_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._line = FlowRow(spacing=6, line_spacing=6, least=32)
        self._line.add(Icon("users-round", 16, "text.secondary"))
        self._line.add(Text(say("Numéro partagé"), Role.SMALL, "secondary", weight=500))
        self._line.relaid.connect(lambda: self.setFixedHeight(self._line.height()))
        self.setFixedHeight(self._line.height())
        around = column()
        around.addWidget(self._line)
        self.setLayout(around)
        self._chips: list[Button] = []
        self._shown: tuple[object, ...] = ()

    def present(self, card: CallerCard) -> None:
        """Show who shares the number."""
        opened = card.opened.person if card.opened is not None else ""
        shown = (opened, card.candidates)
        is_shared = len(card.candidates) > 1
        self.setVisible(is_shared)
        if shown == self._shown or not is_shared:
            return
        self._shown = shown
        for old in self._chips:
            self._line.drop(old)
        self._chips = [
            self._chip(candidate, number, is_open=candidate.person == opened)
            for number, candidate in enumerate(card.candidates, 1)
        ]
        for made in self._chips:
            self._line.add(made)
        self._line.refresh()

    def _chip(self, candidate: Candidate, number: int, *, is_open: bool) -> Button:
        name = called(candidate.birth_name, candidate.first_given_name)
        if is_open:
            made = Button(name, icon="check", kind="chip", size="tall")
            made.setCheckable(True)
            made.setChecked(True)
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        else:
            birth_words, key = birth(candidate.birth_date), f"Alt {number}" if number <= MOST_KEYS else ""
            made = Button(name, hint=birth_words, key=key, kind="chip", size="tall")
            made.clicked.connect(lambda: self.person_chosen.emit(candidate.person))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made
