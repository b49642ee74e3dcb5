"""The qualification panel: from a motive to a save in four keys, the mouse left alone (design 8)."""

from collections.abc import Callable
from html import escape
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.words import Outcome
from ui.panels.motive_form.choices import Families, MotiveBox
from ui.panels.motive_form.follow_up import FollowUp
from ui.panels.motive_form.head import FormHead, Frequent
from ui.panels.motive_form.parts import Inset, Refused, Section, strong
from ui.panels.motive_form.promised import Promised
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.motive_form_state import MotiveFormState
from ui.widgets.button import Button
from ui.widgets.card import column, row, rule
from ui.widgets.code_field import CodeField
from ui.widgets.digits import is_command
from ui.widgets.icon import Icon
from ui.widgets.key_choice import RadioRow
from ui.widgets.note_field import NoteField
from ui.widgets.scrolled import scrolled
from ui.widgets.segments import Segments
from ui.widgets.text import Text

COMPACT_BELOW = 376
SCROLL_BAR = 10
BELOW = 24
"""What stands under a field, and is read with it."""
DRAFT_AFTER_MS = 150


class _Air(NamedTuple):
    """Pixels above the first part, between parts, and of the note while it holds a line."""

    top: int
    gap: int
    note: int


_BARE, _SETTLED, _COMPACT = _Air(14, 14, 52), _Air(14, 11, 54), _Air(12, 8, 36)
_OUTCOME_KEYS = {
    "Alt+R": Outcome.DEALT_WITH,
    "Alt+S": Outcome.FOLLOW_UP,
    "Alt+T": Outcome.TRANSFERRED,
    "Alt+U": Outcome.NO_ACTION,
}


