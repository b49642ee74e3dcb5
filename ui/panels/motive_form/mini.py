"""The qualification in the mini window: the same form in fewer pixels (design 10b)."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.domain.words import Outcome
from ui.panels.motive_form.follow_up import DueChip, due_words
from ui.panels.motive_form.parts import Refused, Section
from ui.refusal_words import trouble_words
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.motive_form_state import MotiveFormState
from ui.viewmodels.phone import PhoneState
from ui.widgets.button import Button
from ui.widgets.card import column, row, rule
from ui.widgets.code_field import CodeField
from ui.widgets.icon import Icon
from ui.widgets.key_choice import KeyChoice
from ui.widgets.segments import Segments
from ui.widgets.text import Text

MOST = 10
ONCE_CHOSEN = 4
CHIPS = 3
_OUTCOMES = {
    "Alt+R": Outcome.DEALT_WITH,
    "Alt+S": Outcome.FOLLOW_UP,
    "Alt+T": Outcome.TRANSFERRED,
    "Alt+U": Outcome.NO_ACTION,
}


class MiniForm(QWidget):
    """Draws the same `MotiveForm` as the large window; unseen, it draws nothing."""

    hold_asked = Signal()
    hang_up_asked = Signal()
    other_asked = Signal()

    def __init__(self, form: MotiveForm) -> None:
        super().__init__()
        self._form = form
        self._families = dict(form.catalogue.families())
        self.motive = CodeField(placeholder=say("Ex. 31, ou « bon de transport »"))
        self.motive.setAccessibleName(say("Motif, chiffre ou mot"))
        self._refused = Refused()
        self._cells = [self._cell() for _ in range(MOST)]
        self._status = _status()
        self._chips = [DueChip() for _ in range(CHIPS)]
        self.note = QLineEdit()
        self.note.setPlaceholderText(say("Note, facultatif"))
        self.note.setAccessibleName(say("Note"))
        self.save = Button(say("Enregistrer"), key=say("Ctrl Entrée"), kind="primary", size="large")
        self.save.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._hold = Button(icon="pause", size="large")
        self._hold.setAccessibleName(say("Attente"))
        self._hang_up = Button(icon="phone-off", kind="danger", size="large")
        self._hang_up.setAccessibleName(say("Raccrocher"))
        self._lay_out()
        self._listen()
        self.present(form.state)

    def present(self, state: MotiveFormState) -> None:
        """Show the form as it stands."""
        label = state.motive.label if state.motive is not None else ""
        self.motive.show_entry(code=state.entry.digits, words=state.entry.words, label=label)
        self._refused.say(state.motive_refusal or state.note_refusal)
        is_follow_on = state.case is not None and state.is_follow_on
        title = state.case.title if state.case is not None else ""
        self._motive_section.hint.setText(
            say("suite de\u00a0: {title}").format(title=title) if is_follow_on else say("chiffre ou mot")
        )
        self._show_cells(state)
        self._status.setVisible(state.motive is not None)
        # Before a motive is chosen, the families take the room.
        self._note.setVisible(state.motive is not None or bool(state.entry.note))
        self._status.choose(state.entry.outcome)
        self._show_due(state)
        if self.note.text() != state.entry.note:
            self.note.setText(state.entry.note)

    def show_phone(self, phone: PhoneState, *, is_live: bool) -> None:
        """Whether a call can be held or ended from here; if not, the buttons say why."""
        for button in (self._hold, self._hang_up):
            button.setVisible(is_live)
            button.setEnabled(phone.obeys)
            button.setToolTip(trouble_words(phone.trouble))

    def focus_motive(self) -> None:
        """Put the keyboard on the motive (F4)."""
        self.motive.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def promise(self) -> None:
        """« À suivre », the keyboard on its due times (F9)."""
        self._form.choose_outcome(Outcome.FOLLOW_UP)
        next((chip for chip in self._chips if chip.isChecked()), self._chips[0]).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was typed elsewhere."""
        super().showEvent(event)
        self.present(self._form.state)

    def _show_cells(self, state: MotiveFormState) -> None:
        shown = self._choices(state)
        for place, cell in enumerate(self._cells):
            cell.setVisible(place < len(shown))
            if place < len(shown):
                key, words, is_chosen = shown[place]
                cell.say(key, words)
                cell.setChecked(is_chosen)

    def _choices(self, state: MotiveFormState) -> list[tuple[str, str, bool]]:
        """A key, its words, and whether it is chosen: families, then motives, then only some around it."""
        if state.answers:
            return [(m.code, m.short_label, at == state.cursor) for at, m in enumerate(state.answers[:MOST])]
        if not state.family:
            return [(digit, self._families[digit], False) for digit in "1234567890"]
        chosen = "" if state.motive is None else state.motive.code
        motives = self._form.catalogue.in_family(state.family)
        all_of_it = [(motive.code[1], motive.short_label, motive.code == chosen) for motive in motives]
        if not chosen:
            return all_of_it[:MOST]
        place = next((at for at, one in enumerate(all_of_it) if one[2]), 0)
        first = max(0, min(place - place % 2, len(all_of_it) - ONCE_CHOSEN))
        return all_of_it[first : first + ONCE_CHOSEN]

    def _show_due(self, state: MotiveFormState) -> None:
        self._due.setVisible(state.motive is not None and state.has_promise)
        for chip, due in zip(self._chips, state.due_choices, strict=False):
            chip.setText(due_words(due, state.at or due, is_compact=True))
            chip.setChecked(due == state.entry.due_at)
            chip.updateGeometry()
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(state.due_choices))

    def _cell(self) -> KeyChoice:
        cell = KeyChoice("plain", parent=self)
        cell.setFixedHeight(28)
        cell.clicked.connect(lambda _=False: self._press(cell.key))
        return cell

    def _press(self, key: str) -> None:
        if len(key) > 1:
            self._form.pick(key)
        elif len(self._form.state.entry.digits) > 1:
            self._form.pick(f"{self._form.state.family}{key}")
        else:
            self._form.press_digit(int(key))

    def _listen(self) -> None:
        form = self._form
        form.state_changed.connect(self._follow)
        self.motive.digit_pressed.connect(form.press_digit)
        self.motive.went_back.connect(form.go_back)
        self.motive.words_typed.connect(form.type_words)
        self.motive.moved.connect(form.move)
        self.motive.taken.connect(form.take_answer)
        self._status.chosen.connect(self._choose_status)
        for place, chip in enumerate(self._chips):
            chip.clicked.connect(lambda _=False, place=place: form.choose_due(form.state.due_choices[place]))
        self.note.textEdited.connect(form.write_note)
        self.save.clicked.connect(self._save)
        self._hold.clicked.connect(self.hold_asked)
        self._hang_up.clicked.connect(self.hang_up_asked)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._on(keys, self._save)
        for keys, outcome in _OUTCOMES.items():
            self._on(keys, lambda outcome=outcome: form.choose_outcome(outcome))

    def _choose_status(self, value: str) -> None:
        self._form.choose_outcome(Outcome(value))

    def _follow(self) -> None:
        if self.isVisible():
            self.present(self._form.state)

    def _save(self) -> None:
        if not self._form.save():
            wrong = self.motive if self._form.state.motive_refusal else self.note
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        self._motive_section = Section(say("Motif"), key="F4")
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setSpacing(0)
        for place, cell in enumerate(self._cells):
            grid.addWidget(cell, place // 2, place % 2)
        self._motive_section.body.addWidget(self.motive)
        self._motive_section.body.addWidget(self._refused)
        self._motive_section.body.addLayout(grid)
        self._due = Section(say("Rappel"), key="F9")
        self._due.body.addLayout(self._chip_line())
        body = column(spacing=12, margins=(15, 11, 15, 0))
        self._note = self._note_part()
        for part in (self._motive_section, self._status, self._due, self._note):
            body.addWidget(part)
        body.addStretch(1)
        lines = column()
        lines.addLayout(body, 1)
        lines.addWidget(rule())
        foot = row(spacing=8, margins=(15, 12, 15, 8))
        for part in (self.save, self._hold, self._hang_up):
            foot.addWidget(part)
        lines.addLayout(foot)
        self.setLayout(lines)

    def _chip_line(self) -> QHBoxLayout:
        line = row(spacing=6)
        other = Button(say("Autre"), kind="chip", size="small")
        other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        other.clicked.connect(self.other_asked)
        for chip in (*self._chips, other):
            line.addWidget(chip)
        line.addStretch(1)
        return line

    def _note_part(self) -> QWidget:
        seen = row(spacing=4)
        seen.addWidget(Icon("eye", 13, "text.tertiary"))
        seen.addWidget(Text(say("Le patient peut lire cette note."), Role.CAPTION, "tertiary", weight=400), 1)
        lines = column(spacing=3)
        lines.addWidget(self.note)
        lines.addLayout(seen)
        part = QWidget()
        part.setLayout(lines)
        return part


def _status() -> Segments:
    choices = [
        (Outcome.DEALT_WITH, say("&Répondu")),
        (Outcome.FOLLOW_UP, say("À &suivre")),
        (Outcome.TRANSFERRED, say("&Transféré")),
        (Outcome.NO_ACTION, say("Sans s&uite")),
    ]
    status = Segments([(str(value), words) for value, words in choices], is_small=True, padding=6)
    status.setAccessibleName(say("Statut"))
    for segment in status.findChildren(QAbstractButton):
        segment.setShortcut(QKeySequence())
    return status