class MotiveFormPanel(QWidget):
    """Draws a `MotiveForm`.

    `draft_changed` carries the draft's bytes 150 ms after the first key it lacks, and at once when another
    contact comes: the form's `state.entry.contact` is then still the one it belongs to.
    """

    draft_changed = Signal(object)

    def __init__(self, form: MotiveForm) -> None:
        super().__init__()
        self._form = form
        self._is_compact = False
        self._make_parts()
        self._lay_out()
        self._listen()
        self._bind_keys()
        self.present(form.state)

    def focus_motive(self) -> None:
        """Put the keyboard on the motive (F4)."""
        self.motive.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_follow_up(self) -> None:
        """Promise something (F9): « À suivre », and the keyboard on its due times."""
        self._form.choose_outcome(Outcome.FOLLOW_UP)
        self.follow_up.focus_due()

    def present(self, state: MotiveFormState) -> None:
        """Show the form as it stands."""
        self.head.present(state)
        self._show_cases(state)
        self._show_motive(state)
        self._show_choices(state)
        self.frequent.present(state)
        self.status.choose(state.entry.outcome)
        self.promised.present(state)
        self.follow_up.present(state, is_compact=self._is_compact)
        self.note.show_text(state.entry.note)
        self.note_section.hint.setText(say("obligatoire") if state.is_note_required else say("facultatif"))
        self.note_refused.say(state.note_refusal)
        self._space(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the grid and some air on a narrow panel."""
        super().resizeEvent(event)
        is_compact = self.width() < COMPACT_BELOW
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.frequent.set_compact(is_compact=is_compact)
            self.present(self._form.state)

    def _make_parts(self) -> None:
        self.head = FormHead()
        self.follow_row, self.new_row = RadioRow(), RadioRow(say("Nouvelle demande"))
        self.motive = CodeField(placeholder=say("Ex. 31, ou « bon de transport »"))
        self.motive.setAccessibleName(say("Motif, chiffre ou mot"))
        self.motive_refused, self.note_refused = Refused(), Refused()
        self.families = Families(self._form.catalogue)
        self.box = MotiveBox(self._form.catalogue)
        self.frequent = Frequent()
        self.guidance = Inset()
        self.status = _status()
        self.promised = Promised()
        self.follow_up = FollowUp()
        self.note = NoteField(placeholder=say("Ce que la personne demande, en une phrase"))
        self.note.setAccessibleName(say("Note"))
        self.save = Button(say("Enregistrer"), key=say("Ctrl Entrée"), kind="primary")
        self.save.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.next = Button(say("Et suivant"), trailing="arrow-right")
        self.next.setToolTip(say("Enregistrer et redevenir disponible, Ctrl Maj Entrée"))

    def _lay_out(self) -> None:
        self.cases = _case_rows(self.follow_row, self.new_row)
        self.motive_section = self._motive_section()
        self.status_section = Section(say("Statut"))
        self.status_section.body.addWidget(self.status)
        self.status_section.stand_beside(self.promised)
        self.note_section = self._note_section()
        self._body = column()
        for part in self._parts():
            self._body.addWidget(part)
        self._body.addStretch(1)
        lines = column()
        lines.addWidget(self.head)
        self._scrolled = scrolled(self._body)
        lines.addWidget(self._scrolled, 1)
        lines.addWidget(rule())
        lines.addWidget(self._foot())
        self.setLayout(lines)

    def _parts(self) -> tuple[QWidget, ...]:
        return (
            self.cases,
            self.motive_section,
            self.frequent,
            self.guidance,
            self.status_section,
            self.follow_up,
            self.note_section,
        )

    def _motive_section(self) -> Section:
        section = Section(say("Motif"))
        for part in (self.motive, self.motive_refused, self.families, self.box):
            section.body.addWidget(part)
        return section

    def _note_section(self) -> Section:
        section = Section(say("Note"), hint=say("facultatif"))
        seen = row(spacing=4, margins=(0, 3, 0, 0))
        seen.addWidget(Icon("eye", 13, "text.tertiary"))
        seen.addWidget(Text(say("Le patient peut lire cette note."), Role.CAPTION, "tertiary", weight=400), 1)
        section.body.addWidget(self.note)
        section.body.addWidget(self.note_refused)
        section.body.addLayout(seen)
        return section

    def _foot(self) -> QWidget:
        foot = QWidget()
        line = row(spacing=8, margins=(16, 12, 16, 12))
        line.addWidget(self.save)
        line.addWidget(self.next)
        foot.setLayout(line)
        return foot

    def _listen(self) -> None:
        form = self._form
        form.state_changed.connect(lambda: self.present(form.state))
        self.motive.digit_pressed.connect(form.press_digit)
        self.motive.went_back.connect(form.go_back)
        self.motive.words_typed.connect(form.type_words)
        self.motive.moved.connect(form.move)
        self.motive.taken.connect(form.take_answer)
        self.families.pressed.connect(form.press_digit)
        self.box.picked.connect(form.pick)
        self.box.left.connect(form.leave_family)
        self.frequent.picked.connect(form.pick)
        self.head.service.chosen.connect(form.choose_service)
        self.status.chosen.connect(self._choose_status)
        self.promised.turned.connect(form.turn_promise)
        self.follow_up.due_chosen.connect(form.choose_due)
        self.follow_up.owner_chosen.connect(form.choose_owner)
        self.follow_row.clicked.connect(form.follow_on)
        self.new_row.clicked.connect(form.open_new_case)
        self.note.written.connect(form.write_note)
        self.save.clicked.connect(self._save)
        self.next.clicked.connect(self._save_and_next)
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_AFTER_MS)
        self._draft_timer.timeout.connect(self._tell_draft)
        form.entry_changed.connect(self._begin_draft)
        form.leaving.connect(self._tell_late_draft)
        form.saved.connect(self._draft_timer.stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter that no part takes, as on the outcomes, is the beginning of the note."""
        if is_command(event) or not event.text().isalpha():
            super().keyPressEvent(event)
            return
        self._go_to(self.note)
        self.note.insertPlainText(event.text())

    def _begin_draft(self) -> None:
        """Counted from the first key that is not kept: whoever types without a pause loses nothing."""
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def _tell_draft(self) -> None:
        self.draft_changed.emit(self._form.draft())

    def _tell_late_draft(self) -> None:
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self._tell_draft()

    def _bind_keys(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._on(keys, self._save)
        for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
            self._on(keys, self._save_and_next)
        self._on("Alt+P", self._turn_promise)
        for keys, outcome in _OUTCOME_KEYS.items():
            self._on(keys, lambda outcome=outcome: self._press_status(outcome))

    def _on(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def _turn_promise(self) -> None:
        self._form.turn_promise()

    def _choose_status(self, value: str) -> None:
        self._form.choose_outcome(Outcome(value))

    def _press_status(self, outcome: Outcome) -> None:
        self._form.choose_outcome(outcome)
        for segment in self.status.findChildren(QAbstractButton):
            if segment.isChecked():
                segment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _save(self) -> None:
        if not self._form.save():
            self._go_to_refusal()

    def _save_and_next(self) -> None:
        if not self._form.save_and_next():
            self._go_to_refusal()

    def _go_to_refusal(self) -> None:
        self._go_to(self.motive if self._form.state.motive_refusal else self.note)

    def _go_to(self, part: QWidget) -> None:
        """Qt brings into view what Tab reaches, and nothing else."""
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scrolled.ensureWidgetVisible(part, 0, BELOW)

    def _show_cases(self, state: MotiveFormState) -> None:
        self.cases.setVisible(state.case is not None)
        if state.case is not None:
            self.follow_row.setText(say("Suite de « {title} »").format(title=state.case.title))
            (self.follow_row if state.is_follow_on else self.new_row).setChecked(True)

    def _show_motive(self, state: MotiveFormState) -> None:
        label = state.motive.label if state.motive is not None else ""
        self.motive.show_entry(code=state.entry.digits, words=state.entry.words, label=label)
        self.motive_refused.say(state.motive_refusal)
        is_empty = state.motive is None and not state.family
        self.motive_section.hint.setText(say("chiffre ou mot") if is_empty else "")
        self.guidance.setVisible(bool(state.guidance))
        if state.is_emergency:
            self.guidance.say(escape(state.guidance), is_danger=True)
        elif state.guidance:
            self.guidance.say(f"{strong(say('Consigne.'))} {escape(state.guidance)}")

    def _show_choices(self, state: MotiveFormState) -> None:
        has_list = bool(state.family or state.answers)
        is_settled = self._is_compact and state.motive is not None and state.family != "0"
        self.families.setVisible(not has_list and not state.entry.words)
        self.box.setVisible(has_list and not is_settled)
        if has_list:
            self.box.present(state)

    def _space(self, state: MotiveFormState) -> None:
        is_bare = not state.family
        wide = _BARE if is_bare else _SETTLED
        air = _COMPACT if self._is_compact else wide
        will_scroll = self._is_compact and is_bare
        self._body.setContentsMargins(16, air.top, 16 - SCROLL_BAR if will_scroll else 16, 0)
        self._body.setSpacing(air.gap)
        self.motive_section.body.setSpacing(8 if is_bare else 6)
        self.note.set_least(air.note)


def _status() -> Segments:
    choices = [
        (Outcome.DEALT_WITH, say("&Répondu")),
        (Outcome.FOLLOW_UP, say("À &suivre")),
        (Outcome.TRANSFERRED, say("&Transféré")),
        (Outcome.NO_ACTION, say("Sans s&uite")),
    ]
    status = Segments([(str(value), words) for value, words in choices], padding=6)
    status.setAccessibleName(say("Statut"))
    for segment in status.findChildren(QAbstractButton):
        # The mnemonic would click a tenth of a second later; the panel's own key acts at once.
        segment.setShortcut(QKeySequence())
    return status


def _case_rows(*rows: RadioRow) -> QWidget:
    lines = column(spacing=4)
    for one in rows:
        lines.addWidget(one)
    around = QWidget()
    around.setLayout(lines)
    return around
